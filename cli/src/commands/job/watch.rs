//! `assay job watch`: a line for each change of a slot, until it has ended.

use std::fmt;
use std::time::Duration;

use serde::Serialize;

use super::show::in_words;
use super::slot::{SlotArgs, load, state_name};
use crate::Error;
use crate::chain::{ChainArgs, Session};
use crate::output::{Output, Report, print};
use assay_protocol::messages::jobs::{Slot, SlotState};

/// How often the chain is asked.
const PAUSE: Duration = Duration::from_millis(500);

/// Watch a slot until it has ended: a line for each change.
///
/// With --json only the end is printed.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay job watch 7 --until accepted")]
pub struct Args {
    /// Which slot.
    #[command(flatten)]
    pub slot: SlotArgs,
    /// Stop already at this state: open, accepted, started, paid, cancelled or refunded
    #[arg(long, value_name = "STATE", value_parser = ["open", "accepted", "started", "paid", "cancelled", "refunded"])]
    pub until: Option<String>,
    /// Which chain.
    #[command(flatten)]
    pub chain: ChainArgs,
}

/// How the slot stands.
#[derive(Debug, Serialize)]
pub struct Watched {
    job: u64,
    slot: u32,
    #[serde(flatten)]
    found: Slot,
}

/// Runs the command.
///
/// # Errors
/// [`Error`] if there is no such slot.
pub fn run(args: &Args, output: Output) -> Result<Watched, Error> {
    let session = Session::read(&args.chain)?;
    let mut last = None;
    loop {
        let (_, found) = load(&session, args.slot)?;
        if last.as_ref() != Some(&found) {
            if !output.is_json() {
                let now_s = session.block_on(session.chain().time())?;
                let height = session.block_on(session.chain().height())?;
                print(&in_words(&found, now_s, height));
            }
            last = Some(found.clone());
        }
        let reached = args.until.as_deref() == Some(state_name(&found.state));
        if reached || has_ended(&found) {
            let SlotArgs { job, slot } = args.slot;
            return Ok(Watched { job, slot, found });
        }
        std::thread::sleep(PAUSE);
    }
}

fn has_ended(slot: &Slot) -> bool {
    matches!(
        slot.state,
        SlotState::Paid { .. } | SlotState::Cancelled {} | SlotState::Refunded { .. }
    )
}

impl Report for Watched {}

impl fmt::Display for Watched {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Every line has been printed.
        Ok(())
    }
}
