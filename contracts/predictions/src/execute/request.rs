//! Asking for a prediction.

use assay_protocol::id::{OfferId, RequestId};
use assay_protocol::messages::escrow::OfferEntry;
use assay_protocol::prediction::input_digest;
use cosmwasm_std::{Coin, DepsMut, Env, MessageInfo, Response, Storage};

use super::request_response;
use crate::deadline;
use crate::error::ContractError;
use crate::state::{BALANCES, REQUEST_IDS, Request, load_offer, save_input};
use crate::transfer::expect_funds;

/// Takes the price, from the funds or from the sender's prepaid balance, and keeps the
/// input where the provider finds it.
pub fn request(
    deps: DepsMut,
    env: &Env,
    info: MessageInfo,
    offer: OfferId,
    input: &[u8],
    prepaid: bool,
) -> Result<Response, ContractError> {
    let OfferEntry { terms, closed, .. } = load_offer(deps.storage, offer)?;
    if closed {
        return Err(ContractError::Closed { offer });
    }
    if input.len() != terms.input_bytes as usize {
        return Err(ContractError::InputLength {
            offer,
            len: input.len(),
            expected: terms.input_bytes,
        });
    }
    if prepaid {
        take_prepaid(deps.storage, &info, &terms.price)?;
    } else {
        expect_funds(&info, &terms.price)?;
    }
    let request = Request {
        offer,
        requester: info.sender.into_string(),
        input: input_digest(input),
        deadline: deadline::after(&env.block, &terms.window)?,
    };
    let id = RequestId(REQUEST_IDS.next(deps.storage)?);
    request.save(deps.storage, id)?;
    save_input(deps.storage, id, input);
    Ok(request_response("request", id, offer)
        .add_attribute("requester", request.requester)
        .add_attribute("price", terms.price.to_string()))
}

/// Takes the price from the sender's balance; funds as well would be paid twice.
fn take_prepaid(
    storage: &mut dyn Storage,
    info: &MessageInfo,
    price: &Coin,
) -> Result<(), ContractError> {
    let nothing = Coin::new(0u128, &price.denom);
    expect_funds(info, &nothing)?;
    BALANCES.take(storage, info.sender.as_str(), price)
}
