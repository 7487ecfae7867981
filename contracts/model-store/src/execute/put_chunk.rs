//! Storing a chunk.

use assay_protocol::id::BlobId;
use assay_protocol::parameters::chunk_length;
use cosmwasm_std::{DepsMut, MessageInfo, Response};

use crate::chunk;
use crate::error::ContractError;
use crate::state::{UPLOADS, Upload};

/// Stores chunk `index` of the sender's upload `blob`, once.
pub fn put_chunk(
    deps: DepsMut,
    info: MessageInfo,
    blob: BlobId,
    index: u32,
    data: &[u8],
) -> Result<Response, ContractError> {
    let mut upload = Upload::load_open(deps.storage, blob, &info.sender)?;
    let chunks = upload.chunks();
    let expected = chunk_length(upload.length, index).ok_or(ContractError::ChunkOutOfRange {
        blob,
        index,
        chunks,
    })?;
    if data.len() != expected as usize {
        let len = data.len();
        return Err(ContractError::ChunkLength {
            blob,
            index,
            len,
            expected,
        });
    }
    if chunk::is_stored(deps.storage, blob, index) {
        return Err(ContractError::ChunkStored { blob, index });
    }
    chunk::store(deps.storage, blob, index, data, upload.hash);
    upload.received += 1;
    UPLOADS.save(deps.storage, blob.0, &upload)?;
    Ok(Response::new()
        .add_attribute("action", "put_chunk")
        .add_attribute("blob_id", blob.to_string())
        .add_attribute("index", index.to_string())
        .add_attribute("received", upload.received.to_string())
        .add_attribute("chunks", chunks.to_string()))
}
