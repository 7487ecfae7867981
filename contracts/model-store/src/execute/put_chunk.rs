//! Storing a chunk.

use assay_protocol::id::BlobId;
use assay_protocol::parameters::chunk_length;
use cosmwasm_std::{DepsMut, Env, Event, MessageInfo, Response};

use crate::blob::Blob;
use crate::chunk;
use crate::error::ContractError;

/// Stores chunk `index` of the sender's upload `blob`, once.
pub fn put_chunk(
    deps: DepsMut,
    env: &Env,
    info: MessageInfo,
    blob: BlobId,
    index: u32,
    data: &[u8],
) -> Result<Response, ContractError> {
    let mut upload = Blob::load_open(deps.storage, blob, &info.sender)?;
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
    upload.receive(&env.block);
    upload.save(deps.storage, blob)?;
    let event = Event::new("assay-put-chunk")
        .add_attribute("blob_id", blob.to_string())
        .add_attribute("index", index.to_string())
        .add_attribute("received", upload.received.to_string())
        .add_attribute("chunks", chunks.to_string());
    Ok(Response::new().add_event(event))
}
