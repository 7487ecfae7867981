//! Giving up an open slot.

use assay_protocol::messages::escrow::{SlotId, SlotState};
use cosmwasm_std::{DepsMut, Env, MessageInfo, Response};

use super::response;
use crate::deadline;
use crate::error::ContractError;
use crate::state::{load_slot, save_slot, wrong_state};
use crate::transfer::send;

/// Closes an open slot and returns its reward to the poster.
pub fn cancel(
    deps: DepsMut,
    env: &Env,
    info: MessageInfo,
    slot: SlotId,
) -> Result<Response, ContractError> {
    let (terms, state) = load_slot(deps.storage, slot)?;
    let SlotState::Open {} = state else {
        return Err(wrong_state(slot, &state, "open"));
    };
    let sender = info.sender.into_string();
    let is_poster = sender == terms.poster;
    if !is_poster && !deadline::passed(&terms.acceptance_deadline, &env.block) {
        return Err(ContractError::Unauthorised {
            slot,
            sender,
            allowed: "its poster, until the acceptance deadline".into(),
        });
    }
    save_slot(deps.storage, slot, &SlotState::Cancelled {})?;
    Ok(response("cancel", slot)
        .add_submessages(send(&terms.poster, vec![terms.reward])?)
        .add_attribute("poster", terms.poster))
}
