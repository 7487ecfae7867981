//! Deleting an upload.

use assay_protocol::id::BlobId;
use cosmwasm_std::{DepsMut, Env, Event, MessageInfo, Response};

use crate::blob::{Blob, Status};
use crate::deposit;
use crate::error::ContractError;
use crate::state::Keeping;

/// Deletes some chunks of the upload `id`, and the upload itself with the last of them: its
/// uploader, or anyone from its deadline on. Repeated until `done`, so that no upload is too
/// large for one transaction to delete.
pub fn abort(
    deps: DepsMut,
    env: &Env,
    info: MessageInfo,
    id: BlobId,
) -> Result<Response, ContractError> {
    let mut blob = Blob::load(deps.storage, id)?;
    match blob.status {
        Status::Uploading | Status::Aborting => {}
        Status::Finalised { .. } => return Err(ContractError::Finalised { blob: id }),
        Status::Dead => return Err(ContractError::Dead { blob: id }),
    }
    let keeping = Keeping::load(deps.storage)?;
    if blob.uploader != info.sender {
        let deadline = blob.deadline(&keeping.upload_window)?;
        if !assay_deadlines::passed(&deadline, &env.block) {
            return Err(ContractError::NotAbandoned {
                blob: id,
                uploader: blob.uploader.into(),
                deadline,
            });
        }
    }
    let before = blob.deposited();
    blob.status = Status::Aborting;
    let deleted = blob.delete(deps.storage, id)?;
    let freed = before.saturating_sub(blob.deposited());
    let event = Event::new("assay-abort")
        .add_attribute("blob_id", id.to_string())
        .add_attribute("sender", &info.sender)
        .add_attribute("removed", deleted.chunks.to_string())
        .add_attribute("done", deleted.done.to_string());
    deposit::pay(event, info.sender, keeping.deposit.as_ref(), freed)
}
