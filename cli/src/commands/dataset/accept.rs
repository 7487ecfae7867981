//! `assay dataset accept`: taking over what was offered.

use assay_protocol::id::DatasetId;
use assay_protocol::messages::dataset_registry::ExecuteMsg;

use crate::Error;
use crate::chain::SignerArgs;
use crate::chain::action::{Done, act};
use crate::progress::Progress;

/// Take over a dataset that was offered to you.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay dataset accept 3")]
pub struct Args {
    /// The dataset
    #[arg(value_name = "DATASET")]
    pub dataset: u64,
    /// Which chain, and who signs.
    #[command(flatten)]
    pub signer: SignerArgs,
}

/// Runs the command.
///
/// # Errors
/// [`Error`], with the contract's reason if it refuses.
pub fn run(args: &Args, progress: Progress) -> Result<Done, Error> {
    let dataset = DatasetId(args.dataset);
    let action = format!("dataset {dataset} is yours");
    let message = ExecuteMsg::AcceptTransfer { dataset };
    act(
        &args.signer,
        action,
        |d| d.dataset_registry,
        &message,
        &[],
        progress,
    )
}
