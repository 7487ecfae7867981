//! `assay job cancel`: giving up an open slot.

use assay_protocol::messages::jobs::ExecuteMsg;

use super::slot::{Done, SlotArgs, act};
use crate::Error;
use crate::chain::SignerArgs;
use crate::progress::Progress;

/// Give up an open slot: its reward goes back.
///
/// The requester may at any time, anyone from the acceptance deadline on.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay job cancel 7 --slot 1")]
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
        "cancel",
        ExecuteMsg::Cancel,
        progress,
    )
}
