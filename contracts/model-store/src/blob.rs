//! Uploads and the blobs they become: one row each, from the beginning until the last chunk is
//! deleted.

use assay_protocol::id::BlobId;
use assay_protocol::messages::model_store::{BlobState, MAX_ABORT_CHUNKS};
use assay_protocol::messages::time::{Deadline, Window};
use assay_protocol::parameters::{BlobHash, chunk_count};
use assay_rows::Rows;
use cosmwasm_std::{Addr, BlockInfo, StdResult, Storage, Timestamp};
use serde::{Deserialize, Serialize};

use crate::chunk;
use crate::error::ContractError;

/// Blobs, by id.
pub(crate) const BLOBS: Rows<u64, Blob> = Rows::new("blob");

/// How far a blob is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// Chunks can be put.
    Uploading,
    /// The upload is being deleted; nothing else can be done.
    Aborting,
    /// Complete, and kept by so many pins, at least one.
    Finalised {
        /// How many.
        pins: u64,
    },
    /// Nobody keeps it. It is being deleted; nothing else can be done.
    Dead,
}

/// An upload, or the blob it became. Every chunk that is put writes it: it is kept short.
#[derive(Serialize, Deserialize)]
pub struct Blob {
    /// Who began it.
    pub uploader: Addr,
    /// Who gets the first pin, if it isn't the uploader.
    holder: Option<Addr>,
    /// Bytes of the blob.
    pub length: u32,
    /// Chunks that are there.
    pub received: u32,
    /// What it is, or will be, named by.
    pub hash: BlobHash,
    /// How far it is.
    pub status: Status,
    /// Block time when it was begun or its last chunk came, in nanoseconds.
    nanos: u64,
    /// Block height then.
    height: u64,
}

/// What one message deleted.
pub struct Deleted {
    /// How many chunks.
    pub chunks: u32,
    /// Whether nothing is left.
    pub done: bool,
}

impl Blob {
    /// An upload of which nothing is there.
    pub fn new(
        uploader: Addr,
        holder: Option<Addr>,
        length: u32,
        hash: BlobHash,
        block: &BlockInfo,
    ) -> Self {
        Self {
            holder: holder.filter(|holder| *holder != uploader),
            uploader,
            length,
            received: 0,
            hash,
            status: Status::Uploading,
            nanos: block.time.nanos(),
            height: block.height,
        }
    }

    /// The blob with this id.
    pub fn load(storage: &dyn Storage, blob: BlobId) -> Result<Self, ContractError> {
        let found = BLOBS.may_load(storage, blob.0)?;
        found.ok_or(ContractError::UnknownBlob { blob })
    }

    /// The upload `blob`, to which `sender` may add.
    pub fn load_open(
        storage: &dyn Storage,
        blob: BlobId,
        sender: &Addr,
    ) -> Result<Self, ContractError> {
        let upload = Self::load(storage, blob)?;
        if upload.uploader != sender {
            let uploader = upload.uploader.into();
            return Err(ContractError::NotUploader { blob, uploader });
        }
        match upload.status {
            Status::Uploading => Ok(upload),
            Status::Aborting => Err(ContractError::Aborting { blob }),
            Status::Finalised { .. } => Err(ContractError::Finalised { blob }),
            Status::Dead => Err(ContractError::Dead { blob }),
        }
    }

    /// The finalised blob, with the number of its pins.
    pub fn load_kept(storage: &dyn Storage, blob: BlobId) -> Result<(Self, u64), ContractError> {
        let found = Self::load(storage, blob)?;
        match found.status {
            Status::Uploading => Err(ContractError::NotFinalised { blob }),
            Status::Aborting => Err(ContractError::Aborting { blob }),
            Status::Finalised { pins } => Ok((found, pins)),
            Status::Dead => Err(ContractError::Dead { blob }),
        }
    }

    /// Writes it.
    pub fn save(&self, storage: &mut dyn Storage, blob: BlobId) -> StdResult<()> {
        BLOBS.save(storage, blob.0, self)
    }

    /// The number of its chunks.
    pub fn chunks(&self) -> u32 {
        chunk_count(self.length)
    }

    /// Who gets the first pin.
    pub fn holder(&self) -> &Addr {
        self.holder.as_ref().unwrap_or(&self.uploader)
    }

    /// Counts a chunk that comes in this block.
    pub fn receive(&mut self, block: &BlockInfo) {
        self.received += 1;
        self.nanos = block.time.nanos();
        self.height = block.height;
    }

    /// From when on anyone can abort the upload.
    pub fn deadline(&self, upload_window: &Window) -> Result<Deadline, ContractError> {
        let progress = Deadline {
            time: Timestamp::from_nanos(self.nanos),
            height: self.height,
        };
        Ok(assay_deadlines::later(&progress, upload_window)?)
    }

    /// For how many chunks the store holds deposits: for an upload each of its chunks, there
    /// or not, for a blob each chunk once a pin, and for what is being deleted each chunk
    /// that is left.
    pub fn deposited(&self) -> u64 {
        let chunks = u64::from(self.chunks());
        match self.status {
            Status::Uploading => chunks,
            Status::Finalised { pins } => chunks.saturating_mul(pins),
            Status::Aborting | Status::Dead => self.received.into(),
        }
    }

    /// Deletes at most [`MAX_ABORT_CHUNKS`] chunks of what is aborted or dead, and the row
    /// with the last of them.
    pub fn delete(
        &mut self,
        storage: &mut dyn Storage,
        blob: BlobId,
    ) -> Result<Deleted, ContractError> {
        let chunks = chunk::remove(storage, blob, MAX_ABORT_CHUNKS)?;
        self.received = self.received.saturating_sub(chunks);
        let done = self.received == 0;
        if done {
            BLOBS.remove(storage, blob.0);
        } else {
            self.save(storage, blob)?;
        }
        Ok(Deleted { chunks, done })
    }

    /// How far it is, as an answer.
    pub fn state(&self, upload_window: &Window) -> Result<BlobState, ContractError> {
        Ok(match self.status {
            Status::Uploading => BlobState::Uploading {
                holder: self.holder().to_string(),
                deadline: self.deadline(upload_window)?,
            },
            Status::Aborting => BlobState::Aborting {
                deadline: self.deadline(upload_window)?,
            },
            Status::Finalised { pins } => BlobState::Finalised { pins },
            Status::Dead => BlobState::Dead {},
        })
    }
}
