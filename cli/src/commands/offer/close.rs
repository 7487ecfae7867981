//! `assay offer close`: no new requests.

use assay_protocol::id::OfferId;
use assay_protocol::messages::predictions::ExecuteMsg;

use crate::Error;
use crate::chain::SignerArgs;
use crate::chain::action::{Done, act};
use crate::progress::Progress;

/// Close an offer: no new requests; those that it has stay to be answered.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay offer close 2")]
pub struct Args {
    /// The offer
    #[arg(value_name = "OFFER")]
    pub offer: u64,
    /// Which chain, and who signs.
    #[command(flatten)]
    pub signer: SignerArgs,
}

/// Runs the command.
///
/// # Errors
/// [`Error`], with the contract's reason if it refuses.
pub fn run(args: &Args, progress: Progress) -> Result<Done, Error> {
    let offer = OfferId(args.offer);
    let message = ExecuteMsg::CloseOffer { offer };
    let action = format!("offer {offer} is closed");
    act(
        &args.signer,
        action,
        |d| d.predictions,
        &message,
        &[],
        progress,
    )
}
