//! A job driven through the contract's entry points, and one on a chain.

use assay_protocol::circuit::Kind;
use assay_protocol::id::{BlobId, JobId};
use assay_protocol::messages::jobs::{
    ExecuteMsg, JobResponse, JobsResponse, QueryMsg, Slot, SlotId, SlotState,
};
use assay_protocol::messages::time::{Deadline, Window};
use cosmwasm_std::{Addr, StdResult};
use cw_multi_test::AppResponse;

use crate::chain::Chain;
use crate::deployment;
use crate::escrow::{BLOB, CIRCUIT, Escrow, address, commitment, root};
use crate::terms::{Claim, JOB, Job};
use crate::trapdoor::Trapdoor;

impl Escrow {
    /// An escrow with one job posted by "poster".
    pub fn with(job: &Job) -> Self {
        let mut escrow = Self::new();
        escrow.send("poster", &job.funds(), job.message()).unwrap();
        escrow
    }

    /// One job with one slot that "worker" has accepted.
    pub fn accepted() -> Self {
        let job = Job::new(CIRCUIT);
        let mut escrow = Self::with(&job);
        escrow.send("worker", &[job.bond], accept(0)).unwrap();
        escrow
    }

    /// One job with one slot that "worker" has started.
    pub fn started() -> Self {
        let mut escrow = Self::accepted();
        escrow.send("worker", &[], start(0)).unwrap();
        escrow
    }

    pub fn job(&self) -> JobResponse {
        self.ask(QueryMsg::Job { job: JOB }).unwrap()
    }

    pub fn slot(&self, slot: usize) -> Slot {
        self.job().slots[slot].clone()
    }

    pub fn state(&self, slot: usize) -> SlotState {
        self.slot(slot).state
    }

    /// The deadline that the first slot's state has.
    pub fn deadline(&self) -> Deadline {
        match self.state(0) {
            SlotState::Open {} => self.slot(0).acceptance_deadline,
            SlotState::Accepted {
                hand_over_deadline, ..
            } => hand_over_deadline,
            SlotState::Started {
                delivery_deadline, ..
            } => delivery_deadline,
            state => panic!("{state:?} has no deadline"),
        }
    }

    /// Goes to a block this far from the first slot's deadline.
    pub fn go_to_deadline(&mut self, nanoseconds: i64, blocks: i64) {
        self.go_to(self.deadline(), nanoseconds, blocks);
    }

    /// What "worker" proves for the first slot.
    pub fn claim<'a>(&'a self, worker: &'a Addr) -> Claim<'a> {
        Claim::new(&self.env, worker, CIRCUIT, root())
    }

    /// A valid proof by "worker" for the first slot.
    pub fn proof(&self) -> Vec<u8> {
        Trapdoor::new(1).prove(self.claim(&address("worker")).digest(None), 0)
    }
}

impl Chain {
    pub fn post(&mut self, job: &Job) -> StdResult<AppResponse> {
        self.send("poster", &job.funds(), &job.message())
    }

    /// A chain on which "worker" has started the first slot of the only job.
    pub fn started(change: impl FnOnce(&Chain, &mut Job)) -> Self {
        let mut chain = Self::new();
        let mut job = Job::new(chain.circuit);
        change(&chain, &mut job);
        chain.post(&job).unwrap();
        chain.send("worker", &[job.bond], &accept(0)).unwrap();
        chain.send("worker", &[], &start(0)).unwrap();
        chain
    }

    /// A valid proof that `worker` trained [`BLOB`] for a slot.
    pub fn proof(&self, job: JobId, slot: u32, worker: &Addr) -> Vec<u8> {
        let block = self.app.block_info();
        let claim = Claim {
            kind: Kind::TrainingPublic,
            chain_id: &block.chain_id,
            escrow: self.escrow.as_str(),
            job,
            slot,
            worker: worker.as_str(),
            circuit: self.circuit,
            dataset: commitment(),
            root: deployment::root(),
        };
        Trapdoor::new(1).prove(claim.digest(None), 0)
    }

    pub fn jobs(&self) -> Vec<JobResponse> {
        let (mut jobs, mut start_after) = (Vec::new(), None);
        loop {
            let limit = None;
            let page: JobsResponse = self.ask(QueryMsg::Jobs { start_after, limit });
            jobs.extend(page.jobs);
            start_after = page.next;
            if start_after.is_none() {
                return jobs;
            }
        }
    }
}

pub fn accept(slot: u32) -> ExecuteMsg {
    ExecuteMsg::Accept(SlotId { job: JOB, slot })
}

pub fn publish_key(slot: u32, key: &str) -> ExecuteMsg {
    ExecuteMsg::PublishKey {
        job: JOB,
        slot,
        key: key.into(),
    }
}

pub fn top_up(slot: u32) -> ExecuteMsg {
    ExecuteMsg::TopUp(SlotId { job: JOB, slot })
}

/// Gives so many more seconds, and blocks of ten of them.
pub fn extend(slot: u32, seconds: u64) -> ExecuteMsg {
    let blocks = seconds / 10;
    extend_by(slot, Window { seconds, blocks })
}

pub fn extend_by(slot: u32, window: Window) -> ExecuteMsg {
    ExecuteMsg::Extend {
        job: JOB,
        slot,
        window,
    }
}

pub fn release(slot: u32) -> ExecuteMsg {
    ExecuteMsg::Release(SlotId { job: JOB, slot })
}

pub fn start(slot: u32) -> ExecuteMsg {
    start_for(slot, None)
}

/// Starts a slot for a payee.
pub fn start_for(slot: u32, payee: Option<&Addr>) -> ExecuteMsg {
    ExecuteMsg::Start {
        job: JOB,
        slot,
        payee: payee.map(Addr::to_string),
    }
}

pub fn cancel(slot: u32) -> ExecuteMsg {
    ExecuteMsg::Cancel(SlotId { job: JOB, slot })
}

pub fn expire(slot: u32) -> ExecuteMsg {
    ExecuteMsg::Expire(SlotId { job: JOB, slot })
}

pub fn deliver(proof: Vec<u8>) -> ExecuteMsg {
    deliver_blob(JOB, 0, BLOB, proof)
}

pub fn deliver_blob(job: JobId, slot: u32, blob: BlobId, proof: Vec<u8>) -> ExecuteMsg {
    ExecuteMsg::Deliver {
        job,
        slot,
        blob,
        proof: proof.into(),
    }
}
