//! `assay request show`: a request and its answer.

use std::fmt;

use assay_protocol::circuit::CircuitSpec;
use assay_protocol::id::RequestId;
use assay_protocol::messages::predictions::{OfferResponse, QueryMsg, RequestResponse};
use assay_protocol::prediction::Output;
use serde::Serialize;

use super::list::state_name;
use super::post::schema;
use crate::Error;
use crate::artefact::compiled::prediction;
use crate::chain::{ChainArgs, Session, circuits};
use crate::output::Report;

/// Show a request and, once there is one, its answer.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay request show 5")]
pub struct Args {
    /// The request
    #[arg(value_name = "REQUEST")]
    pub request: u64,
    /// Which chain.
    #[command(flatten)]
    pub chain: ChainArgs,
}

/// A request.
#[derive(Debug, Serialize)]
pub struct Shown {
    #[serde(flatten)]
    request: RequestResponse,
    /// Each row's answer: a class by its name, or an integer.
    answer: Option<Vec<String>>,
}

/// Runs the command.
///
/// # Errors
/// [`Error`] if there is none.
pub fn run(args: &Args) -> Result<Shown, Error> {
    let session = Session::read(&args.chain)?;
    let contract = session.deployment()?.predictions;
    let query = QueryMsg::Request {
        request: RequestId(args.request),
    };
    let request: RequestResponse = session.ask(&contract, &query)?;
    let answer = request.output.as_ref();
    let answer = answer.map(|output| in_words(&session, &request, output));
    Ok(Shown {
        answer: answer.transpose()?,
        request,
    })
}

/// An answer in the model's own terms.
fn in_words(
    session: &Session,
    request: &RequestResponse,
    output: &[u8],
) -> Result<Vec<String>, Error> {
    let query = QueryMsg::Offer {
        offer: request.offer,
    };
    let offer: OfferResponse = session.ask(&session.deployment()?.predictions, &query)?;
    let registered = circuits::read(session, offer.terms.circuit)?;
    let spec = prediction(CircuitSpec::from_canonical(&registered.spec)?)?;
    let classes = schema(session, &offer)?.label.classes;
    let integers = spec.output_from_bytes(output)?;
    let in_words = |integer: i64| match spec.output {
        Output::Label { .. } => usize::try_from(integer)
            .ok()
            .and_then(|class| classes.get(class).cloned())
            .unwrap_or_else(|| integer.to_string()),
        Output::Bucket { .. } | Output::Scores { .. } => integer.to_string(),
    };
    Ok(integers.into_iter().map(in_words).collect())
}

impl Report for Shown {}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let request = &self.request;
        writeln!(
            f,
            "request    {} of offer {}",
            request.request, request.offer
        )?;
        writeln!(f, "requester  {}", request.requester)?;
        if request.payer != request.requester {
            writeln!(f, "payer      {}", request.payer)?;
        }
        writeln!(f, "state      {}", state_name(request.state))?;
        match &self.answer {
            Some(answer) => writeln!(f, "answer     {}", answer.join(", ")),
            None => Ok(()),
        }
    }
}
