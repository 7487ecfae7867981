//! Taking a slot.

use assay_protocol::messages::escrow::{SlotId, SlotState};
use cosmwasm_std::{DepsMut, Env, MessageInfo, Response};

use super::response;
use crate::deadline;
use crate::error::ContractError;
use crate::state::{is_excluded, load_slot, save_slot, wrong_state};
use crate::transfer::expect_funds;

/// Gives an open slot to the sender, who deposits the bond.
pub fn accept(
    deps: DepsMut,
    env: &Env,
    info: MessageInfo,
    slot: SlotId,
) -> Result<Response, ContractError> {
    let (terms, state) = load_slot(deps.storage, slot)?;
    let SlotState::Open {} = state else {
        return Err(wrong_state(slot, &state, "open"));
    };
    if deadline::passed(&terms.acceptance_deadline, &env.block) {
        return Err(ContractError::DeadlinePassed {
            name: "acceptance",
            slot,
            deadline: terms.acceptance_deadline,
        });
    }
    expect_funds(&info, &terms.bond)?;
    let worker = info.sender.into_string();
    if let Some(allowed) = terms.worker.filter(|named| *named != worker) {
        return Err(ContractError::Unauthorised {
            slot,
            sender: worker,
            allowed,
        });
    }
    if is_excluded(deps.storage, slot, &worker) {
        return Err(ContractError::Excluded { slot, worker });
    }
    let accepted = SlotState::Accepted {
        worker: worker.clone(),
        hand_over_deadline: deadline::after(&env.block, &terms.windows.hand_over)?,
    };
    save_slot(deps.storage, slot, &accepted)?;
    Ok(response("accept", slot).add_attribute("worker", worker))
}
