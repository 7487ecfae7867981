//! `assay offer post`: predictions of a model, at a price.

use std::fmt;
use std::path::PathBuf;

use assay_client::Message;
use assay_client::sender::Used;
use assay_protocol::id::{BlobId, CircuitId, ModelId};
use assay_protocol::messages::predictions::{ExecuteMsg, OfferedModel, Offering};
use assay_protocol::statement::Model;
use cosmwasm_std::Coin;
use serde::Serialize;

use crate::Error;
use crate::artefact::circuit::{CircuitFolder, key_warning};
use crate::artefact::compiled::CompiledModel;
use crate::chain::sent::Sent;
use crate::chain::window::Length;
use crate::chain::{Session, SignerArgs, circuits};
use crate::output::Report;
use crate::progress::Progress;

/// Offer predictions of a model at a price.
///
/// Checks first that the folder's circuit is registered and proves what it says.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  assay offer post predicts --model 3 --price 5token --within 10m"
)]
pub struct Args {
    /// A compiled model's folder with keys
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The hidden model's id on chain, from `assay model register`
    #[arg(long, value_name = "N", required_unless_present = "blob")]
    pub model: Option<u64>,
    /// The public parameters' id on chain, from `assay model upload`, instead
    #[arg(long, value_name = "N", conflicts_with = "model")]
    pub blob: Option<u64>,
    /// What a prediction costs
    #[arg(long, value_name = "COIN")]
    pub price: Coin,
    /// How long an answer may take
    #[arg(long, value_name = "TIME", default_value = "10m")]
    pub within: Length,
    /// Which chain, and who signs.
    #[command(flatten)]
    pub signer: SignerArgs,
}

/// An offer that was made.
#[derive(Debug, Serialize)]
pub struct Posted {
    offer: u64,
    circuit: CircuitId,
    price: Coin,
    #[serde(flatten)]
    sent: Sent,
    warning: &'static str,
    #[serde(skip)]
    _used: Used,
}

/// Runs the command.
///
/// # Errors
/// [`Error`] if the folder is no good, or the contract refuses.
pub fn run(args: &Args, progress: Progress) -> Result<Posted, Error> {
    let session = Session::sign(&args.signer)?;
    let contract = session.deployment()?.predictions.address;
    let step = progress.step("checking the circuit");
    let model = CompiledModel::read(&args.folder)?;
    let folder = CircuitFolder::read(&args.folder)?;
    let circuit = folder.registration.id();
    let registered = circuits::expect(&session, circuit, &folder)?;
    drop(step);
    let _step = progress.step("offering");
    let spec = model.plan.spec();
    let message = ExecuteMsg::Offer(Offering {
        model: args.offered(&model)?,
        circuit,
        price: args.price.clone(),
        window: session.block_on(args.within.window(&session))?,
        input_bytes: spec.input_bytes() as u32,
        output_bytes: spec.output_bytes() as u32,
    });
    let sender = session.sender()?;
    // In blocks, the same window differs each time.
    let schema = model.schema_digest()?;
    let name = format!(
        "offer {:?} {:?} {schema} {circuit} {} {:?}",
        args.model, args.blob, args.price, args.within
    );
    let message = Message::execute(&contract, &message, &[])?;
    let executed = session.send_as(&sender, &contract, &name, &[message])?;
    Ok(Posted {
        offer: executed.parsed(&contract, "wasm-assay-offer", "offer_id")?,
        circuit,
        price: args.price.clone(),
        sent: Sent::from(&executed),
        warning: key_warning(&registered.setup),
        _used: sender.into_used(),
    })
}

impl Args {
    fn offered(&self, model: &CompiledModel) -> Result<OfferedModel, Error> {
        match (model.model()?, self.model, self.blob) {
            (Model::Hidden(_), Some(model), _) => Ok(OfferedModel::Hidden {
                model: ModelId(model),
            }),
            (Model::Public(_), _, Some(blob)) => Ok(OfferedModel::Public {
                blob: BlobId(blob),
                schema: model.schema.to_canonical(),
            }),
            (Model::Hidden(_), ..) => Err(Error::Mismatch(
                "the folder's model is hidden: pass --model N, from `assay model register`".into(),
            )),
            (Model::Public(_), ..) => Err(Error::Mismatch(
                "the folder's model is public: pass --blob N, from `assay model upload`".into(),
            )),
        }
    }
}

impl Report for Posted {
    fn warning(&self) -> Option<&str> {
        Some(self.warning)
    }
}

impl fmt::Display for Posted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "offer    {}", self.offer)?;
        writeln!(f, "circuit  {}", self.circuit)?;
        writeln!(f, "price    {}", self.price)?;
        write!(f, "{}", self.sent)
    }
}
