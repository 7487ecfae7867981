//! A model's parameters as bytes on chain, and the root that names them.
//!
//! A blob is cut into chunks of [`CHUNK_BYTES`]; each chunk has a digest, and
//! the root hashes the blob's length and the chunks' digests. Chunks may so
//! arrive in any order. A chunk size that is a multiple of 240 bytes lets no
//! limb straddle two chunks.

use alloc::vec::Vec;

use crate::Scalar;
use crate::hash::{Tag, hash_bytes};
use crate::id::ParametersRoot;

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
    fn chunk_lengths_add_up_to_the_blob() {
        for length in [1, 30_719, 30_720, 30_721, 92_160] {
            let chunks = chunk_count(length);
            let sum: u32 = (0..chunks).map(|i| chunk_length(length, i).unwrap()).sum();
            assert_eq!(sum, length);
            assert_eq!(chunk_length(length, chunks), None);
        }
    }
}
