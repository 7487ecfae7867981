//! Why a message or a query is refused.

use assay_protocol::id::{BlobId, ModelId};
use assay_protocol::messages::dataset_registry::MAX_SCHEMA_BYTES;
use assay_protocol::messages::time::Deadline;
use assay_protocol::parameters::{CHUNK_BYTES, MAX_BLOB_BYTES};
use assay_protocol::schema::SchemaError;
use cosmwasm_std::StdError;
use cw_utils::PaymentError;

/// Why a message or a query is refused.
#[derive(Debug, thiserror::Error)]
pub enum ContractError {
    /// Storage or encoding.
    #[error(transparent)]
    Std(#[from] StdError),
    /// Funds where none are taken.
    #[error("{0}: the model store takes no funds")]
    Payment(#[from] PaymentError),
    /// Another contract, or what it holds.
    #[error(transparent)]
    Registry(#[from] assay_registries::Error),
    /// A malformed proof, or one that doesn't hold.
    #[error(transparent)]
    Groth16(#[from] assay_groth16::Error),
    /// A window, or a deadline.
    #[error(transparent)]
    Deadline(#[from] assay_deadlines::Error),
    /// Other funds than the deposit.
    #[error("send exactly the deposit of {expected} and no other coin, not {sent:?}")]
    WrongFunds {
        /// What is to be deposited.
        expected: String,
        /// What was sent.
        sent: String,
    },
    /// A deposit of nothing.
    #[error("a deposit is at least 1: leave it out to ask for none")]
    NoDeposit,
    /// A deposit of what the bank doesn't hold.
    #[error("{denom:?} is no denomination of the bank's: deposits are native coins")]
    Denomination {
        /// The denomination, cut to 40 characters.
        denom: String,
    },
    /// Every identifier is used.
    #[error("the store has no {of} ids left: use another instance")]
    IdsExhausted {
        /// Of what.
        of: &'static str,
    },
    /// A blob without bytes, or with too many.
    #[error("a blob has 1 to {MAX_BLOB_BYTES} bytes, not {length}: upload a smaller model")]
    BlobLength {
        /// Bytes announced.
        length: u32,
    },
    /// No blob with this id, or it was deleted.
    #[error("there is no blob {blob}: begin an upload and use its blob_id")]
    UnknownBlob {
        /// The id asked for.
        blob: BlobId,
    },
    /// Somebody else's upload.
    #[error("blob {blob} belongs to {uploader}: only they can change it")]
    NotUploader {
        /// The upload.
        blob: BlobId,
        /// Whose it is.
        uploader: String,
    },
    /// Somebody else's upload, which may still go on.
    #[error(
        "blob {blob} belongs to {uploader}: others can abort it from {} s and block {} on, both",
        deadline.time.seconds(),
        deadline.height
    )]
    NotAbandoned {
        /// The upload.
        blob: BlobId,
        /// Whose it is.
        uploader: String,
        /// From when on anyone can abort it.
        deadline: Deadline,
    },
    /// A finalised blob never changes.
    #[error("blob {blob} is finalised and never changes: begin another upload")]
    Finalised {
        /// The blob.
        blob: BlobId,
    },
    /// Part of the upload is deleted already.
    #[error("blob {blob} is being aborted: repeat abort until it is done, then begin again")]
    Aborting {
        /// The upload.
        blob: BlobId,
    },
    /// Only what is complete can be kept.
    #[error("blob {blob} isn't finalised: finalise it first")]
    NotFinalised {
        /// The upload.
        blob: BlobId,
    },
    /// Its last pin was released.
    #[error("nobody kept blob {blob}, and it is being deleted: upload its bytes again")]
    Dead {
        /// The blob.
        blob: BlobId,
    },
    /// Only what nobody keeps is swept.
    #[error("blob {blob} isn't dead: only what nobody keeps can be swept, an upload is aborted")]
    NotDead {
        /// The blob.
        blob: BlobId,
    },
    /// One pin is as good as two.
    #[error("{holder} keeps blob {blob} already: nothing is to be done")]
    Pinned {
        /// The blob.
        blob: BlobId,
        /// Who holds the pin.
        holder: String,
    },
    /// There is no such pin.
    #[error("{holder} holds no pin of blob {blob}: only its holder can release a pin")]
    NotPinned {
        /// The blob.
        blob: BlobId,
        /// Who holds none.
        holder: String,
    },
    /// A pin holds for a while.
    #[error(
        "the pin of blob {blob} holds: release it from {} s and block {} on, both",
        releasable.time.seconds(),
        releasable.height
    )]
    Held {
        /// The blob.
        blob: BlobId,
        /// From when on it can be released.
        releasable: Deadline,
    },
    /// No such place in the blob.
    #[error("blob {blob} has chunks 0 to {}, not {index}", chunks.saturating_sub(1))]
    ChunkOutOfRange {
        /// The upload.
        blob: BlobId,
        /// The place asked for.
        index: u32,
        /// The number of its chunks.
        chunks: u32,
    },
    /// A chunk of another length than its place has.
    #[error(
        "chunk {index} of blob {blob} must have {expected} bytes, not {len}: \
         cut the blob every {CHUNK_BYTES} bytes"
    )]
    ChunkLength {
        /// The upload.
        blob: BlobId,
        /// The chunk's place.
        index: u32,
        /// Bytes sent.
        len: usize,
        /// Bytes that belong there.
        expected: u32,
    },
    /// The place is taken.
    #[error("chunk {index} of blob {blob} is there already: send the missing ones only")]
    ChunkStored {
        /// The upload.
        blob: BlobId,
        /// The chunk's place.
        index: u32,
    },
    /// The chunk wasn't sent yet.
    #[error("chunk {index} of blob {blob} isn't there yet: wait for its upload")]
    ChunkMissing {
        /// The upload.
        blob: BlobId,
        /// The chunk's place.
        index: u32,
    },
    /// The upload isn't complete.
    #[error("blob {blob} lacks {missing} of {chunks} chunks, first {first}: send them first")]
    Incomplete {
        /// The upload.
        blob: BlobId,
        /// How many chunks it lacks.
        missing: u32,
        /// The number of its chunks.
        chunks: u32,
        /// The lowest place that is empty.
        first: u32,
    },
    /// Storage that this contract can't have written.
    #[error("blob {blob} has a corrupt evaluation: report this chain's storage")]
    CorruptEvaluation {
        /// The blob.
        blob: BlobId,
    },
    /// Storage that this contract can't have written.
    #[error("chunk {index} of blob {blob} has a corrupt digest: report this chain's storage")]
    CorruptDigest {
        /// The upload.
        blob: BlobId,
        /// The chunk's place.
        index: u32,
    },

    /// A schema that is empty or too long.
    #[error("a schema has 1 to {MAX_SCHEMA_BYTES} bytes, not {len}: shorten the columns' names")]
    SchemaLength {
        /// Its bytes.
        len: usize,
    },
    /// Text that isn't a schema's canonical one.
    #[error("this isn't the canonical text of a schema: use `assay dataset commit`, unchanged")]
    SchemaNotCanonical,
    /// A schema that can't be used.
    #[error(transparent)]
    Schema(#[from] SchemaError),
    /// Provenance that promises nothing.
    #[error("a minimum of 0 rows says nothing: prove at least 1")]
    NoRows,
    /// No hidden model with this id.
    #[error("there is no hidden model {model}: register it and use its model_id")]
    UnknownModel {
        /// The id asked for.
        model: ModelId,
    },
}
