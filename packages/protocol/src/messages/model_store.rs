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
use crate::id::{BlobId, ModelCommitment, ModelId, ParametersRoot};

/// Storage namespace (a `Map` from [`BlobId`]) of the 32-byte roots of complete
/// blobs that the escrow reads raw.
pub const ROOTS: &str = "root";

/// The storage key of a complete blob's root. Nothing lies there before.
pub fn root_key(blob: BlobId) -> Vec<u8> {
    namespace_with_key(&[ROOTS.as_bytes()], &blob.0.to_be_bytes())
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
    /// Computes the root once every chunk is there; from then on the blob never
    /// changes. The uploader only. Attribute `root` is the root.
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
    /// The root, once finalised.
    pub root: Option<ParametersRoot>,
}

/// A page of missing chunks.
#[cw_serde]
pub struct MissingChunksResponse {
    /// Their places.
    pub missing: Vec<u32>,
    /// `start_after` of the next page, if there is one.
    pub next: Option<u32>,
}
