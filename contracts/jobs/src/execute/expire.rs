//! Refund after silence.

use assay_protocol::messages::escrow::{SlotId, SlotState};
use cosmwasm_std::{DepsMut, Env, Response};

use super::response;
use crate::deadline;
use crate::error::ContractError;
use crate::state::{load_slot, save_slot, wrong_state};
use crate::transfer::send;

/// Sends reward and bond of a started slot to the poster, from the delivery
/// deadline on. Anyone may call it.
pub fn expire(deps: DepsMut, env: &Env, slot: SlotId) -> Result<Response, ContractError> {
    let (terms, state) = load_slot(deps.storage, slot)?;
    let SlotState::Started {
        worker,
        delivery_deadline,
    } = state
    else {
        return Err(wrong_state(slot, &state, "started"));
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
    save_slot(deps.storage, slot, &refunded)?;
    Ok(response("expire", slot)
        .add_submessages(send(&terms.poster, vec![terms.reward, terms.bond])?)
        .add_attribute("poster", terms.poster)
        .add_attribute("worker", worker))
}
