//! The one hash, with a tag for each of its uses; and SHA-256 for identifiers.

use sha2::{Digest, Sha256};

use crate::Scalar;
use crate::encoding::limbs;

/// What a hash is of. The tag goes into the sponge's capacity, so that no value
/// of one use can be taken for one of another. A number is never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
pub enum Tag {
    /// A block of a dataset's rows.
    DatasetBlock = 1,
    /// Eight children in a dataset's tree.
    DatasetNode = 2,
    /// A dataset's hiding commitment.
    DatasetCommitment = 3,
    /// A public schema with its quantiser.
    Schema = 4,
    /// A chunk of parameter bytes.
    ParametersChunk = 5,
    /// The chunks of a parameter blob.
    ParametersRoot = 6,
    /// A hidden model's commitment.
    ModelCommitment = 7,
    /// The inputs of a prediction, all rows in order.
    PredictionInput = 8,
    /// The outputs of a prediction, all rows in order.
    PredictionOutput = 9,
    /// Statement, version 1: training, public model.
    TrainingPublicV1 = 0x0101,
    /// Statement, version 1: training, hidden model.
    TrainingHiddenV1 = 0x0201,
    /// Statement, version 1: prediction of a public model.
    PredictionPublicV1 = 0x0301,
    /// Statement, version 1: prediction of a hidden model.
    PredictionHiddenV1 = 0x0401,
    /// Statement, version 1: training, public model with a fingerprint.
    TrainingFingerprintV1 = 0x0501,
    /// Statement, version 1: prediction of a public model with a fingerprint.
    PredictionFingerprintV1 = 0x0601,
}

/// Hashes field elements; their number goes into the capacity with the tag.
pub fn hash_elements(tag: Tag, elements: &[Scalar]) -> Scalar {
    assay_poseidon::hash(tag as u64, elements.len() as u64, elements.iter().copied())
}

/// Hashes a byte string, cut into limbs; its length in bytes goes into the
/// capacity with the tag.
pub fn hash_bytes(tag: Tag, bytes: &[u8]) -> Scalar {
    assay_poseidon::hash(tag as u64, bytes.len() as u64, limbs(bytes))
}

/// SHA-256 over parts, each preceded by its length as eight big-endian bytes,
/// so that no two lists of parts hash the same bytes.
pub(crate) fn sha256_parts<'a>(parts: impl Iterator<Item = &'a [u8]>) -> [u8; 32] {
    let mut sha = Sha256::new();
    for part in parts {
        sha.update((part.len() as u64).to_be_bytes());
        sha.update(part);
    }
    sha.finalize().into()
}

/// [`sha256_parts`] cut to 31 bytes and read as a little-endian integer, which is below the
/// field's order.
pub(crate) fn sha256_scalar<'a>(parts: impl Iterator<Item = &'a [u8]>) -> Scalar {
    let mut bytes = sha256_parts(parts);
    bytes[31] = 0;
    let (words, _) = bytes.as_chunks::<8>();
    let word = |i: usize| u64::from_le_bytes(words[i]);
    Scalar::from_raw([word(0), word(1), word(2), word(3)])
}
