//! What can go wrong between this machine and a chain, in one line that says what to do.

use std::io;
use std::path::PathBuf;

/// Why something wasn't read from a chain, or not done on it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// An endpoint that isn't an address on the web.
    #[error("{endpoint:?} is no http or https address of a node: {reason}")]
    Endpoint {
        /// What was given.
        endpoint: String,
        /// What is wrong with it.
        reason: String,
    },
    /// No endpoints at all.
    #[error("no endpoint is given: name a node's RPC address, http://127.0.0.1:26657 say")]
    NoEndpoint,
    /// A gas price that isn't one.
    #[error("{0:?} is no gas price: write an amount and a denomination, 0.025stake say")]
    GasPrice(String),
    /// A mnemonic that isn't one. What was read is never quoted.
    #[error(
        "the mnemonic isn't one: it has 12 to 24 English words, the last of which checks the others"
    )]
    Mnemonic,
    /// A key or an address that can't be made.
    #[error("no address with prefix {prefix:?}: {reason}")]
    Address {
        /// What addresses begin with.
        prefix: String,
        /// Why.
        reason: String,
    },
    /// No endpoint answers.
    #[error(
        "no node answers: {reason}; check the endpoints and the network, then run the same command again"
    )]
    Unreachable {
        /// What the last one said.
        reason: String,
    },
    /// A node of another chain.
    #[error(
        "{endpoint} is a node of chain {found:?}, not of {expected:?}: use another endpoint or profile"
    )]
    OtherChain {
        /// The endpoint.
        endpoint: String,
        /// The chain's id.
        found: String,
        /// The chain's id in the profile.
        expected: String,
    },
    /// An answer that isn't what the protocol promises.
    #[error("a node's answer can't be read: {0}; is it a CosmWasm chain?")]
    Answer(String),
    /// A query that the chain or a contract refuses.
    #[error("{0}")]
    Query(String),
    /// An account that the chain hasn't heard of.
    #[error("the chain has no account {0}: send it some coins for fees first")]
    NoAccount(String),
    /// A transaction that was refused, by a contract or before. Nothing has changed.
    #[error("{reason}")]
    Refused {
        /// The contract's or the chain's own reason.
        reason: String,
    },
    /// A transaction that ran out of time again and again.
    #[error(
        "the chain took none of {attempts} attempts in time: is it making blocks? Run the same command again"
    )]
    NotIncluded {
        /// How often it was tried.
        attempts: u32,
    },
    /// A transaction of which nothing was heard for too long.
    #[error(
        "it isn't known yet whether transaction {hash} was executed: {reason}; run the same command again, it is sent once only"
    )]
    Unknown {
        /// The transaction's hash.
        hash: String,
        /// Why it isn't known.
        reason: String,
    },
    /// A result without what it must have.
    #[error("transaction {hash} has no {what}: is this the contract it should be?")]
    NoAttribute {
        /// The transaction's hash.
        hash: String,
        /// What is missing.
        what: String,
    },
    /// The file of what was sent.
    #[error("cannot keep a record in {}: {source}; without it something could be sent twice", path.display())]
    Journal {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Something that can't be signed.
    #[error("the transaction can't be made: {0}")]
    Signing(String),
    /// More gas than is to be paid for.
    #[error(
        "the node says that this takes {gas} gas, and max_gas of the profile allows {max}: raise it only if you know what takes so much"
    )]
    TooMuchGas {
        /// What it takes, with the margin.
        gas: u64,
        /// The most.
        max: u64,
    },
}

impl Error {
    /// Whether the chain or a contract judged and said no.
    pub fn is_refusal(&self) -> bool {
        matches!(self, Self::Refused { .. } | Self::Query(_))
    }
}
