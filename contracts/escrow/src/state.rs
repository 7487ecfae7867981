//! Jobs, offers, requests, and what is owed.
//!
//! Addresses in storage are either senders or were validated when they came in.

mod job;
mod ledger;
mod offer;
mod request;
mod rows;

pub use job::{
    JOBS, exclude, is_excluded, load_slot, load_slots, load_terms, save_slot, wrong_state,
};
pub use ledger::{BALANCES, CREDITS};
pub use offer::{OFFERS, load_offer, load_schema, save_schema};
pub use request::{Request, load_input, load_output, requests_of, save_input, save_output};
use rows::{Rows, decode, encode};

use core::ops::RangeInclusive;

use assay_protocol::messages::escrow::InstantiateMsg;
use cosmwasm_std::{StdResult, Storage};
use cw_storage_plus::Item;

use crate::error::ContractError;

/// The key of what was fixed at instantiation.
const CONFIG: &[u8] = b"config";

/// What was fixed at instantiation.
pub fn load_config(storage: &dyn Storage) -> StdResult<InstantiateMsg> {
    decode(&storage.get(CONFIG).unwrap_or_default())
}

/// Fixes what the escrow reads and allows.
pub fn save_config(storage: &mut dyn Storage, config: &InstantiateMsg) -> StdResult<()> {
    storage.set(CONFIG, &encode(config)?);
    Ok(())
}

/// Ids of one kind, given out in order from 1.
pub struct Ids {
    last: Item<u64>,
    of: &'static str,
}

/// The ids of jobs.
pub const JOB_IDS: Ids = Ids::new("last_job", "job");

/// The ids of offers.
pub const OFFER_IDS: Ids = Ids::new("last_offer", "offer");

/// The ids of requests.
pub const REQUEST_IDS: Ids = Ids::new("last_request", "request");

impl Ids {
    const fn new(key: &'static str, of: &'static str) -> Self {
        let last = Item::new(key);
        Self { last, of }
    }

    /// The ids that were given out after this one, or all of them.
    pub fn after(&self, storage: &dyn Storage, id: Option<u64>) -> StdResult<RangeInclusive<u64>> {
        let first = id.unwrap_or(0).saturating_add(1);
        Ok(first..=self.last.may_load(storage)?.unwrap_or(0))
    }

    /// The next id.
    pub fn next(&self, storage: &mut dyn Storage) -> Result<u64, ContractError> {
        let last = self.last.may_load(storage)?.unwrap_or(0);
        let id = last.checked_add(1);
        let id = id.ok_or(ContractError::IdsExhausted { of: self.of })?;
        self.last.save(storage, &id)?;
        Ok(id)
    }
}
