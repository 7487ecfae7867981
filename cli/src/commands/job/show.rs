//! `assay job show`: a job's terms, and how its slots stand.

use std::fmt;

use assay_protocol::id::JobId;
use assay_protocol::messages::jobs::{JobResponse, QueryMsg, Slot, SlotState};
use assay_protocol::messages::time::Deadline;
use serde::Serialize;

use super::slot::state_name;
use crate::Error;
use crate::chain::window::left;
use crate::chain::{ChainArgs, Session};
use crate::commands::dataset::royalty::Royalty;
use crate::output::Report;

/// Show a job's terms, and how its slots stand.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay job show 7")]
pub struct Args {
    /// The job
    #[arg(value_name = "JOB")]
    pub job: u64,
    /// Which chain.
    #[command(flatten)]
    pub chain: ChainArgs,
}

/// A job.
#[derive(Debug, Serialize)]
pub struct Shown {
    #[serde(flatten)]
    job: JobResponse,
    #[serde(skip)]
    now_s: u64,
    #[serde(skip)]
    height: u64,
}

/// Runs the command.
///
/// # Errors
/// [`Error`] if there is no such job.
pub fn run(args: &Args) -> Result<Shown, Error> {
    let session = Session::read(&args.chain)?;
    let query = QueryMsg::Job {
        job: JobId(args.job),
    };
    let job = session.ask(&session.deployment()?.jobs, &query)?;
    let chain = session.chain();
    Ok(Shown {
        job,
        now_s: session.block_on(chain.time())?,
        height: session.block_on(chain.height())?,
    })
}

/// How a slot stands, in words.
pub fn in_words(slot: &Slot, now_s: u64, height: u64) -> String {
    let until = |deadline: &Deadline| left(deadline, now_s, height);
    let name = state_name(&slot.state);
    match &slot.state {
        SlotState::Open {} => format!("{name}, {} to accept it", until(&slot.acceptance_deadline)),
        SlotState::Accepted {
            worker,
            hand_over_deadline,
            ..
        } => format!(
            "{name} by {worker}, {} to hand over and start",
            until(hand_over_deadline)
        ),
        SlotState::Started {
            worker,
            payee,
            delivery_deadline,
        } => format!(
            "{name} by {worker}, who has {payee} paid, {} to deliver",
            until(delivery_deadline)
        ),
        SlotState::Paid { worker, blob, .. } => {
            format!("{name}: {worker} delivered blob {blob}")
        }
        SlotState::Cancelled {} => format!("{name}: the reward went back"),
        SlotState::Refunded { worker } => {
            format!("{name}: {worker} didn't deliver")
        }
    }
}

impl Report for Shown {}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let JobResponse { job, terms, slots } = &self.job;
        writeln!(f, "job         {job}")?;
        writeln!(f, "requester   {}", terms.requester)?;
        if terms.payer != terms.requester {
            writeln!(f, "payer       {}", terms.payer)?;
        }
        if terms.refund_to != terms.requester {
            writeln!(f, "refunds to  {}", terms.refund_to)?;
        }
        writeln!(
            f,
            "dataset     {} of {}",
            terms.dataset, terms.dataset_owner
        )?;
        writeln!(f, "commitment  {}", terms.commitment)?;
        writeln!(f, "circuit     {}", terms.circuit)?;
        writeln!(f, "bond        {}", terms.bond)?;
        if terms.royalty_bps > 0 {
            let royalty = Royalty(terms.royalty_bps);
            writeln!(
                f,
                "royalty     {royalty} of the reward to the dataset's owner"
            )?;
        }
        if let Some(price) = &terms.price {
            writeln!(f, "price       {price} to the dataset's owner")?;
        }
        if let Some(worker) = &terms.worker {
            writeln!(f, "for         {worker} only")?;
        }
        for (number, slot) in slots.iter().enumerate() {
            let words = in_words(slot, self.now_s, self.height);
            writeln!(f, "slot {number}      {}: {words}", slot.reward)?;
        }
        Ok(())
    }
}
