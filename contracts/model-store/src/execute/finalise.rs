//! Completing an upload.

use assay_protocol::id::BlobId;
use assay_protocol::parameters::{BlobHash, PublicParameters, digest_of_chunks, root_of_chunks};
use cosmwasm_std::{DepsMut, Env, Event, MessageInfo, Response, Storage};

use crate::blob::{Blob, Status};
use crate::error::ContractError;
use crate::state::Keeping;
use crate::{chunk, name, pin};

/// Computes what names the sender's upload `blob` once every chunk is there, and gives its
/// holder the first pin, with the upload's deposit.
pub fn finalise(
    deps: DepsMut,
    env: &Env,
    info: MessageInfo,
    blob: BlobId,
) -> Result<Response, ContractError> {
    let mut upload = Blob::load_open(deps.storage, blob, &info.sender)?;
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
    upload.status = Status::Finalised { pins: 1 };
    upload.save(deps.storage, blob)?;
    let hold = Keeping::load(deps.storage)?.hold;
    let holder = upload.holder();
    pin::save(deps.storage, blob, holder.as_str(), &env.block, &hold)?;
    let indexed = name::save(deps.storage, blob, upload.length, &parameters);
    let event = Event::new("assay-finalise")
        .add_attribute("blob_id", blob.to_string())
        .add_attribute("holder", holder);
    let event = match parameters {
        PublicParameters::Poseidon(root) => event.add_attribute("poseidon", root.to_string()),
        PublicParameters::Sha256(digest) => event.add_attribute("sha256", digest.to_string()),
    };
    let event = event.add_attribute("indexed", indexed.to_string());
    Ok(Response::new().add_event(event))
}

/// The digests of every chunk, in order.
fn digests(
    storage: &dyn Storage,
    blob: BlobId,
    upload: &Blob,
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
