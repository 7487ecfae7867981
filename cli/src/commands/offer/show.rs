//! `assay offer show`: an offer's terms.

use std::fmt;

use assay_protocol::id::OfferId;
use assay_protocol::messages::predictions::{OfferResponse, QueryMsg};
use serde::Serialize;

use super::list::model_in_words;
use crate::Error;
use crate::chain::{ChainArgs, Session};
use crate::output::Report;

/// Show an offer's terms.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay offer show 2")]
pub struct Args {
    /// The offer
    #[arg(value_name = "OFFER")]
    pub offer: u64,
    /// Which chain.
    #[command(flatten)]
    pub chain: ChainArgs,
}

/// An offer.
#[derive(Debug, Serialize)]
pub struct Shown(OfferResponse);

/// Runs the command.
///
/// # Errors
/// [`Error`] if there is none.
pub fn run(args: &Args) -> Result<Shown, Error> {
    let session = Session::read(&args.chain)?;
    let query = QueryMsg::Offer {
        offer: OfferId(args.offer),
    };
    session
        .ask(&session.deployment()?.predictions, &query)
        .map(Shown)
}

impl Report for Shown {}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let OfferResponse {
            offer,
            terms,
            closed,
            ..
        } = &self.0;
        let note = if *closed { " (closed)" } else { "" };
        writeln!(f, "offer     {offer}{note}")?;
        writeln!(f, "provider  {}", terms.provider)?;
        writeln!(f, "model     {}", model_in_words(&terms.model))?;
        writeln!(f, "circuit   {}", terms.circuit)?;
        writeln!(f, "schema    {}", terms.schema)?;
        writeln!(f, "price     {}", terms.price)?;
        writeln!(
            f,
            "within    {} s and {} blocks",
            terms.window.seconds, terms.window.blocks
        )?;
        writeln!(
            f,
            "bytes     {} in, {} out",
            terms.input_bytes, terms.output_bytes
        )
    }
}
