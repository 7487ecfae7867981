//! Taking a dataset over.

use assay_protocol::id::DatasetId;
use cosmwasm_std::{Addr, DepsMut, Empty, Event, MessageInfo, Response};

use crate::error::ContractError;
use crate::state::{DETAILS, OWNED, load, load_details, save};

/// Makes the sender the owner of a dataset that is offered to it. Jobs keep paying the owner
/// that they were posted with.
pub fn accept_transfer(
    deps: DepsMut,
    info: MessageInfo,
    id: DatasetId,
) -> Result<Response, ContractError> {
    let mut dataset = load(deps.storage, id)?;
    let mut details = load_details(deps.storage, id)?;
    if details.offered_to.as_ref() != Some(&info.sender) {
        let owner = dataset.owner;
        return Err(ContractError::NotOffered { id, owner });
    }
    details.offered_to = None;
    DETAILS.save(deps.storage, id.0, &details)?;
    let from = Addr::unchecked(&dataset.owner);
    OWNED.remove(deps.storage, (&from, id.0));
    OWNED.save(deps.storage, (&info.sender, id.0), &Empty {})?;
    dataset.owner = info.sender.into_string();
    save(deps.storage, id, &dataset);
    let event = Event::new("assay-accept-transfer")
        .add_attribute("dataset_id", id.to_string())
        .add_attribute("owner", dataset.owner)
        .add_attribute("from", from);
    Ok(Response::new().add_event(event))
}
