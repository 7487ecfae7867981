//! Starting to train.

use assay_protocol::messages::escrow::{SlotId, SlotState};
use cosmwasm_std::{DepsMut, Env, MessageInfo, Response};

use super::response;
use crate::deadline;
use crate::error::ContractError;
use crate::state::{load_slot, save_slot, wrong_state};

/// The worker holds matching data: from here on only its silence costs the bond.
pub fn start(
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
    if sender != worker {
        return Err(ContractError::Unauthorised {
            slot,
            sender,
            allowed: worker,
        });
    }
    if deadline::passed(&hand_over_deadline, &env.block) {
        return Err(ContractError::DeadlinePassed {
            name: "hand-over",
            slot,
            deadline: hand_over_deadline,
        });
    }
    let started = SlotState::Started {
        worker: worker.clone(),
        delivery_deadline: deadline::after(&env.block, &terms.windows.delivery)?,
    };
    save_slot(deps.storage, slot, &started)?;
    Ok(response("start", slot).add_attribute("worker", worker))
}
