//! model-store: parameter blobs, uploaded in chunks, and commitments to hidden models.

mod models;

use cosmwasm_schema::{QueryResponses, cw_serde};
use cosmwasm_std::Binary;
use cosmwasm_std::storage_keys::namespace_with_key;

pub use models::{
    MODELS, ModelEntry, ModelResponse, ModelsResponse, Origin, Provenance, RegisteredModel,
    registered_model,
};

use super::Trusted;
use crate::Scalar;
use crate::id::{BlobDigest, BlobId, ModelCommitment, ModelId, StatementElement};
use crate::parameters::{BlobHash, PublicParameters};

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

/// Fixed for ever: there is no admin.
#[cw_serde]
pub struct InstantiateMsg {
    /// Where the keys are that provenance is checked against.
    pub circuit_registry: Trusted,
    /// Where the datasets' commitments are.
    pub dataset_registry: Trusted,
    /// Whether provenance may be shown with keys that one party made alone: who made
    /// such a key can forge.
    pub allow_development_keys: bool,
}

/// What may be executed.
#[cw_serde]
pub enum ExecuteMsg {
    /// Begins an upload, which belongs to the sender. Attribute `blob_id` is the id.
    Begin {
        /// The blob's length in bytes, at most [`MAX_BLOB_BYTES`](crate::parameters::MAX_BLOB_BYTES).
        length: u32,
        /// What the blob is to be named by: what circuits that prove something of it need.
        hash: BlobHash,
    },
    /// Stores one chunk, in any order, once; the uploader only.
    PutChunk {
        /// The upload.
        blob: BlobId,
        /// The chunk's place, from 0.
        index: u32,
        /// Its bytes: [`CHUNK_BYTES`](crate::parameters::CHUNK_BYTES), or fewer in the last chunk.
        data: Binary,
    },
    /// Computes the root or the digest once every chunk is there; from then on the blob
    /// never changes. The uploader only. Attribute `poseidon` or `sha256` is what names it.
    Finalise {
        /// The upload.
        blob: BlobId,
    },
    /// Deletes an upload that isn't finalised; the uploader only. At most
    /// [`MAX_ABORT_CHUNKS`] chunks a call: repeat it until attribute `done` is `true`.
    Abort {
        /// The upload.
        blob: BlobId,
    },
    /// Evaluates a blob at a point, for its [fingerprint](crate::fingerprint); anyone may.
    /// It takes the chunks in their order, up to the first that isn't there yet: repeat it
    /// until attribute `done` is `true`, and attribute `fingerprint` is there.
    ///
    /// A proof whose statement has a fingerprint is checked once the blob is finalised and
    /// evaluated at the second challenge of the proof's commitment. A blob of a single chunk
    /// needs no evaluation, as whoever checks the proof reads the chunk. Whoever keeps its
    /// last chunk back until it delivers has the others evaluated before.
    Evaluate {
        /// The blob.
        blob: BlobId,
        /// The point.
        point: StatementElement,
        /// The most chunks to take, at most and by default [`MAX_EVALUATED_CHUNKS`].
        limit: Option<u32>,
    },
    /// Registers a hidden model; anyone may, and the sender becomes its owner.
    /// Attribute `model_id` is the id.
    ///
    /// A commitment may be registered again, by anyone: a copy is worth nothing to who
    /// can't open it, and refusing it would let whoever copies first keep the owner out.
    RegisterModel {
        /// The hiding commitment to parameters and schema.
        commitment: ModelCommitment,
        /// The canonical text of the schema in the commitment, at most
        /// [`MAX_SCHEMA_BYTES`](super::dataset_registry::MAX_SCHEMA_BYTES). That it is
        /// the one in the commitment is shown by provenance, and by every prediction.
        schema: String,
        /// Where the model came from, with the proof. A model without is what its owner
        /// says it is.
        provenance: Option<Provenance>,
    },
}

/// The most chunks that one [`ExecuteMsg::Abort`] deletes.
pub const MAX_ABORT_CHUNKS: u32 = 64;

/// The most chunks that one [`ExecuteMsg::Evaluate`] evaluates.
pub const MAX_EVALUATED_CHUNKS: u32 = 64;

/// What may be asked.
#[cw_serde]
#[derive(QueryResponses)]
pub enum QueryMsg {
    /// What was fixed at instantiation.
    #[returns(InstantiateMsg)]
    Config {},
    /// One blob.
    #[returns(BlobResponse)]
    Blob {
        /// Its id.
        blob: BlobId,
    },
    /// The bytes of one chunk.
    #[returns(Binary)]
    Chunk {
        /// The blob.
        blob: BlobId,
        /// The chunk's place, from 0.
        index: u32,
    },
    /// The chunks that an upload lacks. A page may hold fewer entries than asked
    /// for, or none, and still have a next one.
    #[returns(MissingChunksResponse)]
    MissingChunks {
        /// The upload.
        blob: BlobId,
        /// The last index of the page before.
        start_after: Option<u32>,
        /// Entries in the page.
        limit: Option<u32>,
    },
    /// How far the evaluation of a blob has come.
    #[returns(EvaluationResponse)]
    Evaluation {
        /// The blob.
        blob: BlobId,
        /// The point.
        point: StatementElement,
    },
    /// One hidden model.
    #[returns(ModelResponse)]
    Model {
        /// Its id.
        model: ModelId,
    },
    /// Hidden models in the order of their ids.
    #[returns(ModelsResponse)]
    Models {
        /// The last id of the page before.
        start_after: Option<ModelId>,
        /// Entries in the page.
        limit: Option<u32>,
    },
}

/// One blob.
#[cw_serde]
pub struct BlobResponse {
    /// Its id.
    pub blob: BlobId,
    /// Who uploads it.
    pub uploader: String,
    /// Its length in bytes.
    pub length: u32,
    /// The number of its chunks.
    pub chunks: u32,
    /// How many are there.
    pub received: u32,
    /// What it is, or will be, named by.
    pub hash: BlobHash,
    /// The root or the digest, once finalised.
    pub parameters: Option<PublicParameters>,
}

/// How far an evaluation has come.
#[cw_serde]
pub struct EvaluationResponse {
    /// How many chunks are evaluated.
    pub evaluated: u32,
    /// How many there are.
    pub chunks: u32,
    /// The fingerprint, once all are.
    pub fingerprint: Option<StatementElement>,
}

/// A page of missing chunks.
#[cw_serde]
pub struct MissingChunksResponse {
    /// Their places.
    pub missing: Vec<u32>,
    /// `start_after` of the next page, if there is one.
    pub next: Option<u32>,
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
