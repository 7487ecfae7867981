//! `assay offer list`: the offers on a chain.

use std::fmt;

use assay_protocol::id::OfferId;
use assay_protocol::messages::predictions::{FixedModel, OfferEntry, OffersResponse, QueryMsg};
use serde::Serialize;

use crate::Error;
use crate::chain::{ChainArgs, Session};
use crate::output::Report;

/// List offers of predictions.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay offer list")]
pub struct Args {
    /// Only offers after this one
    #[arg(long, value_name = "N")]
    pub after: Option<u64>,
    /// Which chain.
    #[command(flatten)]
    pub chain: ChainArgs,
}

/// Offers in the order of their ids.
#[derive(Debug, Serialize)]
pub struct Listed {
    offers: Vec<OfferEntry>,
    next: Option<OfferId>,
}

/// Runs the command.
///
/// # Errors
/// [`Error`] if the chain can't be asked.
pub fn run(args: &Args) -> Result<Listed, Error> {
    let session = Session::read(&args.chain)?;
    let query = QueryMsg::Offers {
        start_after: args.after.map(OfferId),
        limit: Some(50),
    };
    let page: OffersResponse = session.ask(&session.deployment()?.predictions, &query)?;
    Ok(Listed {
        offers: page.offers,
        next: page.next,
    })
}

/// A model in few words.
pub fn model_in_words(model: &FixedModel) -> String {
    match model {
        FixedModel::Public { blob, .. } => format!("public, blob {blob}"),
        FixedModel::Hidden { model, .. } => format!("hidden, model {model}"),
    }
}

impl Report for Listed {}

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, " offer             price  model             provider")?;
        for OfferEntry {
            offer,
            terms,
            closed,
        } in &self.offers
        {
            let note = if *closed { ", closed" } else { "" };
            writeln!(
                f,
                "{:>6}  {:>16}  {:<16}  {}{note}",
                offer.to_string(),
                terms.price.to_string(),
                model_in_words(&terms.model),
                terms.provider
            )?;
        }
        match self.next {
            Some(next) => writeln!(f, "more with --after {next}"),
            None => Ok(()),
        }
    }
}
