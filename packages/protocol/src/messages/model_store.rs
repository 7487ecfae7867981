//! model-store: parameter blobs, uploaded in chunks, and commitments to hidden models.

mod blobs;
mod models;
mod pins;
mod raw;

use cosmwasm_schema::{QueryResponses, cw_serde};
use cosmwasm_std::{Binary, Coin};

pub use blobs::{
    BlobResponse, BlobState, ByParametersResponse, EvaluationResponse, MissingChunksResponse,
};
pub use models::{
    MODELS, ModelEntry, ModelResponse, ModelsResponse, Origin, Provenance, RegisteredModel,
    registered_model,
};
pub use pins::{PINS, PinResponse, RegisteredPin, pin_key};
pub use raw::{
    CHUNKS, EVALUATIONS, HASHED_BLOBS, HashedBlob, ROOTS, chunk_key, evaluation_key,
    hashed_blob_key, root_key,
};

use super::Trusted;
use super::time::Window;
use crate::id::{BlobId, ModelCommitment, ModelId, StatementElement};
use crate::parameters::{BlobHash, PublicParameters};

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
    /// What is deposited for each chunk of an upload or a pin, in a native coin; at least 1.
    /// Without it storage costs gas only, and nobody is paid for freeing it.
    pub deposit: Option<Coin>,
    /// How long an upload may go without progress before anyone can abort it.
    pub upload_window: Window,
    /// From its beginning: how long a pin can't be released. Whoever is paid for a blob that
    /// somebody else pins relies on it, so it should be longer than delivering takes.
    pub hold: Window,
}

/// What may be executed.
///
/// *Whoever frees the chain's storage gets the deposit.* An upload holds a deposit for each of
/// its chunks until it is finalised or aborted, and a pin one for each chunk of its blob until
/// it is released. The deposit of what is being deleted is paid chunk by chunk, to who deletes
/// them: to be sure of all of it, send the messages that delete everything in one transaction.
///
/// Only [`Begin`](Self::Begin) and [`Pin`](Self::Pin) take funds. Each message answers with one
/// event, `assay-` and its name.
#[cw_serde]
pub enum ExecuteMsg {
    /// Begins an upload, which belongs to the sender; anyone may. The funds are exactly the
    /// deposit of every chunk. Attribute `blob_id` is the id.
    Begin {
        /// The blob's length in bytes, at most [`MAX_BLOB_BYTES`](crate::parameters::MAX_BLOB_BYTES).
        length: u32,
        /// What the blob is to be named by: what circuits that prove something of it need.
        hash: BlobHash,
        /// Who holds its first pin once it is finalised, with this deposit; the sender where
        /// it is left out. A job is paid only for a blob that its requester pins.
        holder: Option<String>,
    },
    /// Stores one chunk, in any order, once; the uploader only. The upload can't be aborted
    /// by others until the store's `upload_window` has gone by since the last chunk.
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
    /// The upload's deposit becomes that of its holder's pin.
    Finalise {
        /// The upload.
        blob: BlobId,
    },
    /// Deletes an upload that isn't finalised: the uploader, or anyone from its deadline on.
    /// At most [`MAX_ABORT_CHUNKS`] chunks a call: repeat it until attribute `done` is `true`.
    ///
    /// The sender is paid the deposit of the chunks that it deletes, and the first one also
    /// that of chunks that never came.
    Abort {
        /// The upload.
        blob: BlobId,
    },
    /// Keeps a blob that is finalised and kept by somebody; anyone may. The funds are exactly
    /// the deposit of every chunk.
    Pin {
        /// The blob.
        blob: BlobId,
        /// Who holds the pin; the sender where it is left out. It must not hold one already.
        holder: Option<String>,
    },
    /// Gives up the sender's pin and pays its deposit to the sender, from the end of the
    /// store's `hold` on.
    ///
    /// With the last pin the blob dies: its name is gone at once, so that nothing can be
    /// delivered or offered with it any more, and its chunks are deleted as by
    /// [`Sweep`](Self::Sweep), whose rule for the deposit holds then.
    Release {
        /// The blob.
        blob: BlobId,
    },
    /// Deletes what is left of a dead blob; anyone may. At most [`MAX_ABORT_CHUNKS`] chunks
    /// a call: repeat it until attribute `done` is `true`. The sender is paid the deposit of
    /// the chunks that it deletes.
    Sweep {
        /// The blob.
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

/// The most chunks that one [`ExecuteMsg::Abort`], [`ExecuteMsg::Release`] or
/// [`ExecuteMsg::Sweep`] deletes.
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
    /// The blob that is known by its root or digest: look before you upload the same bytes.
    #[returns(ByParametersResponse)]
    ByParameters {
        /// The root or the digest.
        parameters: PublicParameters,
    },
    /// Whether an address keeps a blob.
    #[returns(PinResponse)]
    Pin {
        /// The blob.
        blob: BlobId,
        /// The address.
        holder: String,
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
