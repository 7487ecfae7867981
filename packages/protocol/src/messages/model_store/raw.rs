//! What other contracts read raw of blobs.

use cosmwasm_std::storage_keys::namespace_with_key;

use crate::Scalar;
use crate::id::{BlobDigest, BlobId};

/// Storage namespace (a `Map` from [`BlobId`]) of the 32-byte roots of complete
/// blobs that the escrow reads raw.
pub const ROOTS: &str = "root";

/// The storage key of a complete blob's root. Nothing lies there before.
pub fn root_key(blob: BlobId) -> Vec<u8> {
    namespace_with_key(&[ROOTS.as_bytes()], &blob.0.to_be_bytes())
}

/// Storage namespace (a `Map` from [`BlobId`]) of the binary [`HashedBlob`]s that the escrow
/// reads raw.
pub const HASHED_BLOBS: &str = "hashed_blob";

/// The storage key of a complete blob's [`HashedBlob`], where it is hashed by SHA-256.
/// Nothing lies there before.
pub fn hashed_blob_key(blob: BlobId) -> Vec<u8> {
    namespace_with_key(&[HASHED_BLOBS.as_bytes()], &blob.0.to_be_bytes())
}

/// Storage namespace (a `Map` from [`BlobId`] and place) of the chunks' bytes.
pub const CHUNKS: &str = "chunk";

/// The storage key of a chunk's bytes.
pub fn chunk_key(blob: BlobId, index: u32) -> Vec<u8> {
    let namespaces = [CHUNKS.as_bytes(), &blob.0.to_be_bytes()];
    namespace_with_key(&namespaces, &index.to_be_bytes())
}

/// Storage namespace (a `Map` from [`BlobId`] and the 32 bytes of the point) of the 32-byte
/// [fingerprints](crate::fingerprint) that the escrow reads raw.
pub const EVALUATIONS: &str = "evaluation";

/// The storage key of a blob's fingerprint. Nothing lies there before all of it is evaluated.
pub fn evaluation_key(blob: BlobId, point: &Scalar) -> Vec<u8> {
    let namespaces = [EVALUATIONS.as_bytes(), &blob.0.to_be_bytes()];
    namespace_with_key(&namespaces, &point.to_bytes())
}

/// A blob hashed by SHA-256 as the escrow reads it: `digest 32 | length 4`, the length
/// big-endian.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HashedBlob {
    /// Its digest.
    pub digest: BlobDigest,
    /// Its length in bytes.
    pub length: u32,
}

impl HashedBlob {
    /// As bytes for storage.
    pub fn to_bytes(&self) -> [u8; 36] {
        let mut bytes = [0; 36];
        bytes[..32].copy_from_slice(&self.digest.to_bytes());
        bytes[32..].copy_from_slice(&self.length.to_be_bytes());
        bytes
    }

    /// From a store's storage; `None` if it isn't what a store writes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (digest, length) = bytes.split_first_chunk::<32>()?;
        Some(Self {
            digest: BlobDigest::from_bytes(digest)?,
            length: u32::from_be_bytes(length.try_into().ok()?),
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_hashed_blob_reads_back_from_its_bytes() {
        let blob = HashedBlob {
            digest: BlobDigest(Scalar::from(3)),
            length: 0x0102,
        };
        let bytes = blob.to_bytes();
        assert_eq!((bytes[0], &bytes[32..]), (3, &[0, 0, 1, 2][..]));
        assert_eq!(HashedBlob::from_bytes(&bytes), Some(blob));
        for len in [0, 32, 35] {
            assert_eq!(HashedBlob::from_bytes(&bytes[..len]), None);
        }
        assert_eq!(HashedBlob::from_bytes(&[&bytes[..], &[0]].concat()), None);
        assert_eq!(HashedBlob::from_bytes(&[0xff; 36]), None);
    }
}
