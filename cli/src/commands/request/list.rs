//! `assay request list`: what an offer was asked.

use std::fmt;

use assay_protocol::id::{OfferId, RequestId};
use assay_protocol::messages::predictions::{
    QueryMsg, RequestEntry, RequestState, RequestsResponse,
};
use serde::Serialize;

use crate::Error;
use crate::chain::{ChainArgs, Session};
use crate::output::Report;

/// List the requests that an offer took.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay request list 2 --open")]
pub struct Args {
    /// The offer
    #[arg(value_name = "OFFER")]
    pub offer: u64,
    /// Only those that wait for an answer
    #[arg(long)]
    pub open: bool,
    /// Only requests after this one
    #[arg(long, value_name = "N")]
    pub after: Option<u64>,
    /// Which chain.
    #[command(flatten)]
    pub chain: ChainArgs,
}

/// Requests in the order of their ids.
#[derive(Debug, Serialize)]
pub struct Listed {
    requests: Vec<RequestEntry>,
    next: Option<RequestId>,
}

/// Runs the command.
///
/// # Errors
/// [`Error`] if there is no such offer.
pub fn run(args: &Args) -> Result<Listed, Error> {
    let session = Session::read(&args.chain)?;
    let query = QueryMsg::Requests {
        offer: OfferId(args.offer),
        start_after: args.after.map(RequestId),
        limit: Some(50),
    };
    let page: RequestsResponse = session.ask(&session.deployment()?.predictions, &query)?;
    let mut requests = page.requests;
    requests.retain(|request| !args.open || matches!(request.state, RequestState::Open {}));
    Ok(Listed {
        requests,
        next: page.next,
    })
}

/// A state's name.
pub fn state_name(state: RequestState) -> &'static str {
    match state {
        RequestState::Open {} => "open",
        RequestState::Answered {} => "answered",
        RequestState::Reclaimed {} => "reclaimed",
    }
}

impl Report for Listed {}

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for request in &self.requests {
            let RequestEntry {
                request,
                deadline,
                state,
            } = request;
            let (time, height) = (deadline.time.seconds(), deadline.height);
            let state = state_name(*state);
            writeln!(
                f,
                "{request:>6}  {state:<9}  until {time} s and block {height}"
            )?;
        }
        match self.next {
            Some(next) => writeln!(f, "more with --after {next}"),
            None => Ok(()),
        }
    }
}
