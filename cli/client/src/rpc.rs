//! One endpoint: CometBFT's JSON-RPC over HTTP.
//!
//! Requests and responses are `tendermint-rpc`'s; its own transport would bring a second HTTP
//! stack, two versions behind.

use std::time::Duration;

use reqwest::Url;
use reqwest::header::CONTENT_TYPE;
use tendermint_rpc::error::ErrorDetail;
use tendermint_rpc::{Response, SimpleRequest};

use crate::Error;

/// How long one answer may take.
const TIMEOUT: Duration = Duration::from_secs(10);

/// A node's RPC endpoint.
#[derive(Clone, Debug)]
pub struct Rpc {
    http: reqwest::Client,
    url: Url,
}

/// Why a request has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Nobody said anything of use: another endpoint, or another time, may do.
    Unreachable(String),
    /// The node answered, with an error.
    Said(String),
}

impl Rpc {
    /// The endpoint at `url`.
    ///
    /// # Errors
    /// [`Error::Endpoint`].
    pub fn new(http: &reqwest::Client, url: &str) -> Result<Self, Error> {
        let refused = |reason: String| Error::Endpoint {
            endpoint: url.into(),
            reason,
        };
        let parsed: Url = url.parse().map_err(|error| refused(format!("{error}")))?;
        if !matches!(parsed.scheme(), "http" | "https") {
            return Err(refused(format!("its scheme is {}", parsed.scheme())));
        }
        let http = http.clone();
        Ok(Self { http, url: parsed })
    }

    /// Where it is.
    pub fn url(&self) -> &str {
        self.url.as_str().trim_end_matches('/')
    }

    /// Asks.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn ask<R: SimpleRequest>(&self, request: R) -> Result<R::Output, Failure> {
        let unreachable = |error: reqwest::Error| {
            // The URL is said already; the cause is what helps.
            Failure::Unreachable(format!("{}: {}", self.url(), cause(&error)))
        };
        let sent = self
            .http
            .post(self.url.clone())
            .header(CONTENT_TYPE, "application/json")
            .timeout(TIMEOUT)
            .body(request.into_json());
        let response = sent.send().await.map_err(unreachable)?;
        let body = response.bytes().await.map_err(unreachable)?;
        match R::Response::from_string(&body) {
            Ok(response) => Ok(response.into()),
            Err(error) => Err(match error.detail() {
                ErrorDetail::Response(said) => Failure::Said(said.source.to_string()),
                _ => Failure::Unreachable(format!("{}: no answer of a node", self.url())),
            }),
        }
    }
}

/// The innermost cause of an error.
fn cause(error: &dyn std::error::Error) -> String {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}
