//! Keeping a blob.

use assay_protocol::id::BlobId;
use cosmwasm_std::{DepsMut, Env, Event, MessageInfo, Response};

use crate::blob::{Blob, Status};
use crate::error::ContractError;
use crate::state::Keeping;
use crate::{deposit, pin};

/// Keeps the finalised blob `id` for `holder`, for the deposit of every chunk. A pin that is
/// there already stays as it is, so that nobody can prolong another's hold.
pub fn pin(
    deps: DepsMut,
    env: &Env,
    info: MessageInfo,
    id: BlobId,
    holder: Option<String>,
) -> Result<Response, ContractError> {
    let (mut blob, pins) = Blob::load_kept(deps.storage, id)?;
    let holder = match holder {
        Some(holder) => deps.api.addr_validate(&holder)?,
        None => info.sender.clone(),
    };
    if pin::load(deps.storage, id, holder.as_str()).is_some() {
        let holder = holder.into_string();
        return Err(ContractError::Pinned { blob: id, holder });
    }
    let keeping = Keeping::load(deps.storage)?;
    deposit::expect(&info, keeping.deposit.as_ref(), blob.chunks())?;
    let pins = pins.checked_add(1);
    let pins = pins.ok_or(ContractError::IdsExhausted { of: "pin" })?;
    blob.status = Status::Finalised { pins };
    blob.save(deps.storage, id)?;
    pin::save(deps.storage, id, holder.as_str(), &env.block, &keeping.hold)?;
    let event = Event::new("assay-pin")
        .add_attribute("blob_id", id.to_string())
        .add_attribute("holder", holder)
        .add_attribute("sender", info.sender)
        .add_attribute("pins", pins.to_string());
    Ok(Response::new().add_event(deposit::describe(event, &info.funds)))
}
