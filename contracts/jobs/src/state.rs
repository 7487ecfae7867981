//! Jobs and their slots.

use assay_protocol::id::JobId;
use assay_protocol::messages::escrow::{SlotId, SlotState, Terms};
use cosmwasm_std::{Empty, StdResult, Storage};
use cw_storage_plus::Map;

use super::Rows;
use crate::error::ContractError;

/// The terms of jobs, fixed at posting.
pub const JOBS: Rows<u64, Terms> = Rows::new("job");

/// The states of slots, by job and slot.
const SLOTS: Rows<(u64, u32), SlotState> = Rows::new("slot");

/// The workers who held a slot and were released, by job, slot and address.
const EXCLUDED: Map<(u64, u32, &str), Empty> = Map::new("excluded");

/// The terms of `job`.
pub fn load_terms(storage: &dyn Storage, job: JobId) -> Result<Terms, ContractError> {
    JOBS.may_load(storage, job.0)?
        .ok_or(ContractError::UnknownJob { job })
}

/// The states of the slots of `job`, of which there are so many, from 0.
pub fn load_slots(
    storage: &dyn Storage,
    job: JobId,
    slots: u32,
) -> Result<Vec<SlotState>, ContractError> {
    let states = (0..slots).map(|slot| load_state(storage, SlotId { job, slot }, slots));
    states.collect()
}

/// The terms of a slot's job and the slot's state.
pub fn load_slot(storage: &dyn Storage, slot: SlotId) -> Result<(Terms, SlotState), ContractError> {
    let terms = load_terms(storage, slot.job)?;
    let state = load_state(storage, slot, terms.slots)?;
    Ok((terms, state))
}

fn load_state(storage: &dyn Storage, slot: SlotId, slots: u32) -> Result<SlotState, ContractError> {
    let state = SLOTS.may_load(storage, (slot.job.0, slot.slot))?;
    state.ok_or(ContractError::UnknownSlot { slot, slots })
}

/// Replaces a slot's state.
pub fn save_slot(storage: &mut dyn Storage, slot: SlotId, state: &SlotState) -> StdResult<()> {
    SLOTS.save(storage, (slot.job.0, slot.slot), state)
}

/// Keeps `worker` from accepting a slot again.
pub fn exclude(storage: &mut dyn Storage, slot: SlotId, worker: &str) -> StdResult<()> {
    EXCLUDED.save(storage, (slot.job.0, slot.slot, worker), &Empty {})
}

/// Whether `worker` held a slot before.
pub fn is_excluded(storage: &dyn Storage, slot: SlotId, worker: &str) -> bool {
    EXCLUDED.has(storage, (slot.job.0, slot.slot, worker))
}

/// The error for a slot that is in `state` and should be `needed`.
pub fn wrong_state(slot: SlotId, state: &SlotState, needed: &'static str) -> ContractError {
    let state = match state {
        SlotState::Open {} => "open",
        SlotState::Accepted { .. } => "accepted",
        SlotState::Started { .. } => "started",
        SlotState::Paid { .. } => "paid",
        SlotState::Cancelled {} => "cancelled",
        SlotState::Refunded { .. } => "refunded",
    };
    ContractError::WrongState {
        slot,
        state,
        needed,
    }
}
