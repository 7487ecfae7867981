//! What an offer and a request are, and where their bytes lie.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::storage_keys::namespace_with_key;
use cosmwasm_std::{Binary, Coin};

use crate::id::{
    BlobId, CircuitId, InputDigest, ModelCommitment, ModelId, OfferId, RequestId, SchemaDigest,
};
use crate::messages::time::{Deadline, Window};
use crate::parameters::PublicParameters;

/// Storage namespace (a `Map` from [`RequestId`]) of the inputs' bytes as they were sent.
pub const INPUTS: &str = "input";

/// The storage key of a request's input.
pub fn input_key(request: RequestId) -> Vec<u8> {
    namespace_with_key(&[INPUTS.as_bytes()], &request.0.to_be_bytes())
}

/// Storage namespace (a `Map` from [`RequestId`]) of the outputs' bytes as they were proved.
pub const OUTPUTS: &str = "output";

/// The storage key of a request's output. Nothing lies there before it is answered.
pub fn output_key(request: RequestId) -> Vec<u8> {
    namespace_with_key(&[OUTPUTS.as_bytes()], &request.0.to_be_bytes())
}

/// Whose predictions are offered.
#[cw_serde]
pub enum OfferedModel {
    /// The model with these parameters, which everyone can read; anyone may offer it.
    Public {
        /// The finalised parameters.
        blob: BlobId,
        /// The canonical text of the schema that maps rows to inputs, at most
        /// [`MAX_SCHEMA_BYTES`](crate::messages::dataset_registry::MAX_SCHEMA_BYTES).
        schema: String,
    },
    /// A model behind a commitment; only its owner may offer it.
    Hidden {
        /// The model in the model store.
        model: ModelId,
    },
}

/// The model of an offer, fixed when it was made.
#[cw_serde]
pub enum FixedModel {
    /// A model with public parameters.
    Public {
        /// The parameters.
        blob: BlobId,
        /// What names them, as the circuit needs it.
        parameters: PublicParameters,
    },
    /// A hidden model.
    Hidden {
        /// The model.
        model: ModelId,
        /// Its commitment.
        commitment: ModelCommitment,
    },
}

/// The terms of an offer, fixed when it was made.
#[cw_serde]
pub struct OfferTerms {
    /// Who made it, and is paid.
    pub provider: String,
    /// The model.
    pub model: FixedModel,
    /// The digest of the schema that maps rows to inputs.
    pub schema: SchemaDigest,
    /// The method.
    pub circuit: CircuitId,
    /// Paid for each request.
    pub price: Coin,
    /// From a request: how long its answer may take.
    pub window: Window,
    /// Bytes of an input: a byte for each feature, all rows in order.
    pub input_bytes: u32,
    /// Bytes of an output, all rows in order.
    pub output_bytes: u32,
}

/// One offer.
#[cw_serde]
pub struct OfferResponse {
    /// Its id.
    pub offer: OfferId,
    /// Its terms.
    pub terms: OfferTerms,
    /// Whether it takes no new requests.
    pub closed: bool,
    /// The schema's text where the model is public; a hidden model's is in the model store.
    pub schema: Option<String>,
}

/// An offer in a list, without its schema's text.
#[cw_serde]
pub struct OfferEntry {
    /// Its id.
    pub offer: OfferId,
    /// Its terms.
    pub terms: OfferTerms,
    /// Whether it takes no new requests.
    pub closed: bool,
}

/// A page of offers.
#[cw_serde]
pub struct OffersResponse {
    /// The entries.
    pub offers: Vec<OfferEntry>,
    /// `start_after` of the next page, if there is one.
    pub next: Option<OfferId>,
}

/// The state of a request.
#[cw_serde]
#[derive(Copy)]
pub enum RequestState {
    /// To be answered, or from its deadline on to be reclaimed.
    Open {},
    /// Answered; the provider was paid.
    Answered {},
    /// Not answered in time; the payer has the price back.
    Reclaimed {},
}

/// One request.
#[cw_serde]
pub struct RequestResponse {
    /// Its id.
    pub request: RequestId,
    /// The offer that it takes up.
    pub offer: OfferId,
    /// Who paid, and is refunded.
    pub payer: String,
    /// Who asked.
    pub requester: String,
    /// The digest of its input.
    pub input: InputDigest,
    /// From when on it can't be answered, and anyone can reclaim it.
    pub deadline: Deadline,
    /// Its state.
    pub state: RequestState,
    /// The output, once answered.
    pub output: Option<Binary>,
}

/// A request in a list.
#[cw_serde]
pub struct RequestEntry {
    /// Its id.
    pub request: RequestId,
    /// From when on it can't be answered, and anyone can reclaim it.
    pub deadline: Deadline,
    /// Its state.
    pub state: RequestState,
}

/// A page of requests.
#[cw_serde]
pub struct RequestsResponse {
    /// The entries.
    pub requests: Vec<RequestEntry>,
    /// `start_after` of the next page, if there is one.
    pub next: Option<RequestId>,
}

/// A page of prepaid balances.
#[cw_serde]
pub struct BalancesResponse {
    /// The entries.
    pub balances: Vec<Coin>,
    /// `start_after` of the next page, if there is one.
    pub next: Option<String>,
}
