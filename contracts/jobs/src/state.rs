//! Jobs and their slots.
//!
//! Addresses in storage are either senders or were validated when they came in.

use assay_escrow::Ids;
use assay_protocol::id::JobId;
use assay_protocol::messages::jobs::{Slot, SlotId, SlotState, Terms};
use assay_rows::Rows;
use cosmwasm_std::{Empty, StdResult, Storage};
use cw_storage_plus::Map;

use crate::error::ContractError;

/// The ids of jobs.
pub const JOB_IDS: Ids = Ids::new("last_job", "job");

/// The terms of jobs, fixed at posting.
pub const JOBS: Rows<u64, Terms> = Rows::new("job");

/// Slots, by job and number.
const SLOTS: Rows<(u64, u32), Slot> = Rows::new("slot");

/// The workers who held a slot and were released, by job, slot and address.
const EXCLUDED: Map<(u64, u32, &str), Empty> = Map::new("excluded");

/// The terms of `job`.
pub fn load_terms(storage: &dyn Storage, job: JobId) -> Result<Terms, ContractError> {
    JOBS.may_load(storage, job.0)?
        .ok_or(ContractError::UnknownJob { job })
}

/// The slots of `job`, of which there are so many, from 0.
pub fn load_slots(
    storage: &dyn Storage,
    job: JobId,
    slots: u32,
) -> Result<Vec<Slot>, ContractError> {
    let slots = (0..slots).map(|slot| load(storage, SlotId { job, slot }, slots));
    slots.collect()
}

/// The terms of a slot's job, and the slot.
pub fn load_slot(storage: &dyn Storage, id: SlotId) -> Result<(Terms, Slot), ContractError> {
    let terms = load_terms(storage, id.job)?;
    let slot = load(storage, id, terms.slots)?;
    Ok((terms, slot))
}

fn load(storage: &dyn Storage, id: SlotId, slots: u32) -> Result<Slot, ContractError> {
    let slot = SLOTS.may_load(storage, (id.job.0, id.slot))?;
    slot.ok_or(ContractError::UnknownSlot { slot: id, slots })
}

/// Replaces a slot.
pub fn save_slot(storage: &mut dyn Storage, id: SlotId, slot: &Slot) -> StdResult<()> {
    SLOTS.save(storage, (id.job.0, id.slot), slot)
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
