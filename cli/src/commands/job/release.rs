//! `assay job release`: parting before the start.

use assay_protocol::messages::jobs::ExecuteMsg;

use super::slot::{Done, SlotArgs, act};
use crate::Error;
use crate::chain::SignerArgs;
use crate::progress::Progress;

/// Give up a slot that was accepted and not started: its bond goes back.
///
/// The worker and the requester may at any time before the start, anyone from the hand-over
/// deadline on. The worker can't accept the slot again.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay job release 7 --slot 1")]
pub struct Args {
    /// Which slot.
    #[command(flatten)]
    pub slot: SlotArgs,
    /// Which chain, and who signs.
    #[command(flatten)]
    pub signer: SignerArgs,
}

/// Runs the command.
///
/// # Errors
/// [`Error`], with the contract's reason if it refuses.
pub fn run(args: &Args, progress: Progress) -> Result<Done, Error> {
    act(
        &args.signer,
        args.slot,
        "release",
        ExecuteMsg::Release,
        progress,
    )
}
