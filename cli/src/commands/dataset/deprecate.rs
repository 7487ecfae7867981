//! `assay dataset deprecate`: no new jobs.

use assay_protocol::id::DatasetId;
use assay_protocol::messages::dataset_registry::ExecuteMsg;

use crate::Error;
use crate::chain::SignerArgs;
use crate::chain::action::{Done, act};
use crate::progress::Progress;

/// End new jobs on your dataset, for ever; those that are posted already go on.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay dataset deprecate 3 --successor 4")]
pub struct Args {
    /// The dataset
    #[arg(value_name = "DATASET")]
    pub dataset: u64,
    /// The dataset to use in its place
    #[arg(long, value_name = "DATASET")]
    pub successor: Option<u64>,
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
    let message = ExecuteMsg::Deprecate {
        dataset,
        successor: args.successor.map(DatasetId),
    };
    let action = format!("dataset {dataset} takes no new jobs");
    act(
        &args.signer,
        action,
        |d| d.dataset_registry,
        &message,
        &[],
        progress,
    )
}
