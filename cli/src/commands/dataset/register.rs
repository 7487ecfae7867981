//! `assay dataset register`: a commitment on a chain.

use std::fmt;
use std::path::PathBuf;

use assay_client::Message;
use assay_client::sender::Used;
use assay_protocol::id::{DatasetCommitment, DatasetId};
use assay_protocol::messages::dataset_registry::ExecuteMsg;
use cosmwasm_std::Coin;
use serde::Serialize;

use super::royalty::Royalty;
use crate::Error;
use crate::artefact::dataset::Holding;
use crate::chain::sent::Sent;
use crate::chain::{Session, SignerArgs};
use crate::output::Report;
use crate::progress::Progress;

/// Register a dataset's commitment, with what its use costs.
///
/// Rows and salt stay here. Checks first that they are those of the commitment.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  assay dataset register cells --royalty 2.5 --license CC-BY-4.0"
)]
pub struct Args {
    /// A dataset's folder, from `assay dataset commit`
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The license, a text or a link
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub license: String,
    /// What you are paid for each model that a job buys
    #[arg(long, value_name = "COIN")]
    pub price: Option<Coin>,
    /// What you are paid of a worker's reward, in per cent, to two places
    #[arg(long, value_name = "PERCENT", default_value = "0")]
    pub royalty: Royalty,
    /// A dataset on chain that this one derives from
    #[arg(long = "parent", value_name = "N")]
    pub parents: Vec<u64>,
    /// Which chain, and who signs.
    #[command(flatten)]
    pub signer: SignerArgs,
}

/// A dataset that was registered.
#[derive(Debug, Serialize)]
pub struct Registered {
    dataset: DatasetId,
    commitment: DatasetCommitment,
    #[serde(flatten)]
    sent: Sent,
    #[serde(skip)]
    _used: Used,
}

/// Runs the command.
///
/// # Errors
/// [`Error`], with the contract's reason if it refuses.
pub fn run(args: &Args, progress: Progress) -> Result<Registered, Error> {
    let session = Session::sign(&args.signer)?;
    let contract = session.deployment()?.dataset_registry.address;
    let _step = progress.step("registering");
    let registration = Holding::read(&args.folder)?.registration;
    let mut parents: Vec<DatasetId> = args.parents.iter().copied().map(DatasetId).collect();
    parents.sort();
    parents.dedup();
    let message = ExecuteMsg::Register {
        commitment: registration.commitment,
        rows: registration.rows,
        schema: registration.schema.to_canonical(),
        file_sha256: registration.file_sha256,
        license: args.license.clone(),
        price: args.price.clone(),
        royalty_bps: args.royalty.0,
        parents,
    };
    let sender = session.sender()?;
    let executed = session.send(&sender, &[Message::execute(&contract, &message, &[])?])?;
    Ok(Registered {
        dataset: DatasetId(executed.parsed(&contract, "wasm-assay-register", "dataset_id")?),
        commitment: registration.commitment,
        sent: Sent::from(&executed),
        _used: sender.into_used(),
    })
}

impl Report for Registered {}

impl fmt::Display for Registered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "dataset     {}", self.dataset)?;
        writeln!(f, "commitment  {}", self.commitment)?;
        write!(f, "{}", self.sent)
    }
}
