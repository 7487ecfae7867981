//! `assay job claim`: the refund of what wasn't delivered.

use assay_protocol::messages::jobs::ExecuteMsg;

use super::slot::{Done, SlotArgs, act};
use crate::Error;
use crate::chain::SignerArgs;
use crate::progress::Progress;

/// Have reward and bond of a slot that wasn't delivered in time paid to the requester's side.
///
/// Anyone may, from the delivery deadline on.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay job claim 7 --slot 1")]
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
        "claim",
        ExecuteMsg::Expire,
        progress,
    )
}
