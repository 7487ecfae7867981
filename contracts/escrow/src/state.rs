//! Jobs, their slots, and what is owed.
//!
//! Addresses in storage are either senders or were validated when they came in.

use core::fmt;

use assay_protocol::id::JobId;
use assay_protocol::messages::escrow::{InstantiateMsg, SlotState, Terms};
use cosmwasm_std::{Empty, Order, StdResult, Storage, Uint256};
use cw_storage_plus::{Item, Map};

use crate::error::ContractError;

/// The registries, checked at instantiation, and what keys are allowed.
pub const CONFIG: Item<InstantiateMsg> = Item::new("config");

/// The last id that was given out; ids start from 1.
pub const LAST_ID: Item<u64> = Item::new("last_id");

/// The terms of jobs, fixed at posting.
pub const JOBS: Map<u64, Terms> = Map::new("job");

/// The states of slots, by job and slot.
const SLOTS: Map<(u64, u32), SlotState> = Map::new("slot");

/// The workers who held a slot and were released, by job, slot and address.
const EXCLUDED: Map<(u64, u32, &str), Empty> = Map::new("excluded");

/// Amounts that couldn't be sent, by address and denomination.
pub const CREDITS: Map<(&str, &str), Uint256> = Map::new("credit");

/// The terms of `job`.
pub fn load_terms(storage: &dyn Storage, job: JobId) -> Result<Terms, ContractError> {
    JOBS.may_load(storage, job.0)?
        .ok_or(ContractError::UnknownJob { job })
}

/// The states of the slots of `job`, from 0.
pub fn load_slots(storage: &dyn Storage, job: JobId) -> StdResult<Vec<SlotState>> {
    SLOTS
        .prefix(job.0)
        .range(storage, None, None, Order::Ascending)
        .map(|entry| entry.map(|(_, state)| state))
        .collect()
}

/// One slot of one job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SlotId {
    /// The job.
    pub job: JobId,
    /// The slot, from 0.
    pub slot: u32,
}

impl fmt::Display for SlotId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "slot {} of job {}", self.slot, self.job)
    }
}

impl SlotId {
    /// The job's terms and the slot's state.
    pub fn load(self, storage: &dyn Storage) -> Result<(Terms, SlotState), ContractError> {
        let terms = load_terms(storage, self.job)?;
        let state = SLOTS.may_load(storage, self.key())?;
        let state = state.ok_or(ContractError::UnknownSlot {
            slot: self,
            slots: terms.slots,
        })?;
        Ok((terms, state))
    }

    /// Replaces the slot's state.
    pub fn save(self, storage: &mut dyn Storage, state: &SlotState) -> StdResult<()> {
        SLOTS.save(storage, self.key(), state)
    }

    /// Keeps `worker` from accepting this slot again.
    pub fn exclude(self, storage: &mut dyn Storage, worker: &str) -> StdResult<()> {
        EXCLUDED.save(storage, (self.job.0, self.slot, worker), &Empty {})
    }

    /// Whether `worker` held this slot before.
    pub fn is_excluded(self, storage: &dyn Storage, worker: &str) -> bool {
        EXCLUDED.has(storage, (self.job.0, self.slot, worker))
    }

    /// The error for a slot that is in `state` and should be `needed`.
    pub fn wrong_state(self, state: &SlotState, needed: &'static str) -> ContractError {
        ContractError::WrongState {
            slot: self,
            state: name(state),
            needed,
        }
    }

    fn key(self) -> (u64, u32) {
        (self.job.0, self.slot)
    }
}

fn name(state: &SlotState) -> &'static str {
    match state {
        SlotState::Open {} => "open",
        SlotState::Accepted { .. } => "accepted",
        SlotState::Started { .. } => "started",
        SlotState::Paid { .. } => "paid",
        SlotState::Cancelled {} => "cancelled",
        SlotState::Refunded { .. } => "refunded",
    }
}
