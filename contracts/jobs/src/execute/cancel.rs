//! Giving up an open slot.

use assay_protocol::messages::jobs::{SlotId, SlotState};
use cosmwasm_std::{DepsMut, Env, Response};

use super::{event, refund, shown};
use crate::error::ContractError;
use crate::state::{load_slot, save_slot, wrong_state};

/// Closes an open slot and pays its reward and price to the beneficiary.
pub fn cancel(
    deps: DepsMut,
    env: &Env,
    sender: String,
    id: SlotId,
) -> Result<Response, ContractError> {
    let (terms, mut slot) = load_slot(deps.storage, id)?;
    let SlotState::Open {} = slot.state else {
        return Err(wrong_state(id, &slot.state, "open"));
    };
    let is_requester = sender == terms.requester;
    if !is_requester && !assay_deadlines::passed(&slot.acceptance_deadline, &env.block) {
        return Err(ContractError::Unauthorised {
            slot: id,
            sender,
            allowed: "its requester, until the acceptance deadline".into(),
        });
    }
    slot.state = SlotState::Cancelled {};
    save_slot(deps.storage, id, &slot)?;
    let event = event("cancel", id)
        .add_attribute("refund_to", &terms.refund_to)
        .add_attribute("reward", slot.reward.to_string())
        .add_attribute("price", shown(terms.price.as_ref()));
    Ok(Response::new()
        .add_event(event)
        .add_submessages(refund(&terms, slot.reward, None)?))
}
