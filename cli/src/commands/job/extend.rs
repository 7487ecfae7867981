//! `assay job extend`: more time.

use assay_protocol::messages::jobs::ExecuteMsg;

use super::slot::{Done, SlotArgs, finish_as};
use crate::Error;
use crate::chain::payment::paid;
use crate::chain::window::Length;
use crate::chain::{Session, SignerArgs};
use crate::progress::Progress;

/// Give a slot more time for what it is at: to be accepted, handed over or delivered.
///
/// The requester only; a deadline is never moved forward.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay job extend 7 --for 2h")]
pub struct Args {
    /// Which slot.
    #[command(flatten)]
    pub slot: SlotArgs,
    /// How long from now: 90s, 30m, 2h, 7d
    #[arg(long = "for", value_name = "TIME")]
    pub length: Length,
    /// Which chain, and who signs.
    #[command(flatten)]
    pub signer: SignerArgs,
}

/// Runs the command.
///
/// # Errors
/// [`Error`], with the contract's reason if it refuses.
pub fn run(args: &Args, progress: Progress) -> Result<Done, Error> {
    let session = Session::sign(&args.signer)?;
    let contract = session.deployment()?.jobs.address;
    let window = session.block_on(args.length.window(&session))?;
    let id = args.slot.id();
    let message = ExecuteMsg::Extend {
        job: id.job,
        slot: id.slot,
        window,
    };
    let _step = progress.step("sending: extend");
    let message = paid(&contract, &message, &[])?;
    // In blocks, the same length differs each time.
    let name = format!("extend {id} {:?}", args.length);
    finish_as(&session, args.slot, "extend", &contract, &name, &[message])
}
