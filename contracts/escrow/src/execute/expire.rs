//! Refund after silence.

use assay_protocol::messages::escrow::SlotState;
use cosmwasm_std::{DepsMut, Env, Response};

use super::response;
use crate::deadline;
use crate::error::ContractError;
use crate::state::SlotId;
use crate::transfer::send;

/// Sends reward and bond of a started slot to the poster, from the delivery
/// deadline on. Anyone may call it.
pub fn expire(deps: DepsMut, env: &Env, slot: SlotId) -> Result<Response, ContractError> {
    let (terms, state) = slot.load(deps.storage)?;
    let SlotState::Started {
        worker,
        delivery_deadline,
    } = state
    else {
        return Err(slot.wrong_state(&state, "started"));
    };
    if !deadline::passed(&delivery_deadline, &env.block) {
        return Err(ContractError::NotExpired {
            slot,
            deadline: delivery_deadline,
        });
    }
    let refunded = SlotState::Refunded {
        worker: worker.clone(),
    };
    slot.save(deps.storage, &refunded)?;
    Ok(response("expire", slot)
        .add_submessages(send(&terms.poster, [terms.reward, terms.bond])?)
        .add_attribute("poster", terms.poster)
        .add_attribute("worker", worker))
}
