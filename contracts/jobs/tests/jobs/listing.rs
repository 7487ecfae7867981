//! Asking for jobs.

use assay_jobs::ContractError;
use assay_protocol::id::JobId;
use assay_protocol::messages::jobs::{JobResponse, JobsResponse, QueryMsg, SlotState};

use crate::escrow::{CIRCUIT, Escrow};
use crate::terms::Job;

#[test]
fn jobs_come_in_pages_with_their_slots() {
    let mut escrow = Escrow::new();
    for slots in 1..=3 {
        let mut job = Job::new(CIRCUIT);
        job.slots = slots;
        escrow.send("poster", &job.funds(), job.message()).unwrap();
    }
    let page = |start_after: Option<u64>| -> JobsResponse {
        let (start_after, limit) = (start_after.map(JobId), Some(2));
        escrow.ask(QueryMsg::Jobs { start_after, limit }).unwrap()
    };
    let slots = |page: &JobsResponse| page.jobs.iter().map(|j| j.slots.len()).collect::<Vec<_>>();
    let first = page(None);
    assert_eq!((slots(&first), first.next), (vec![1, 2], Some(JobId(2))));
    let second = page(Some(2));
    assert_eq!((slots(&second), second.next), (vec![3], None));
    assert!(
        second.jobs[0]
            .slots
            .iter()
            .all(|s| s.state == SlotState::Open {})
    );
}

#[test]
fn an_unknown_job_is_an_error() {
    let job = JobId(1);
    let answer: Result<JobResponse, _> = Escrow::new().ask(QueryMsg::Job { job });
    assert!(matches!(answer, Err(ContractError::UnknownJob { job: j }) if j == job));
}
