//! Adding to a reward.

use assay_escrow::Payment;
use assay_protocol::messages::jobs::{SlotId, SlotState};
use cosmwasm_std::{DepsMut, Response};

use super::event;
use crate::error::ContractError;
use crate::state::{load_slot, save_slot, wrong_state};

/// Adds the funds to the reward of a slot that hasn't ended. Anyone may; it is the
/// beneficiary's, not theirs, if nobody delivers.
pub fn top_up(deps: DepsMut, payment: &Payment, id: SlotId) -> Result<Response, ContractError> {
    let (_, mut slot) = load_slot(deps.storage, id)?;
    match slot.state {
        SlotState::Open {} | SlotState::Accepted { .. } | SlotState::Started { .. } => {}
        _ => return Err(wrong_state(id, &slot.state, "open, accepted or started")),
    }
    let added = payment.single(&slot.reward.denom)?;
    let sum = slot.reward.amount.checked_add(added.amount);
    slot.reward.amount = sum.map_err(|_| ContractError::RewardOverflow {
        slots: 1,
        reward: added.clone(),
    })?;
    save_slot(deps.storage, id, &slot)?;
    let event = event("top-up", id)
        .add_attribute("payer", &payment.payer)
        .add_attribute("amount", added.to_string())
        .add_attribute("reward", slot.reward.to_string());
    Ok(Response::new().add_event(event))
}
