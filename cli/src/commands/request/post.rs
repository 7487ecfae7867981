//! `assay request post`: a prediction to be paid for.

use std::fmt;
use std::path::PathBuf;

use assay_client::sender::Used;
use assay_protocol::circuit::CircuitSpec;
use assay_protocol::id::OfferId;
use assay_protocol::messages::model_store::{self, ModelResponse};
use assay_protocol::messages::predictions::{
    ExecuteMsg, FixedModel, OfferResponse, OfferTerms, QueryMsg,
};
use assay_protocol::schema::Schema;
use cosmwasm_std::{Binary, Coin};
use serde::Serialize;

use crate::Error;
use crate::artefact::circuit::key_warning;
use crate::artefact::compiled::prediction;
use crate::chain::payment::paid;
use crate::chain::sent::Sent;
use crate::chain::{Session, SignerArgs, circuits};
use crate::inputs::Inputs;
use crate::output::Report;
use crate::progress::Progress;

/// Ask for a prediction and pay for it.
///
/// Whoever answers with a proof has the provider paid; past the deadline the price comes back.
/// **The row and its answer are readable by everyone, for ever.**
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay request post 2 --input rows.csv --row 3 --public-row")]
pub struct Args {
    /// The offer
    #[arg(value_name = "OFFER")]
    pub offer: u64,
    /// Rows: .csv, .npy, or JSON {"input_data": [[...]]}
    #[arg(long, value_name = "FILE")]
    pub input: PathBuf,
    /// A column of the rows that isn't one of the model's inputs
    #[arg(long, value_name = "COLUMN")]
    pub ignore: Vec<String>,
    /// The first row, from 0
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub row: usize,
    /// Yes, everyone may read this row for ever
    #[arg(long, required = true)]
    pub public_row: bool,
    /// Pay from your prepaid balance
    #[arg(long)]
    pub prepaid: bool,
    /// Who asks, where somebody else pays
    #[arg(long, value_name = "ADDRESS")]
    pub requester: Option<String>,
    /// Which chain, and who signs.
    #[command(flatten)]
    pub signer: SignerArgs,
}

/// A request that was taken.
#[derive(Debug, Serialize)]
pub struct Posted {
    request: u64,
    offer: OfferId,
    price: Coin,
    #[serde(flatten)]
    sent: Sent,
    warning: &'static str,
    warnings: Vec<String>,
    #[serde(skip)]
    _used: Used,
}

/// Runs the command.
///
/// # Errors
/// [`Error`] if the row doesn't fit the offer, or the contract refuses.
pub fn run(args: &Args, progress: Progress) -> Result<Posted, Error> {
    let session = Session::sign(&args.signer)?;
    let deployment = session.deployment()?;
    let _step = progress.step("asking");
    let offer = OfferId(args.offer);
    let found: OfferResponse = session.ask(&deployment.predictions, &QueryMsg::Offer { offer })?;
    let registered = circuits::read(&session, found.terms.circuit)?;
    let spec = prediction(CircuitSpec::from_canonical(&registered.spec)?)?;
    let schema = schema(&session, &found)?;
    expect_sizes(&found.terms, spec.input_bytes(), spec.output_bytes())?;
    let inputs = Inputs::read(&args.input)?.without(&args.ignore)?;
    let rows = spec.rows as usize;
    let input = inputs.quantised(&schema, args.row, rows)?;
    let message = ExecuteMsg::Request {
        offer,
        input: Binary::from(input),
        prepaid: args.prepaid,
        requester: args.requester.clone(),
    };
    let funds = match args.prepaid {
        true => Vec::new(),
        false => vec![found.terms.price.clone()],
    };
    let sender = session.sender()?;
    let contract = &deployment.predictions.address;
    let message = paid(contract, &message, &funds)?;
    let executed = session.send(&sender, &[message])?;
    Ok(Posted {
        request: executed.parsed(contract, "wasm-assay-request", "request_id")?,
        offer,
        price: found.terms.price,
        sent: Sent::from(&executed),
        warning: key_warning(&registered.setup),
        warnings: inputs.clamped(&schema, args.row, rows)?,
        _used: sender.into_used(),
    })
}

/// What maps a row to the offer's inputs, checked against the digest in its terms.
pub fn schema(session: &Session, offer: &OfferResponse) -> Result<Schema, Error> {
    let text = match (&offer.schema, &offer.terms.model) {
        (Some(text), _) => text.clone(),
        (None, FixedModel::Hidden { model, .. }) => {
            let query = model_store::QueryMsg::Model { model: *model };
            let found: ModelResponse = session.ask(&session.deployment()?.model_store, &query)?;
            found.schema
        }
        (None, FixedModel::Public { .. }) => String::new(),
    };
    let schema: Schema = serde_json::from_str(&text).map_err(|_| {
        Error::Refused("the schema on chain can't be read: don't use this offer".into())
    })?;
    match schema.digest()? == offer.terms.schema.0 {
        true => Ok(schema),
        false => Err(Error::Refused(
            "the schema on chain isn't the one in the offer's terms: don't use this offer".into(),
        )),
    }
}

/// Checks that the offer's sizes are its circuit's: else nothing could answer it.
fn expect_sizes(terms: &OfferTerms, input: usize, output: usize) -> Result<(), Error> {
    let offered = (terms.input_bytes as usize, terms.output_bytes as usize);
    match offered == (input, output) {
        true => Ok(()),
        false => Err(Error::Refused(format!(
            "the offer takes {} bytes and answers {}, its circuit {input} and {output}: it can't be fulfilled, don't use it",
            offered.0, offered.1
        ))),
    }
}

impl Report for Posted {
    fn warning(&self) -> Option<&str> {
        Some(self.warning)
    }

    fn warnings(&self) -> &[String] {
        &self.warnings
    }
}

impl fmt::Display for Posted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "request  {}", self.request)?;
        writeln!(f, "offer    {}", self.offer)?;
        writeln!(f, "price    {}", self.price)?;
        write!(f, "{}", self.sent)
    }
}
