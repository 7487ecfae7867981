//! `assay dataset list`: the datasets on a chain.

use std::fmt;

use assay_protocol::id::DatasetId;
use assay_protocol::messages::dataset_registry::{DatasetEntry, DatasetsResponse, QueryMsg};
use serde::Serialize;

use super::royalty::Royalty;
use crate::Error;
use crate::chain::{ChainArgs, Session};
use crate::error::one_line;
use crate::output::Report;

/// List datasets.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay dataset list")]
pub struct Args {
    /// Only those of this owner
    #[arg(long, value_name = "ADDRESS")]
    pub owner: Option<String>,
    /// Only datasets after this one
    #[arg(long, value_name = "N")]
    pub after: Option<u64>,
    /// Which chain.
    #[command(flatten)]
    pub chain: ChainArgs,
}

/// Datasets in the order of their ids.
#[derive(Debug, Serialize)]
pub struct Listed {
    datasets: Vec<DatasetEntry>,
    next: Option<DatasetId>,
}

/// Runs the command.
///
/// # Errors
/// [`Error`] if the chain can't be asked.
pub fn run(args: &Args) -> Result<Listed, Error> {
    let session = Session::read(&args.chain)?;
    let (start_after, limit) = (args.after.map(DatasetId), Some(50));
    let query = match args.owner.clone() {
        Some(owner) => QueryMsg::DatasetsByOwner {
            owner,
            start_after,
            limit,
        },
        None => QueryMsg::Datasets { start_after, limit },
    };
    let page: DatasetsResponse = session.ask(&session.deployment()?.dataset_registry, &query)?;
    Ok(Listed {
        datasets: page.datasets,
        next: page.next,
    })
}

impl Report for Listed {}

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "dataset      rows  royalty  price         license       owner"
        )?;
        for dataset in &self.datasets {
            let price = dataset.price.as_ref().map(ToString::to_string);
            let royalty = Royalty(dataset.royalty_bps);
            let note = if dataset.deprecated {
                ", deprecated"
            } else {
                ""
            };
            writeln!(
                f,
                "{:>7}  {:>8}  {royalty:>7}  {:<12}  {:<12}  {}{note}",
                dataset.id.to_string(),
                dataset.rows,
                price.unwrap_or_default(),
                one_line(&dataset.license),
                dataset.owner
            )?;
        }
        match self.next {
            Some(next) => writeln!(f, "more with --after {next}"),
            None => Ok(()),
        }
    }
}
