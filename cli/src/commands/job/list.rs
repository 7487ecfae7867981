//! `assay job list`: the jobs on a chain.

use std::fmt;

use assay_protocol::id::JobId;
use assay_protocol::messages::jobs::{JobResponse, JobsResponse, QueryMsg, SlotState};
use serde::Serialize;

use super::slot::state_name;
use crate::Error;
use crate::chain::{ChainArgs, Session};
use crate::output::Report;

/// List jobs.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay job list --open")]
pub struct Args {
    /// Only jobs with a slot that can be accepted
    #[arg(long)]
    pub open: bool,
    /// Only jobs after this one
    #[arg(long, value_name = "JOB")]
    pub after: Option<u64>,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub limit: usize,
    /// Which chain.
    #[command(flatten)]
    pub chain: ChainArgs,
}

/// Jobs in the order of their ids.
#[derive(Debug, Serialize)]
pub struct Listed {
    jobs: Vec<JobResponse>,
}

/// Runs the command.
///
/// # Errors
/// [`Error`] if the chain can't be asked.
pub fn run(args: &Args) -> Result<Listed, Error> {
    let session = Session::read(&args.chain)?;
    let contract = session.deployment()?.jobs;
    let mut jobs = Vec::new();
    let mut start_after = args.after.map(JobId);
    loop {
        let query = QueryMsg::Jobs {
            start_after,
            limit: None,
        };
        let page: JobsResponse = session.ask(&contract, &query)?;
        let wanted = page
            .jobs
            .into_iter()
            .filter(|job| !args.open || is_open(job));
        jobs.extend(wanted.take(args.limit - jobs.len()));
        start_after = page.next;
        if start_after.is_none() || jobs.len() >= args.limit {
            return Ok(Listed { jobs });
        }
    }
}

fn is_open(job: &JobResponse) -> bool {
    let mut slots = job.slots.iter();
    slots.any(|slot| matches!(slot.state, SlotState::Open {}))
}

impl Report for Listed {}

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:>6}  {:>7}  {:>16}  {:>16}  {:<14}  slots",
            "job", "dataset", "reward", "bond", "circuit"
        )?;
        for JobResponse { job, terms, slots } in &self.jobs {
            let states: Vec<&str> = slots.iter().map(|slot| state_name(&slot.state)).collect();
            let circuit: String = terms.circuit.to_string().chars().take(12).collect();
            writeln!(
                f,
                "{:>6}  {:>7}  {:>16}  {:>16}  {circuit}..  {}",
                job.to_string(),
                terms.dataset.to_string(),
                terms.reward.to_string(),
                terms.bond.to_string(),
                states.join(", ")
            )?;
        }
        Ok(())
    }
}
