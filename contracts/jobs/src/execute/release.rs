//! Parting before the start.

use assay_protocol::messages::escrow::{SlotId, SlotState};
use cosmwasm_std::{DepsMut, Env, MessageInfo, Response};

use super::response;
use crate::deadline;
use crate::error::ContractError;
use crate::state::{exclude, load_slot, save_slot, wrong_state};
use crate::transfer::send;

/// Opens an accepted slot again; its worker gets the bond back and can't take
/// this slot a second time.
pub fn release(
    deps: DepsMut,
    env: &Env,
    info: MessageInfo,
    slot: SlotId,
) -> Result<Response, ContractError> {
    let (terms, state) = load_slot(deps.storage, slot)?;
    let SlotState::Accepted {
        worker,
        hand_over_deadline,
    } = state
    else {
        return Err(wrong_state(slot, &state, "accepted"));
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
    exclude(deps.storage, slot, &worker)?;
    save_slot(deps.storage, slot, &SlotState::Open {})?;
    Ok(response("release", slot)
        .add_submessages(send(&worker, vec![terms.bond])?)
        .add_attribute("worker", worker))
}
