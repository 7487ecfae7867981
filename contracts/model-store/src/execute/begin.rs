//! Beginning an upload.

use assay_protocol::parameters::{BlobHash, MAX_BLOB_BYTES};
use cosmwasm_std::{DepsMut, MessageInfo, Response};

use crate::error::ContractError;
use crate::state::{LAST_ID, UPLOADS, Upload};

/// Begins an upload of `length` bytes, which belongs to the sender.
pub fn begin(
    deps: DepsMut,
    info: MessageInfo,
    length: u32,
    hash: BlobHash,
) -> Result<Response, ContractError> {
    if !(1..=MAX_BLOB_BYTES).contains(&length) {
        return Err(ContractError::BlobLength { length });
    }
    let last = LAST_ID.may_load(deps.storage)?.unwrap_or(0);
    let next = last.checked_add(1);
    let id = next.ok_or(ContractError::IdsExhausted { of: "blob" })?;
    let upload = Upload::new(info.sender, length, hash);
    LAST_ID.save(deps.storage, &id)?;
    UPLOADS.save(deps.storage, id, &upload)?;
    Ok(Response::new()
        .add_attribute("action", "begin")
        .add_attribute("blob_id", id.to_string())
        .add_attribute("uploader", &upload.uploader)
        .add_attribute("length", length.to_string())
        .add_attribute("chunks", upload.chunks().to_string()))
}
