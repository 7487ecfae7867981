//! `assay dataset show`: what is registered of a dataset.

use std::fmt;

use assay_protocol::id::DatasetId;
use assay_protocol::messages::dataset_registry::{DatasetResponse, QueryMsg};
use serde::Serialize;

use super::royalty::Royalty;
use crate::Error;
use crate::chain::{ChainArgs, Session};
use crate::error::one_line;
use crate::output::Report;

/// Show a dataset's terms and where it comes from.
///
/// All but the commitment is what its owner says.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay dataset show 3")]
pub struct Args {
    /// The dataset
    #[arg(value_name = "DATASET")]
    pub dataset: u64,
    /// Which chain.
    #[command(flatten)]
    pub chain: ChainArgs,
}

/// A dataset.
#[derive(Debug, Serialize)]
pub struct Shown(DatasetResponse);

/// Runs the command.
///
/// # Errors
/// [`Error`] if there is none.
pub fn run(args: &Args) -> Result<Shown, Error> {
    let session = Session::read(&args.chain)?;
    load(&session, DatasetId(args.dataset)).map(Shown)
}

/// A dataset as the registry holds it.
///
/// # Errors
/// [`Error`] if there is none.
pub fn load(session: &Session, id: DatasetId) -> Result<DatasetResponse, Error> {
    session.ask(
        &session.deployment()?.dataset_registry,
        &QueryMsg::Dataset { id },
    )
}

impl Report for Shown {}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(dataset) = self;
        writeln!(f, "dataset       {}", dataset.id)?;
        writeln!(f, "owner         {}", dataset.owner)?;
        if let Some(to) = &dataset.offered_to {
            writeln!(f, "offered to    {to}")?;
        }
        writeln!(f, "commitment    {}", dataset.commitment)?;
        writeln!(f, "rows          {}", dataset.rows)?;
        match &dataset.file_sha256 {
            Some(digest) => writeln!(f, "file          {digest}")?,
            None => writeln!(f, "file          stays hidden")?,
        }
        let price = dataset.price.as_ref().map(ToString::to_string);
        let price = price.unwrap_or_else(|| "nothing".into());
        writeln!(f, "price         {price} for each model")?;
        let royalty = Royalty(dataset.royalty_bps);
        writeln!(f, "royalty       {royalty} of the reward")?;
        if !dataset.license.is_empty() {
            writeln!(f, "license       {}", one_line(&dataset.license))?;
        }
        if !dataset.parents.is_empty() {
            let parents: Vec<String> = dataset.parents.iter().map(ToString::to_string).collect();
            writeln!(f, "derives from  {}", parents.join(", "))?;
        }
        match (dataset.deprecated, dataset.successor) {
            (false, _) => Ok(()),
            (true, None) => writeln!(f, "deprecated    takes no new jobs"),
            (true, Some(successor)) => writeln!(f, "deprecated    use dataset {successor}"),
        }
    }
}
