//! Parting before the start.

use assay_escrow::send;
use assay_protocol::messages::jobs::{SlotId, SlotState};
use cosmwasm_std::{DepsMut, Env, Response};

use super::event;
use crate::error::ContractError;
use crate::state::{exclude, load_slot, save_slot, wrong_state};

/// Opens an accepted slot again; its worker gets the bond back, and can't take this slot a
/// second time.
pub fn release(
    deps: DepsMut,
    env: &Env,
    sender: String,
    id: SlotId,
) -> Result<Response, ContractError> {
    let (terms, mut slot) = load_slot(deps.storage, id)?;
    let SlotState::Accepted {
        worker,
        hand_over_deadline,
    } = slot.state
    else {
        return Err(wrong_state(id, &slot.state, "accepted"));
    };
    let is_party = sender == terms.requester || sender == worker;
    if !is_party && !assay_deadlines::passed(&hand_over_deadline, &env.block) {
        return Err(ContractError::Unauthorised {
            slot: id,
            sender,
            allowed: "its requester or its worker, until the hand-over deadline".into(),
        });
    }
    exclude(deps.storage, id, &worker)?;
    slot.hand_over_key = None;
    slot.state = SlotState::Open {};
    save_slot(deps.storage, id, &slot)?;
    let event = event("release", id)
        .add_attribute("worker", &worker)
        .add_attribute("bond", terms.bond.to_string());
    Ok(Response::new()
        .add_event(event)
        .add_submessages(send(vec![(&worker, terms.bond)])?))
}
