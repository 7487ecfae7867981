//! Taking a slot.

use assay_escrow::Payment;
use assay_protocol::messages::jobs::{SlotId, SlotState};
use cosmwasm_std::{DepsMut, Env, Response};

use super::event;
use crate::error::ContractError;
use crate::state::{is_excluded, load_slot, save_slot, wrong_state};

/// Gives an open slot to the payer of the bond.
pub fn accept(
    deps: DepsMut,
    env: &Env,
    payment: Payment,
    id: SlotId,
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
    let event = event("accept", id)
        .add_attribute("worker", &worker)
        .add_attribute("bond", terms.bond.to_string());
    slot.state = SlotState::Accepted {
        worker,
        hand_over_deadline: assay_deadlines::after(&env.block, &terms.windows.hand_over)?,
    };
    save_slot(deps.storage, id, &slot)?;
    Ok(Response::new().add_event(event))
}
