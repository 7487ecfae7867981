//! Ending an offer.

use assay_protocol::id::OfferId;
use cosmwasm_std::{DepsMut, Event, Response};

use crate::error::ContractError;
use crate::state::{OFFERS, load_offer};

/// Lets `offer` take no new requests; those that it has stay as they are.
pub fn close_offer(
    deps: DepsMut,
    sender: String,
    offer: OfferId,
) -> Result<Response, ContractError> {
    let mut entry = load_offer(deps.storage, offer)?;
    if entry.terms.provider != sender {
        let provider = entry.terms.provider;
        return Err(ContractError::NotProvider { offer, provider });
    }
    if entry.closed {
        return Err(ContractError::Closed { offer });
    }
    entry.closed = true;
    OFFERS.save(deps.storage, offer.0, &entry)?;
    let event = Event::new("assay-close-offer")
        .add_attribute("offer_id", offer.to_string())
        .add_attribute("provider", sender);
    Ok(Response::new().add_event(event))
}
