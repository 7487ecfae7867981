//! Taking a slot.

use assay_escrow::{Payment, named};
use assay_protocol::messages::jobs::{MAX_HAND_OVER_KEY_BYTES, SlotId, SlotState};
use cosmwasm_std::{DepsMut, Env, Response};

use super::event;
use crate::error::ContractError;
use crate::state::{is_excluded, load_slot, save_slot, wrong_state};

/// Gives an open slot to the payer of the bond, and its reward to whom that names.
pub fn accept(
    deps: DepsMut,
    env: &Env,
    payment: Payment,
    id: SlotId,
    payee: Option<String>,
    hand_over_key: Option<String>,
) -> Result<Response, ContractError> {
    let (terms, mut slot) = load_slot(deps.storage, id)?;
    let SlotState::Open {} = slot.state else {
        return Err(wrong_state(id, &slot.state, "open"));
    };
    if assay_deadlines::passed(&slot.acceptance_deadline, &env.block) {
        return Err(ContractError::DeadlinePassed {
            name: "acceptance",
            slot: id,
            deadline: slot.acceptance_deadline,
        });
    }
    payment.expect(core::slice::from_ref(&terms.bond))?;
    let worker = payment.payer;
    if let Some(allowed) = terms.worker.filter(|named| *named != worker) {
        return Err(ContractError::Unauthorised {
            slot: id,
            sender: worker,
            allowed,
        });
    }
    if is_excluded(deps.storage, id, &worker) {
        return Err(ContractError::Excluded { slot: id, worker });
    }
    check_key(hand_over_key.as_deref())?;
    let payee = named(deps.api, env, payee, &worker)?;
    let event = event("accept", id)
        .add_attribute("worker", &worker)
        .add_attribute("payee", &payee)
        .add_attribute("bond", terms.bond.to_string());
    slot.hand_over_key = hand_over_key;
    slot.state = SlotState::Accepted {
        worker,
        payee,
        hand_over_deadline: assay_deadlines::after(&env.block, &terms.windows.hand_over)?,
    };
    save_slot(deps.storage, id, &slot)?;
    Ok(Response::new().add_event(event))
}

/// A key is shown and copied: it is short, and can't pass for anything else.
fn check_key(key: Option<&str>) -> Result<(), ContractError> {
    let len = key.map_or(1, str::len);
    let is_visible = key.is_none_or(|key| key.bytes().all(|byte| byte.is_ascii_graphic()));
    match is_visible && (1..=MAX_HAND_OVER_KEY_BYTES).contains(&len) {
        true => Ok(()),
        false => Err(ContractError::HandOverKey { len }),
    }
}
