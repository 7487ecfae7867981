//! Refund of a request that wasn't answered.

use assay_protocol::id::RequestId;
use assay_protocol::messages::escrow::RequestState;
use cosmwasm_std::{DepsMut, Env, Response};

use super::request_response;
use crate::deadline;
use crate::error::ContractError;
use crate::state::{Request, load_offer};
use crate::transfer::send;

/// Sends the price of a request to who asked, from its deadline on. Anyone may call it.
pub fn reclaim(deps: DepsMut, env: &Env, id: RequestId) -> Result<Response, ContractError> {
    let request = Request::load_open(deps.storage, id)?;
    if !deadline::passed(&request.deadline, &env.block) {
        return Err(ContractError::TooEarly {
            request: id,
            deadline: request.deadline,
        });
    }
    let terms = load_offer(deps.storage, request.offer)?.terms;
    Request::end(deps.storage, id, RequestState::Reclaimed {})?;
    Ok(request_response("reclaim", id, request.offer)
        .add_submessages(send(&request.requester, vec![terms.price])?)
        .add_attribute("requester", request.requester))
}
