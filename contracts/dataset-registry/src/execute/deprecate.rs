//! Ending new jobs on a dataset.

use assay_protocol::id::DatasetId;
use cosmwasm_std::{DepsMut, Event, MessageInfo, Response};

use crate::error::ContractError;
use crate::state::{DETAILS, load, load_details, load_own, save};

/// Deprecates the sender's dataset, for ever. A successor isn't deprecated when it is named,
/// and what names it is: so successors never lead round in a circle.
pub fn deprecate(
    deps: DepsMut,
    info: MessageInfo,
    id: DatasetId,
    successor: Option<DatasetId>,
) -> Result<Response, ContractError> {
    let mut dataset = load_own(deps.storage, id, &info.sender)?;
    if dataset.deprecated {
        return Err(ContractError::Deprecated { id });
    }
    if let Some(next) = successor
        && (next == id || load(deps.storage, next)?.deprecated)
    {
        return Err(ContractError::Successor { id: next });
    }
    dataset.deprecated = true;
    save(deps.storage, id, &dataset);
    let mut details = load_details(deps.storage, id)?;
    details.offered_to = None;
    details.successor = successor;
    DETAILS.save(deps.storage, id.0, &details)?;
    let event = Event::new("assay-deprecate").add_attribute("dataset_id", id.to_string());
    let event = match successor {
        Some(successor) => event.add_attribute("successor_id", successor.to_string()),
        None => event,
    };
    Ok(Response::new().add_event(event.add_attribute("owner", info.sender)))
}
