//! Completing an upload.

use assay_protocol::Scalar;
use assay_protocol::id::BlobId;
use assay_protocol::parameters::root_of_chunks;
use cosmwasm_std::{DepsMut, MessageInfo, Response, Storage};

use crate::chunk;
use crate::error::ContractError;
use crate::state::{Status, UPLOADS, Upload, save_root};

/// Computes the root of the sender's upload `blob` once every chunk is there.
pub fn finalise(deps: DepsMut, info: MessageInfo, blob: BlobId) -> Result<Response, ContractError> {
    let mut upload = Upload::load_open(deps.storage, blob, &info.sender)?;
    let root = root_of_chunks(upload.length, digests(deps.storage, blob, &upload)?);
    upload.status = Status::Finalised;
    UPLOADS.save(deps.storage, blob.0, &upload)?;
    save_root(deps.storage, blob, &root);
    Ok(Response::new()
        .add_attribute("action", "finalise")
        .add_attribute("blob_id", blob.to_string())
        .add_attribute("root", root.to_string()))
}

/// The digests of every chunk, in order.
fn digests(
    storage: &dyn Storage,
    blob: BlobId,
    upload: &Upload,
) -> Result<Vec<Scalar>, ContractError> {
    let chunks = upload.chunks();
    (0..chunks)
        .map(|index| {
            chunk::digest(storage, blob, index)?.ok_or(ContractError::Incomplete {
                blob,
                missing: chunks.saturating_sub(upload.received),
                chunks,
                first: index,
            })
        })
        .collect()
}
