//! `assay fulfil`: an answer with its proof.

use std::fmt;
use std::path::PathBuf;

use assay_client::Message;
use assay_client::sender::Used;
use assay_protocol::id::RequestId;
use assay_protocol::messages::predictions::{
    ExecuteMsg, FixedModel, OfferResponse, QueryMsg, RequestResponse,
};
use assay_prover::prediction::Answer;
use cosmwasm_std::Binary;
use serde::Serialize;

use crate::Error;
use crate::artefact::circuit::{CircuitFolder, key_warning};
use crate::artefact::compiled::CompiledModel;
use crate::artefact::proof::{Assignment, Subject};
use crate::chain::payment::transfer_reserve;
use crate::chain::sent::Sent;
use crate::chain::{Session, SignerArgs, upload};
use crate::output::Report;
use crate::progress::Progress;

/// Answer a request with a proof, and be paid.
///
/// Reads the input from the chain, computes and proves the answer, verifies it, and sends it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay fulfil 5 --model predicts")]
pub struct Args {
    /// The request
    #[arg(value_name = "REQUEST")]
    pub request: u64,
    /// The offered model's folder with keys
    #[arg(long, value_name = "DIR")]
    pub model: PathBuf,
    /// Which chain, and who signs.
    #[command(flatten)]
    pub signer: SignerArgs,
}

/// An answer that was paid.
#[derive(Debug, Serialize)]
pub struct Fulfilled {
    request: RequestId,
    output: Vec<i64>,
    paid: String,
    #[serde(flatten)]
    sent: Sent,
    warning: &'static str,
    #[serde(skip)]
    _used: Used,
}

/// Runs the command.
///
/// # Errors
/// [`Error`] if the model isn't what was offered, or the contract refuses.
pub fn run(args: &Args, progress: Progress) -> Result<Fulfilled, Error> {
    let session = Session::sign(&args.signer)?;
    let contract = session.deployment()?.predictions;
    let request = RequestId(args.request);
    let asked: RequestResponse = session.ask(&contract, &QueryMsg::Request { request })?;
    let query = QueryMsg::Offer { offer: asked.offer };
    let offer: OfferResponse = session.ask(&contract, &query)?;
    let input: Binary = session.ask(&contract, &QueryMsg::Input { request })?;
    let model = CompiledModel::read(&args.model)?;
    let circuit = CircuitFolder::read(&args.model)?;
    expect_offered(&session, &offer, &model, &circuit)?;
    let kind = circuit.registration.kind;
    let assignment = Assignment {
        chain_id: session.chain_id().into(),
        contract: contract.address.clone(),
        subject: Subject::Request(request),
        slot: 0,
        payee: offer.terms.provider.clone(),
    };
    let answer = Answer {
        plan: model.plan.clone(),
        parameters: &model.parameters,
        salt: model.salt.as_ref().map(|salt| salt.scalar()),
        schema: model.schema_digest()?,
        input: &input,
        context: assignment
            .context(kind, circuit.registration.id())
            .to_scalar(),
    };
    let step = progress.step("proving");
    let (_, proof) = answer.prove_with(&circuit.key, &step)?;
    let output = answer.output()?;
    drop(step);
    let _step = progress.step("answering");
    let sender = session.sender()?;
    if let FixedModel::Public { blob, .. } = offer.terms.model {
        let elements = answer.statement()?.elements();
        if let Some(point) = upload::point(kind, &elements, &proof) {
            upload::evaluate(&session, &sender, blob, point)?;
        }
    }
    let message = ExecuteMsg::Fulfil {
        request,
        output: model.plan.spec().output_to_bytes(&output)?.into(),
        proof: proof.to_bytes().into(),
    };
    let name = format!("fulfil request {request}");
    let message = Message::execute(&contract.address, &message, &[])?;
    let message = message.with_reserve(transfer_reserve([&offer.terms.price]));
    let executed = session.send_as(&sender, &contract.address, &name, &[message])?;
    Ok(Fulfilled {
        request,
        output,
        paid: offer.terms.price.to_string(),
        sent: Sent::from(&executed),
        warning: key_warning(&circuit.registration.setup),
        _used: sender.into_used(),
    })
}

/// Checks that model and circuit are what was offered, before anything is proved with them.
fn expect_offered(
    session: &Session,
    offer: &OfferResponse,
    model: &CompiledModel,
    circuit: &CircuitFolder,
) -> Result<(), Error> {
    use assay_protocol::statement::Model;
    let offered = match offer.terms.model {
        FixedModel::Public { parameters, .. } => Model::Public(parameters),
        FixedModel::Hidden { commitment, .. } => Model::Hidden(commitment),
    };
    let is_offered = offered == model.model()?
        && offer.terms.schema == model.schema_digest()?
        && offer.terms.circuit == circuit.registration.id();
    if !is_offered {
        return Err(Error::Mismatch(format!(
            "the folder isn't the model of offer {}: use the folder that it was made from",
            offer.offer
        )));
    }
    let me = session.address()?;
    match offer.terms.provider == me {
        true => Ok(()),
        false => Err(Error::Mismatch(format!(
            "offer {} is {}'s, who would be paid, and not {me}'s: use the provider's key",
            offer.offer, offer.terms.provider
        ))),
    }
}

impl Report for Fulfilled {
    fn warning(&self) -> Option<&str> {
        Some(self.warning)
    }
}

impl fmt::Display for Fulfilled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "paid     {}", self.paid)?;
        writeln!(f, "request  {}", self.request)?;
        writeln!(f, "output   {:?}", self.output)?;
        write!(f, "{}", self.sent)
    }
}
