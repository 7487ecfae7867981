//! Why a message or a query is refused.

use assay_escrow::Error;
use assay_protocol::id::{ModelId, OfferId, RequestId};
use assay_protocol::messages::dataset_registry::MAX_SCHEMA_BYTES;
use assay_protocol::messages::time::Deadline;
use cosmwasm_std::StdError;

/// Why a message or a query is refused.
#[derive(Debug, thiserror::Error)]
pub enum ContractError {
    /// Money, storage, another contract, or a deadline.
    #[error(transparent)]
    Escrow(#[from] Error),
    /// A malformed proof, or one that doesn't hold.
    #[error(transparent)]
    Groth16(#[from] assay_groth16::Error),

    /// Text that can't be a canonical schema.
    #[error(
        "a schema is a JSON object of at most {MAX_SCHEMA_BYTES} bytes without space around it, \
         not {len} bytes of something else: use its canonical text"
    )]
    SchemaText {
        /// Its bytes.
        len: usize,
    },
    /// An input or an output of no bytes, or of too many.
    #[error("an {name} has 1 to {max} bytes, not {bytes}: take the circuit's specification's")]
    Size {
        /// Which.
        name: &'static str,
        /// Bytes asked for.
        bytes: u32,
        /// The most.
        max: usize,
    },
    /// Somebody else's hidden model.
    #[error("hidden model {model} belongs to {owner}: only they can offer it")]
    NotOwner {
        /// The model.
        model: ModelId,
        /// Whose it is.
        owner: String,
    },
    /// No offer with this id.
    #[error("there is no offer {offer}: use the offer_id of its making")]
    UnknownOffer {
        /// The id asked for.
        offer: OfferId,
    },
    /// Somebody else's offer.
    #[error("offer {offer} belongs to {provider}: only they can close it")]
    NotProvider {
        /// The offer.
        offer: OfferId,
        /// Whose it is.
        provider: String,
    },
    /// An offer that takes no new requests.
    #[error("offer {offer} is closed: choose another")]
    Closed {
        /// The offer.
        offer: OfferId,
    },
    /// An input of another length than the offer says.
    #[error("an input for offer {offer} has {expected} bytes, not {len}: quantise all its rows")]
    InputLength {
        /// The offer.
        offer: OfferId,
        /// Bytes sent.
        len: usize,
        /// Bytes that belong there.
        expected: u32,
    },
    /// No request with this id.
    #[error("there is no request {request}: use the request_id of its making")]
    UnknownRequest {
        /// The id asked for.
        request: RequestId,
    },
    /// A request with which nothing more can be done.
    #[error("request {request} is {state}: nothing more can be done with it")]
    Ended {
        /// The request.
        request: RequestId,
        /// Its state.
        state: &'static str,
    },
    /// An answer that comes too late.
    #[error(
        "the deadline of request {request}, {} s and block {}, has passed: it can be reclaimed",
        deadline.time.seconds(), deadline.height
    )]
    TooLate {
        /// The request.
        request: RequestId,
        /// When it was.
        deadline: Deadline,
    },
    /// A refund that comes too early.
    #[error(
        "request {request} can be reclaimed from its deadline on, both {} s and block {}: wait",
        deadline.time.seconds(), deadline.height
    )]
    TooEarly {
        /// The request.
        request: RequestId,
        /// When it will be.
        deadline: Deadline,
    },
    /// An output of another length than the offer says.
    #[error("an output for request {request} has {expected} bytes, not {len}: answer all its rows")]
    OutputLength {
        /// The request.
        request: RequestId,
        /// Bytes sent.
        len: usize,
        /// Bytes that belong there.
        expected: u32,
    },

    /// A deposit of nothing.
    #[error("a deposit needs funds: send at least one coin")]
    NoFunds,
}

/// What the library refuses, by whatever it was refused itself.
macro_rules! from_refusals {
    ($($refusal:ty),*) => {$(
        impl From<$refusal> for ContractError {
            fn from(refusal: $refusal) -> Self {
                Self::Escrow(refusal.into())
            }
        }
    )*};
}

from_refusals!(StdError, assay_registries::Error, assay_deadlines::Error);
