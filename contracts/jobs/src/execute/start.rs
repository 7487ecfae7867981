//! Starting to train.

use assay_escrow::named;
use assay_protocol::messages::jobs::{SlotId, SlotState};
use cosmwasm_std::{DepsMut, Env, Response};

use super::event;
use crate::error::ContractError;
use crate::state::{load_slot, save_slot, wrong_state};

/// The worker holds matching data: from here on only its silence costs the bond. It names who
/// is paid.
pub fn start(
    deps: DepsMut,
    env: &Env,
    sender: String,
    id: SlotId,
    payee: Option<String>,
) -> Result<Response, ContractError> {
    let (terms, mut slot) = load_slot(deps.storage, id)?;
    let SlotState::Accepted {
        worker,
        hand_over_deadline,
    } = slot.state
    else {
        return Err(wrong_state(id, &slot.state, "accepted"));
    };
    if sender != worker {
        return Err(ContractError::Unauthorised {
            slot: id,
            sender,
            allowed: worker,
        });
    }
    if assay_deadlines::passed(&hand_over_deadline, &env.block) {
        return Err(ContractError::DeadlinePassed {
            name: "hand-over",
            slot: id,
            deadline: hand_over_deadline,
        });
    }
    let payee = named(deps.api, env, payee, &worker)?;
    let event = event("start", id)
        .add_attribute("worker", &worker)
        .add_attribute("payee", &payee);
    slot.state = SlotState::Started {
        worker,
        payee,
        delivery_deadline: assay_deadlines::after(&env.block, &terms.windows.delivery)?,
    };
    save_slot(deps.storage, id, &slot)?;
    Ok(Response::new().add_event(event))
}
