//! `assay request reclaim`: the price of what wasn't answered.

use assay_protocol::id::RequestId;
use assay_protocol::messages::predictions::ExecuteMsg;

use crate::Error;
use crate::chain::SignerArgs;
use crate::chain::action::{Done, act};
use crate::progress::Progress;

/// Have the price of a request that wasn't answered in time sent back to who paid it.
///
/// Anyone may, from the deadline on.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay request reclaim 5")]
pub struct Args {
    /// The request
    #[arg(value_name = "REQUEST")]
    pub request: u64,
    /// Which chain, and who signs.
    #[command(flatten)]
    pub signer: SignerArgs,
}

/// Runs the command.
///
/// # Errors
/// [`Error`], with the contract's reason if it refuses.
pub fn run(args: &Args, progress: Progress) -> Result<Done, Error> {
    let request = RequestId(args.request);
    let message = ExecuteMsg::Reclaim { request };
    let action = format!("the price of request {request} went back");
    act(
        &args.signer,
        action,
        |d| d.predictions,
        &message,
        &[],
        progress,
    )
}
