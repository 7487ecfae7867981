//! What the data is to be encrypted to.

use assay_protocol::messages::jobs::{MAX_HAND_OVER_KEY_BYTES, SlotId, SlotState};
use cosmwasm_std::{DepsMut, Response};

use super::event;
use crate::error::ContractError;
use crate::state::{load_slot, save_slot, wrong_state};

/// Keeps the worker's key with the slot, for whoever hands the data over.
pub fn publish_key(
    deps: DepsMut,
    sender: String,
    id: SlotId,
    key: String,
) -> Result<Response, ContractError> {
    let (_, mut slot) = load_slot(deps.storage, id)?;
    let (SlotState::Accepted { worker, .. } | SlotState::Started { worker, .. }) = &slot.state
    else {
        return Err(wrong_state(id, &slot.state, "accepted or started"));
    };
    if sender != *worker {
        return Err(ContractError::Unauthorised {
            slot: id,
            sender,
            allowed: worker.clone(),
        });
    }
    // A key is shown and copied: it is short, and can't pass for anything else.
    let len = key.len();
    let is_visible = key.bytes().all(|byte| byte.is_ascii_graphic());
    if !is_visible || !(1..=MAX_HAND_OVER_KEY_BYTES).contains(&len) {
        return Err(ContractError::HandOverKey { len });
    }
    let event = event("publish-key", id)
        .add_attribute("worker", worker)
        .add_attribute("key", &key);
    slot.hand_over_key = Some(key);
    save_slot(deps.storage, id, &slot)?;
    Ok(Response::new().add_event(event))
}
