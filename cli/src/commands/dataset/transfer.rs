//! `assay dataset transfer`: another owner, once they accept.

use assay_protocol::id::DatasetId;
use assay_protocol::messages::dataset_registry::ExecuteMsg;

use super::show::load;
use crate::Error;
use crate::chain::action::{Done, establish};
use crate::chain::payment::paid;
use crate::chain::{Session, SignerArgs};
use crate::progress::Progress;

/// Offer your dataset to another owner, who takes it with `assay dataset accept`.
///
/// Price and royalty of the jobs that are posted already stay yours.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay dataset transfer 3 --to wasm1...")]
pub struct Args {
    /// The dataset
    #[arg(value_name = "DATASET")]
    pub dataset: u64,
    /// To whom, in place of whom it was offered to before
    #[arg(long, value_name = "ADDRESS", required_unless_present = "nobody")]
    pub to: Option<String>,
    /// Take back an offer
    #[arg(long, conflicts_with = "to")]
    pub nobody: bool,
    /// Which chain, and who signs.
    #[command(flatten)]
    pub signer: SignerArgs,
}

/// Runs the command.
///
/// # Errors
/// [`Error`], with the contract's reason if it refuses.
pub fn run(args: &Args, progress: Progress) -> Result<Done, Error> {
    let (dataset, to) = (DatasetId(args.dataset), args.to.clone());
    let action = match &to {
        Some(to) => format!("dataset {dataset} is offered to {to}"),
        None => format!("dataset {dataset} is offered to nobody"),
    };
    let session = Session::sign(&args.signer)?;
    let registry = session.deployment()?.dataset_registry.address;
    let still_holds = || Ok(load(&session, dataset)?.offered_to == to);
    let to = to.clone();
    let message = paid(&registry, &ExecuteMsg::OfferTransfer { dataset, to }, &[])?;
    establish(
        &session,
        action,
        &registry,
        &[message],
        still_holds,
        progress,
    )
}
