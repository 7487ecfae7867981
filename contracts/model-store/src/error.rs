//! Why a message or a query is refused.

use assay_protocol::id::BlobId;
use assay_protocol::parameters::{CHUNK_BYTES, MAX_BLOB_BYTES};
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
    /// Every identifier is used.
    #[error("the store has no blob ids left: use another instance")]
    IdsExhausted,
    /// A blob without bytes, or with too many.
    #[error("a blob has 1 to {MAX_BLOB_BYTES} bytes, not {length}: upload a smaller model")]
    BlobLength {
        /// Bytes announced.
        length: u32,
    },
    /// No blob with this id, or it was aborted.
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
    #[error("chunk {index} of blob {blob} has a corrupt digest: report this chain's storage")]
    CorruptDigest {
        /// The upload.
        blob: BlobId,
        /// The chunk's place.
        index: u32,
    },
}
