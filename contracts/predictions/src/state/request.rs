//! Requests, their inputs and their outputs.

use assay_protocol::id::{InputDigest, OfferId, RequestId};
use assay_protocol::messages::predictions::{RequestState, input_key, output_key};
use assay_protocol::messages::time::Deadline;
use assay_rows::Rows;
use cosmwasm_std::{Empty, Order, StdResult, Storage};
use cw_storage_plus::{Bound, Map};
use serde::{Deserialize, Serialize};

use crate::error::ContractError;

/// Requests, by id; they never change.
const REQUESTS: Rows<u64, Request> = Rows::new("request");

/// The states of requests that have ended. A request without is open.
const ENDS: Rows<u64, RequestState> = Rows::new("end");

/// The requests of each offer.
const OF_OFFER: Map<(u64, u64), Empty> = Map::new("of_offer");

/// What was asked. Everything else is in its offer.
#[derive(Serialize, Deserialize)]
pub struct Request {
    /// The offer.
    pub offer: OfferId,
    /// Who paid, and is refunded.
    pub payer: String,
    /// Who asked.
    pub requester: String,
    /// The digest of the input.
    pub input: InputDigest,
    /// From when on it can't be answered, and anyone can reclaim it.
    pub deadline: Deadline,
}

impl Request {
    /// The request `id` and its state.
    pub fn load(
        storage: &dyn Storage,
        request: RequestId,
    ) -> Result<(Self, RequestState), ContractError> {
        let found = REQUESTS.may_load(storage, request.0)?;
        let found = found.ok_or(ContractError::UnknownRequest { request })?;
        let end = ENDS.may_load(storage, request.0)?;
        Ok((found, end.unwrap_or(RequestState::Open {})))
    }

    /// The request `id`, which hasn't ended.
    pub fn load_open(storage: &dyn Storage, request: RequestId) -> Result<Self, ContractError> {
        let state = match Self::load(storage, request)? {
            (found, RequestState::Open {}) => return Ok(found),
            (_, RequestState::Answered {}) => "answered",
            (_, RequestState::Reclaimed {}) => "reclaimed",
        };
        Err(ContractError::Ended { request, state })
    }

    /// Stores an open request.
    pub fn save(&self, storage: &mut dyn Storage, id: RequestId) -> StdResult<()> {
        REQUESTS.save(storage, id.0, self)?;
        OF_OFFER.save(storage, (self.offer.0, id.0), &Empty {})
    }

    /// Ends a request for ever.
    pub fn end(storage: &mut dyn Storage, id: RequestId, state: RequestState) -> StdResult<()> {
        ENDS.save(storage, id.0, &state)
    }
}

/// The ids of an offer's requests.
pub fn requests_of(
    storage: &dyn Storage,
    offer: OfferId,
    start_after: Option<RequestId>,
) -> impl Iterator<Item = StdResult<RequestId>> + '_ {
    let start = start_after.map(|last| Bound::exclusive(last.0));
    OF_OFFER
        .prefix(offer.0)
        .keys(storage, start, None, Order::Ascending)
        .map(|id| id.map(RequestId))
}

/// Stores an input as raw bytes.
pub fn save_input(storage: &mut dyn Storage, request: RequestId, bytes: &[u8]) {
    storage.set(&input_key(request), bytes);
}

/// The input of a request, if there is such a request.
pub fn load_input(storage: &dyn Storage, request: RequestId) -> Option<Vec<u8>> {
    storage.get(&input_key(request))
}

/// Stores an output as raw bytes.
pub fn save_output(storage: &mut dyn Storage, request: RequestId, bytes: &[u8]) {
    storage.set(&output_key(request), bytes);
}

/// The output of a request, if it is answered.
pub fn load_output(storage: &dyn Storage, request: RequestId) -> Option<Vec<u8>> {
    storage.get(&output_key(request))
}
