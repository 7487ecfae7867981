//! A model's parameters as bytes on chain, and the root that names them.
//!
//! A blob is cut into chunks of [`CHUNK_BYTES`]; each chunk has a digest, and
//! the root hashes the blob's length and the chunks' digests. Chunks may so
//! arrive in any order. A chunk size that is a multiple of 240 bytes lets no
//! limb straddle two chunks.
//!
//! A blob that is bound by its [fingerprint](crate::fingerprint) has a SHA-256
//! digest instead, of its length and its chunks: no circuit computes it, and
//! a contract does so for much less.

use alloc::vec::Vec;
use core::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::Scalar;
use crate::hash::{Tag, hash_bytes, sha256_scalar};
use crate::id::{BlobDigest, ParametersRoot};

/// Version of blobs' digests; the first thing hashed.
const VERSION: &[u8] = b"assay/blob/1";

/// Bytes in every chunk but the last: 128 permutations of eight 30-byte limbs.
pub const CHUNK_BYTES: usize = 30_720;

/// The most chunks in a blob.
pub const MAX_CHUNKS: u32 = 1024;

/// The most bytes in a blob.
pub const MAX_BLOB_BYTES: u32 = CHUNK_BYTES as u32 * MAX_CHUNKS;

/// Bytes of one parameter: a little-endian two's complement integer.
pub const PARAMETER_BYTES: usize = 3;

/// Smallest parameter.
pub const PARAMETER_MIN: i32 = -(1 << 23);

/// Largest parameter.
pub const PARAMETER_MAX: i32 = (1 << 23) - 1;

/// Which hash names a blob.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "messages",
    derive(schemars::JsonSchema, cosmwasm_schema::cw_schema::Schemaifier),
    schemaifier(crate = "::cosmwasm_schema::cw_schema", mute_warnings)
)]
#[serde(rename_all = "snake_case")]
pub enum BlobHash {
    /// Poseidon: for circuits that compute the [root] themselves.
    Poseidon,
    /// SHA-256: for circuits with a [fingerprint](crate::fingerprint).
    Sha256,
}

/// What names parameters that everyone can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "messages",
    derive(schemars::JsonSchema, cosmwasm_schema::cw_schema::Schemaifier),
    schemaifier(crate = "::cosmwasm_schema::cw_schema", mute_warnings)
)]
#[serde(rename_all = "snake_case")]
pub enum PublicParameters {
    /// Their Poseidon [root].
    Poseidon(ParametersRoot),
    /// Their SHA-256 [digest], which stands for them with a
    /// [fingerprint](crate::fingerprint) only.
    Sha256(BlobDigest),
}

impl PublicParameters {
    /// What names a blob that is hashed so.
    pub fn of(blob: &[u8], hash: BlobHash) -> Self {
        match hash {
            BlobHash::Poseidon => Self::Poseidon(root(blob)),
            BlobHash::Sha256 => Self::Sha256(digest(blob)),
        }
    }

    /// As an element of a statement.
    pub fn element(&self) -> Scalar {
        match self {
            Self::Poseidon(root) => root.0,
            Self::Sha256(digest) => digest.0,
        }
    }
}

impl fmt::Display for PublicParameters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Poseidon(root) => root.fmt(f),
            Self::Sha256(digest) => write!(f, "sha256 {digest}"),
        }
    }
}

/// Why bytes are not a model's parameters, or the other way round.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParametersError {
    /// An integer that three bytes can't hold.
    #[error("parameter {value} at position {index} doesn't fit 24 bits: use fewer fraction bits")]
    OutOfRange {
        /// Its place in the list.
        index: usize,
        /// The integer.
        value: i64,
    },
    /// A number of bytes that is no multiple of three.
    #[error(
        "{0} bytes are no whole number of 3-byte parameters: the file is truncated or not a model"
    )]
    Length(usize),
}

/// The number of chunks in a blob of `length` bytes.
pub fn chunk_count(length: u32) -> u32 {
    length.div_ceil(CHUNK_BYTES as u32)
}

/// The number of bytes in chunk `index` of a blob of `length` bytes, or `None`
/// where there is no such chunk.
pub fn chunk_length(length: u32, index: u32) -> Option<u32> {
    let start = index.checked_mul(CHUNK_BYTES as u32)?;
    let rest = length.checked_sub(start)?;
    (rest > 0).then_some(rest.min(CHUNK_BYTES as u32))
}

/// The digest of one chunk.
pub fn chunk_digest(chunk: &[u8]) -> Scalar {
    hash_bytes(Tag::ParametersChunk, chunk)
}

/// The root of a blob of `length` bytes with these chunk digests, in order.
pub fn root_of_chunks(length: u32, digests: impl IntoIterator<Item = Scalar>) -> ParametersRoot {
    ParametersRoot(assay_poseidon::hash(
        Tag::ParametersRoot as u64,
        length.into(),
        digests,
    ))
}

/// The root of a whole blob. The blob is at most [`MAX_BLOB_BYTES`] long.
pub fn root(blob: &[u8]) -> ParametersRoot {
    root_of_chunks(
        blob.len() as u32,
        blob.chunks(CHUNK_BYTES).map(chunk_digest),
    )
}

/// The SHA-256 of one chunk.
pub fn chunk_sha256(chunk: &[u8]) -> [u8; 32] {
    Sha256::digest(chunk).into()
}

/// The digest of a blob of `length` bytes whose chunks have these SHA-256 hashes, in order:
/// the SHA-256 over version, length and hashes, each part preceded by its length, cut to 31
/// bytes.
pub fn digest_of_chunks(length: u32, hashes: &[[u8; 32]]) -> BlobDigest {
    let length = length.to_be_bytes();
    let parts: [&[u8]; 3] = [VERSION, &length, hashes.as_flattened()];
    BlobDigest(sha256_scalar(parts.iter().copied()))
}

/// The digest of a whole blob. The blob is at most [`MAX_BLOB_BYTES`] long.
pub fn digest(blob: &[u8]) -> BlobDigest {
    let hashes: Vec<[u8; 32]> = blob.chunks(CHUNK_BYTES).map(chunk_sha256).collect();
    digest_of_chunks(blob.len() as u32, &hashes)
}

/// Parameters as bytes.
///
/// # Errors
/// [`ParametersError::OutOfRange`] for the first that 24 bits can't hold.
pub fn to_bytes(parameters: &[i32]) -> Result<Vec<u8>, ParametersError> {
    let mut bytes = Vec::with_capacity(parameters.len() * PARAMETER_BYTES);
    for (index, &value) in parameters.iter().enumerate() {
        if !(PARAMETER_MIN..=PARAMETER_MAX).contains(&value) {
            return Err(ParametersError::OutOfRange {
                index,
                value: value.into(),
            });
        }
        bytes.extend_from_slice(&value.to_le_bytes()[..PARAMETER_BYTES]);
    }
    Ok(bytes)
}

/// Parameters from bytes.
///
/// # Errors
/// [`ParametersError::Length`] if the bytes aren't whole parameters.
pub fn from_bytes(bytes: &[u8]) -> Result<Vec<i32>, ParametersError> {
    let whole = bytes.chunks_exact(PARAMETER_BYTES);
    if !whole.remainder().is_empty() {
        return Err(ParametersError::Length(bytes.len()));
    }
    Ok(whole
        .map(|b| i32::from_le_bytes([0, b[0], b[1], b[2]]) >> 8)
        .collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use alloc::vec;

    #[test]
    fn parameters_read_back_from_their_bytes() {
        let all = [0, 1, -1, PARAMETER_MIN, PARAMETER_MAX, 70_000, -70_000];
        assert_eq!(from_bytes(&to_bytes(&all).unwrap()).unwrap(), all);
    }

    #[test]
    fn a_parameter_beyond_24_bits_is_refused() {
        let error = to_bytes(&[0, PARAMETER_MAX + 1]).unwrap_err();
        assert_eq!(
            error,
            ParametersError::OutOfRange {
                index: 1,
                value: 8_388_608
            }
        );
        assert_eq!(from_bytes(&[1, 2, 3, 4]), Err(ParametersError::Length(4)));
    }

    #[test]
    fn the_root_binds_every_byte_and_the_length() {
        let blob = vec![5u8; CHUNK_BYTES + 100];
        let mut other = blob.clone();
        other[CHUNK_BYTES + 3] ^= 1;
        let mut longer = blob.clone();
        longer.push(0);
        assert_ne!(root(&other), root(&blob));
        assert_ne!(root(&longer), root(&blob));
    }

    #[test]
    fn the_digest_binds_every_byte_the_length_and_the_order_of_chunks() {
        let blob = [vec![5u8; CHUNK_BYTES], vec![6; CHUNK_BYTES], vec![7; 100]].concat();
        let mut changed = vec![
            [&blob[..], &[0]].concat(),
            [&[0], &blob[..]].concat(),
            blob[..2 * CHUNK_BYTES].to_vec(),
            [
                &blob[CHUNK_BYTES..2 * CHUNK_BYTES],
                &blob[..CHUNK_BYTES],
                &blob[2 * CHUNK_BYTES..],
            ]
            .concat(),
        ];
        for at in [0, CHUNK_BYTES, 2 * CHUNK_BYTES + 99] {
            let mut other = blob.clone();
            other[at] ^= 1;
            changed.push(other);
        }
        for other in changed {
            assert_ne!(digest(&other), digest(&blob));
        }
        assert_eq!(digest(&blob).to_bytes()[31], 0);
    }

    #[test]
    fn chunk_lengths_add_up_to_the_blob() {
        for length in [1, 30_719, 30_720, 30_721, 92_160] {
            let chunks = chunk_count(length);
            let sum: u32 = (0..chunks).map(|i| chunk_length(length, i).unwrap()).sum();
            assert_eq!(sum, length);
            assert_eq!(chunk_length(length, chunks), None);
        }
    }
}
