//! What names complete blobs, where other contracts read it, and blobs by their names.
//!
//! Of several blobs with the same bytes the first to be finalised is known by their name,
//! until it dies. Then none is, until one is finalised anew: an index that names a blob names
//! one that is kept, and one that names none says nothing.

use assay_protocol::id::{BlobId, ParametersRoot};
use assay_protocol::messages::model_store::{HashedBlob, hashed_blob_key, root_key};
use assay_protocol::parameters::{BlobHash, PublicParameters};
use cosmwasm_std::{Empty, Storage};
use cw_storage_plus::Map;

/// Keys of the 8 bytes of blobs' ids, by hash and name. The values are not JSON.
pub(crate) const NAMED: Map<&[u8], Empty> = Map::new("named");

/// Stores what names a complete blob as raw bytes, and the blob by its name if no other is
/// known by it. Returns whether it is known by it now.
pub fn save(
    storage: &mut dyn Storage,
    blob: BlobId,
    length: u32,
    parameters: &PublicParameters,
) -> bool {
    match *parameters {
        PublicParameters::Poseidon(root) => storage.set(&root_key(blob), &root.to_bytes()),
        PublicParameters::Sha256(digest) => {
            let hashed = HashedBlob { digest, length };
            storage.set(&hashed_blob_key(blob), &hashed.to_bytes());
        }
    }
    let is_first = named(storage, parameters).is_none();
    if is_first {
        storage.set(&key(parameters), &blob.0.to_be_bytes());
    }
    is_first
}

/// What names a complete blob that is hashed so.
pub fn load(storage: &dyn Storage, blob: BlobId, hash: BlobHash) -> Option<PublicParameters> {
    Some(match hash {
        BlobHash::Poseidon => {
            let bytes = storage.get(&root_key(blob))?.try_into().ok()?;
            PublicParameters::Poseidon(ParametersRoot::from_bytes(&bytes)?)
        }
        BlobHash::Sha256 => {
            let bytes = storage.get(&hashed_blob_key(blob))?;
            PublicParameters::Sha256(HashedBlob::from_bytes(&bytes)?.digest)
        }
    })
}

/// Deletes what names a blob: from here on no contract takes it for complete.
pub fn remove(storage: &mut dyn Storage, blob: BlobId, hash: BlobHash) {
    if let Some(parameters) = load(storage, blob, hash)
        && named(storage, &parameters) == Some(blob)
    {
        storage.remove(&key(&parameters));
    }
    match hash {
        BlobHash::Poseidon => storage.remove(&root_key(blob)),
        BlobHash::Sha256 => storage.remove(&hashed_blob_key(blob)),
    }
}

/// The blob that is known by this name.
pub fn named(storage: &dyn Storage, parameters: &PublicParameters) -> Option<BlobId> {
    let bytes = storage.get(&key(parameters))?.try_into().ok()?;
    Some(BlobId(u64::from_be_bytes(bytes)))
}

fn key(parameters: &PublicParameters) -> Vec<u8> {
    let (hash, name) = match parameters {
        PublicParameters::Poseidon(root) => (0, root.to_bytes()),
        PublicParameters::Sha256(digest) => (1, digest.to_bytes()),
    };
    let mut bytes = vec![hash];
    bytes.extend_from_slice(&name);
    NAMED.key(&bytes).to_vec()
}
