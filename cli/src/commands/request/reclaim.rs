//! `assay request reclaim`: the price of what wasn't answered.

use assay_protocol::id::RequestId;
use assay_protocol::messages::predictions::{ExecuteMsg, OfferResponse, QueryMsg, RequestResponse};

use crate::Error;
use crate::chain::action::{Done, send};
use crate::chain::payment::{paid, transfer_reserve};
use crate::chain::{Session, SignerArgs};
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
    let session = Session::sign(&args.signer)?;
    let contract = session.deployment()?.predictions;
    let request = RequestId(args.request);
    let asked: RequestResponse = session.ask(&contract, &QueryMsg::Request { request })?;
    let query = QueryMsg::Offer { offer: asked.offer };
    let offer: OfferResponse = session.ask(&contract, &query)?;
    let message = paid(&contract.address, &ExecuteMsg::Reclaim { request }, &[])?;
    let message = message.with_reserve(transfer_reserve([&offer.terms.price]));
    let action = format!("the price of request {request} went back");
    send(&session, action, &[message], progress)
}
