//! Deleting an upload.

use assay_protocol::id::BlobId;
use assay_protocol::messages::model_store::MAX_ABORT_CHUNKS;
use cosmwasm_std::{DepsMut, MessageInfo, Response};

use crate::chunk;
use crate::error::ContractError;
use crate::state::{Status, UPLOADS, Upload};

/// Deletes at most [`MAX_ABORT_CHUNKS`] chunks of the sender's upload `blob`,
/// and the upload itself with the last of them. Repeated until `done`, so that
/// no upload is too large for one transaction to delete.
pub fn abort(deps: DepsMut, info: MessageInfo, blob: BlobId) -> Result<Response, ContractError> {
    let mut upload = Upload::load_own(deps.storage, blob, &info.sender)?;
    let removed = chunk::remove(deps.storage, blob, MAX_ABORT_CHUNKS)?;
    upload.received = upload.received.saturating_sub(removed);
    upload.status = Status::Aborting;
    let done = upload.received == 0;
    if done {
        UPLOADS.remove(deps.storage, blob.0);
    } else {
        UPLOADS.save(deps.storage, blob.0, &upload)?;
    }
    Ok(Response::new()
        .add_attribute("action", "abort")
        .add_attribute("blob_id", blob.to_string())
        .add_attribute("removed", removed.to_string())
        .add_attribute("done", done.to_string()))
}
