//! Asking for a prediction.

use assay_escrow::Payment;
use assay_protocol::id::{OfferId, RequestId};
use assay_protocol::messages::predictions::OfferEntry;
use assay_protocol::prediction::input_digest;
use cosmwasm_std::{DepsMut, Env, Response};

use super::event;
use crate::error::ContractError;
use crate::state::{BALANCES, REQUEST_IDS, Request, load_offer, save_input};

/// Takes the price, from the funds or from the payer's prepaid balance, and keeps the
/// input where the provider finds it.
pub fn request(
    deps: DepsMut,
    env: &Env,
    payment: Payment,
    offer: OfferId,
    input: &[u8],
    prepaid: bool,
    requester: Option<String>,
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
        // Funds as well would be paid twice. Nor can a token, which always brings some, spend
        // the balance of whom it names.
        payment.expect(&[])?;
        BALANCES.take(deps.storage, &payment.payer, &terms.price)?;
    } else {
        payment.expect(core::slice::from_ref(&terms.price))?;
    }
    let requester = requester.map(|requester| deps.api.addr_validate(&requester));
    let request = Request {
        offer,
        requester: requester
            .transpose()?
            .map_or(payment.payer.clone(), Into::into),
        payer: payment.payer,
        input: input_digest(input),
        deadline: assay_deadlines::after(&env.block, &terms.window)?,
    };
    let id = RequestId(REQUEST_IDS.next(deps.storage)?);
    request.save(deps.storage, id)?;
    save_input(deps.storage, id, input);
    let event = event("request", id, offer)
        .add_attribute("provider", terms.provider)
        .add_attribute("payer", request.payer)
        .add_attribute("requester", request.requester)
        .add_attribute("price", terms.price.to_string());
    Ok(Response::new().add_event(event))
}
