//! Deleting a dead blob.

use assay_protocol::id::BlobId;
use cosmwasm_std::{DepsMut, Event, MessageInfo, Response};

use crate::blob::{Blob, Status};
use crate::deposit;
use crate::error::ContractError;
use crate::state::Keeping;

/// Deletes some chunks of the dead blob `id`, and what is left of it with the last of them.
/// Anyone may, and is paid the deposit of the chunks that they delete. Repeated until `done`.
pub fn sweep(deps: DepsMut, info: MessageInfo, id: BlobId) -> Result<Response, ContractError> {
    let mut blob = Blob::load(deps.storage, id)?;
    if blob.status != Status::Dead {
        return Err(ContractError::NotDead { blob: id });
    }
    let before = blob.deposited();
    let deleted = blob.delete(deps.storage, id)?;
    let freed = before.saturating_sub(blob.deposited());
    let event = Event::new("assay-sweep")
        .add_attribute("blob_id", id.to_string())
        .add_attribute("sender", &info.sender)
        .add_attribute("removed", deleted.chunks.to_string())
        .add_attribute("done", deleted.done.to_string());
    let keeping = Keeping::load(deps.storage)?;
    deposit::pay(event, info.sender, keeping.deposit.as_ref(), freed)
}
