//! Refund after silence.

use assay_protocol::messages::jobs::{SlotId, SlotState};
use cosmwasm_std::{DepsMut, Env, Response};

use super::{event, refund, shown};
use crate::error::ContractError;
use crate::state::{load_slot, save_slot, wrong_state};

/// Pays reward, price and bond of a started slot to the beneficiary, from the delivery
/// deadline on. Anyone may call it.
pub fn expire(deps: DepsMut, env: &Env, id: SlotId) -> Result<Response, ContractError> {
    let (terms, mut slot) = load_slot(deps.storage, id)?;
    let SlotState::Started {
        worker,
        delivery_deadline,
        ..
    } = slot.state
    else {
        return Err(wrong_state(id, &slot.state, "started"));
    };
    if !assay_deadlines::passed(&delivery_deadline, &env.block) {
        return Err(ContractError::NotExpired {
            slot: id,
            deadline: delivery_deadline,
        });
    }
    let event = event("expire", id)
        .add_attribute("worker", &worker)
        .add_attribute("refund_to", &terms.refund_to)
        .add_attribute("reward", slot.reward.to_string())
        .add_attribute("bond", terms.bond.to_string())
        .add_attribute("price", shown(terms.price.as_ref()));
    slot.hand_over_key = None;
    slot.state = SlotState::Refunded { worker };
    save_slot(deps.storage, id, &slot)?;
    let bond = Some(terms.bond.clone());
    Ok(Response::new()
        .add_event(event)
        .add_submessages(refund(&terms, slot.reward, bond)?))
}
