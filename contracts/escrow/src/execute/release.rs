//! Parting before the start.

use assay_protocol::messages::escrow::SlotState;
use cosmwasm_std::{DepsMut, Env, MessageInfo, Response};

use super::response;
use crate::deadline;
use crate::error::ContractError;
use crate::state::SlotId;
use crate::transfer::send;

/// Opens an accepted slot again; its worker gets the bond back and can't take
/// this slot a second time.
pub fn release(
    deps: DepsMut,
    env: &Env,
    info: MessageInfo,
    slot: SlotId,
) -> Result<Response, ContractError> {
    let (terms, state) = slot.load(deps.storage)?;
    let SlotState::Accepted {
        worker,
        hand_over_deadline,
    } = state
    else {
        return Err(slot.wrong_state(&state, "accepted"));
    };
    let sender = info.sender.into_string();
    let is_party = sender == terms.poster || sender == worker;
    if !is_party && !deadline::passed(&hand_over_deadline, &env.block) {
        return Err(ContractError::Unauthorised {
            slot,
            sender,
            allowed: "its poster or its worker, until the hand-over deadline".into(),
        });
    }
    slot.exclude(deps.storage, &worker)?;
    slot.save(deps.storage, &SlotState::Open {})?;
    Ok(response("release", slot)
        .add_submessages(send(&worker, [terms.bond])?)
        .add_attribute("worker", worker))
}
