//! Ending an offer.

use assay_protocol::id::OfferId;
use cosmwasm_std::{DepsMut, MessageInfo, Response};

use crate::error::ContractError;
use crate::state::{OFFERS, load_offer};

/// Lets `offer` take no new requests; those that it has stay as they are.
pub fn close_offer(
    deps: DepsMut,
    info: MessageInfo,
    offer: OfferId,
) -> Result<Response, ContractError> {
    let mut entry = load_offer(deps.storage, offer)?;
    if entry.terms.provider != info.sender.as_str() {
        let provider = entry.terms.provider;
        return Err(ContractError::NotProvider { offer, provider });
    }
    if entry.closed {
        return Err(ContractError::Closed { offer });
    }
    entry.closed = true;
    OFFERS.save(deps.storage, offer.0, &entry)?;
    Ok(Response::new()
        .add_attribute("action", "close_offer")
        .add_attribute("offer_id", offer.to_string())
        .add_attribute("provider", entry.terms.provider))
}
