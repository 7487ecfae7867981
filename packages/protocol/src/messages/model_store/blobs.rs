//! What a store answers about blobs.

use cosmwasm_schema::cw_serde;

use crate::id::{BlobId, StatementElement};
use crate::messages::time::Deadline;
use crate::parameters::{BlobHash, PublicParameters};

/// One blob.
#[cw_serde]
pub struct BlobResponse {
    /// Its id.
    pub blob: BlobId,
    /// Who uploaded it.
    pub uploader: String,
    /// Its length in bytes.
    pub length: u32,
    /// The number of its chunks.
    pub chunks: u32,
    /// How many are there.
    pub received: u32,
    /// What it is, or will be, named by.
    pub hash: BlobHash,
    /// The root or the digest, while it is finalised and kept.
    pub parameters: Option<PublicParameters>,
    /// How far it is.
    pub state: BlobState,
}

/// How far a blob is.
#[cw_serde]
pub enum BlobState {
    /// Chunks can be put.
    Uploading {
        /// Who gets the first pin.
        holder: String,
        /// From when on anyone can abort it.
        deadline: Deadline,
    },
    /// The upload is being deleted; nothing else can be done with it.
    Aborting {
        /// From when on anyone can go on with that.
        deadline: Deadline,
    },
    /// Complete and kept; it never changes.
    Finalised {
        /// How many pins keep it.
        pins: u64,
    },
    /// Nobody keeps it: it is being deleted, and nothing else can be done with it.
    Dead {},
}

/// The blob that the store knows by its root or digest.
#[cw_serde]
pub struct ByParametersResponse {
    /// The blob, which is finalised and kept. Where there is none, there may still be one
    /// that was finalised while another blob was known by the same name.
    pub blob: Option<BlobId>,
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
