//! Offering a dataset to another owner.

use assay_protocol::id::DatasetId;
use cosmwasm_std::{DepsMut, Event, MessageInfo, Response};

use crate::error::ContractError;
use crate::state::{DETAILS, load_details, load_own};

/// Offers the sender's dataset to `to`, and to nobody else from here on.
pub fn offer_transfer(
    deps: DepsMut,
    info: MessageInfo,
    id: DatasetId,
    to: Option<String>,
) -> Result<Response, ContractError> {
    load_own(deps.storage, id, &info.sender)?;
    let to = to.map(|to| deps.api.addr_validate(&to)).transpose()?;
    let mut details = load_details(deps.storage, id)?;
    details.offered_to = to.clone();
    DETAILS.save(deps.storage, id.0, &details)?;
    let event = Event::new("assay-offer-transfer")
        .add_attribute("dataset_id", id.to_string())
        .add_attribute("owner", info.sender);
    let event = match to {
        Some(to) => event.add_attribute("to", to),
        None => event,
    };
    Ok(Response::new().add_event(event))
}
