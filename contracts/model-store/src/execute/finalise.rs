//! Completing an upload.

use assay_protocol::id::BlobId;
use assay_protocol::parameters::{BlobHash, PublicParameters, digest_of_chunks, root_of_chunks};
use cosmwasm_std::{DepsMut, MessageInfo, Response, Storage};

use crate::chunk;
use crate::error::ContractError;
use crate::state::{Status, UPLOADS, Upload, save_parameters};

/// Computes what names the sender's upload `blob` once every chunk is there.
pub fn finalise(deps: DepsMut, info: MessageInfo, blob: BlobId) -> Result<Response, ContractError> {
    let mut upload = Upload::load_open(deps.storage, blob, &info.sender)?;
    let digests = digests(deps.storage, blob, &upload)?;
    let parameters = match upload.hash {
        BlobHash::Poseidon => {
            let scalars = (0..).zip(&digests);
            let scalars = scalars.map(|(index, digest)| chunk::to_scalar(digest, blob, index));
            let scalars = scalars.collect::<Result<Vec<_>, _>>()?;
            PublicParameters::Poseidon(root_of_chunks(upload.length, scalars))
        }
        BlobHash::Sha256 => PublicParameters::Sha256(digest_of_chunks(upload.length, &digests)),
    };
    upload.status = Status::Finalised;
    UPLOADS.save(deps.storage, blob.0, &upload)?;
    save_parameters(deps.storage, blob, upload.length, &parameters);
    let response = Response::new()
        .add_attribute("action", "finalise")
        .add_attribute("blob_id", blob.to_string());
    Ok(match parameters {
        PublicParameters::Poseidon(root) => response.add_attribute("poseidon", root.to_string()),
        PublicParameters::Sha256(digest) => response.add_attribute("sha256", digest.to_string()),
    })
}

/// The digests of every chunk, in order.
fn digests(
    storage: &dyn Storage,
    blob: BlobId,
    upload: &Upload,
) -> Result<Vec<[u8; 32]>, ContractError> {
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
