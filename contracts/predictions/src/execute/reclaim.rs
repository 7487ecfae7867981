//! Refund of a request that wasn't answered.

use assay_escrow::send;
use assay_protocol::id::RequestId;
use assay_protocol::messages::predictions::RequestState;
use cosmwasm_std::{DepsMut, Env, Response};

use super::event;
use crate::error::ContractError;
use crate::state::{Request, load_offer};

/// Sends the price of a request to who paid, from its deadline on. Anyone may call it.
pub fn reclaim(deps: DepsMut, env: &Env, id: RequestId) -> Result<Response, ContractError> {
    let request = Request::load_open(deps.storage, id)?;
    if !assay_deadlines::passed(&request.deadline, &env.block) {
        return Err(ContractError::TooEarly {
            request: id,
            deadline: request.deadline,
        });
    }
    let terms = load_offer(deps.storage, request.offer)?.terms;
    Request::end(deps.storage, id, RequestState::Reclaimed {})?;
    let event = event("reclaim", id, request.offer)
        .add_attribute("payer", &request.payer)
        .add_attribute("requester", request.requester)
        .add_attribute("price", terms.price.to_string());
    Ok(Response::new()
        .add_event(event)
        .add_submessages(send(vec![(&request.payer, terms.price)])?))
}
