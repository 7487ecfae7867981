//! Giving more time.

use assay_protocol::messages::jobs::{SlotId, SlotState};
use assay_protocol::messages::time::{Deadline, Window};
use cosmwasm_std::{DepsMut, Env, Response};

use super::event;
use crate::error::ContractError;
use crate::state::{load_slot, save_slot, wrong_state};

/// Moves the deadline that the slot's state has to the end of a window from now on, if that
/// is later in both clocks. The requester only.
pub fn extend(
    deps: DepsMut,
    env: &Env,
    sender: String,
    id: SlotId,
    window: &Window,
) -> Result<Response, ContractError> {
    let (terms, mut slot) = load_slot(deps.storage, id)?;
    if sender != terms.requester {
        return Err(ContractError::Unauthorised {
            slot: id,
            sender,
            allowed: terms.requester,
        });
    }
    let deadline = match &mut slot.state {
        SlotState::Open {} => &mut slot.acceptance_deadline,
        SlotState::Accepted {
            hand_over_deadline, ..
        } => hand_over_deadline,
        SlotState::Started {
            delivery_deadline, ..
        } => delivery_deadline,
        state => return Err(wrong_state(id, state, "open, accepted or started")),
    };
    assay_deadlines::check("extension", window)?;
    let Deadline { time, height } = assay_deadlines::after(&env.block, window)?;
    if time <= deadline.time || height <= deadline.height {
        return Err(ContractError::NotLater {
            slot: id,
            deadline: *deadline,
        });
    }
    *deadline = Deadline { time, height };
    save_slot(deps.storage, id, &slot)?;
    let event = event("extend", id)
        .add_attribute("requester", sender)
        .add_attribute("time", time.to_string())
        .add_attribute("height", height.to_string());
    Ok(Response::new().add_event(event))
}
