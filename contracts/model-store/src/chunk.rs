//! Chunks in storage: raw bytes, and a raw 32-byte digest each.
//!
//! JSON would cost a third more as base64, and 3.6 times as much as a list of
//! numbers. A chunk is there exactly if its digest is.

use assay_protocol::Scalar;
use assay_protocol::id::BlobId;
use assay_protocol::messages::model_store::chunk_key;
use assay_protocol::parameters::{BlobHash, chunk_digest, chunk_sha256};
use cosmwasm_std::{Empty, Order, StdResult, Storage};
use cw_storage_plus::Map;

use crate::error::ContractError;

/// Keys of the chunks' digests, by blob and place. The values are not JSON.
pub(crate) const DIGESTS: Map<(u64, u32), Empty> = Map::new("digest");

/// Whether chunk `index` is there.
pub fn is_stored(storage: &dyn Storage, blob: BlobId, index: u32) -> bool {
    DIGESTS.has(storage, (blob.0, index))
}

/// Stores a chunk and its digest.
pub fn store(storage: &mut dyn Storage, blob: BlobId, index: u32, bytes: &[u8], hash: BlobHash) {
    let digest = match hash {
        BlobHash::Poseidon => chunk_digest(bytes).to_bytes(),
        BlobHash::Sha256 => chunk_sha256(bytes),
    };
    storage.set(&chunk_key(blob, index), bytes);
    storage.set(&DIGESTS.key((blob.0, index)), &digest);
}

/// The bytes of chunk `index`, if it is there.
pub fn bytes(storage: &dyn Storage, blob: BlobId, index: u32) -> Option<Vec<u8>> {
    storage.get(&chunk_key(blob, index))
}

/// The digest of chunk `index`, if it is there.
pub fn digest(
    storage: &dyn Storage,
    blob: BlobId,
    index: u32,
) -> Result<Option<[u8; 32]>, ContractError> {
    let bytes = storage.get(&DIGESTS.key((blob.0, index)));
    let digest = bytes.map(<[u8; 32]>::try_from).transpose();
    digest.map_err(|_| ContractError::CorruptDigest { blob, index })
}

/// A digest by Poseidon.
pub fn to_scalar(digest: &[u8; 32], blob: BlobId, index: u32) -> Result<Scalar, ContractError> {
    Option::from(Scalar::from_bytes(digest)).ok_or(ContractError::CorruptDigest { blob, index })
}

/// Deletes at most `limit` chunks and says how many.
pub fn remove(storage: &mut dyn Storage, blob: BlobId, limit: u32) -> StdResult<u32> {
    let stored = DIGESTS
        .prefix(blob.0)
        .keys(storage, None, None, Order::Ascending)
        .take(limit as usize)
        .collect::<StdResult<Vec<u32>>>()?;
    for &index in &stored {
        storage.remove(&chunk_key(blob, index));
        storage.remove(&DIGESTS.key((blob.0, index)));
    }
    Ok(stored.len() as u32)
}
