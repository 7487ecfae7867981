//! Changing a dataset's terms.

use assay_protocol::id::DatasetId;
use cosmwasm_std::{DepsMut, Event, MessageInfo, Response};

use crate::error::ContractError;
use crate::state::{DETAILS, load_details, load_own, save};
use crate::terms::Terms;

/// Changes the terms of the sender's dataset. Jobs keep the terms that they were posted with.
pub fn set_terms(
    deps: DepsMut,
    info: MessageInfo,
    id: DatasetId,
    terms: Terms,
) -> Result<Response, ContractError> {
    let mut dataset = load_own(deps.storage, id, &info.sender)?;
    terms.check(deps.api)?;
    let event = Event::new("assay-set-terms")
        .add_attribute("dataset_id", id.to_string())
        .add_attribute("owner", info.sender);
    let event = terms.describe(event);
    let mut details = load_details(deps.storage, id)?;
    details.license = terms.license;
    dataset.price = terms.price;
    dataset.royalty_bps = terms.royalty_bps;
    DETAILS.save(deps.storage, id.0, &details)?;
    save(deps.storage, id, &dataset);
    Ok(Response::new().add_event(event))
}
