//! The registries, uploads, and what names complete blobs.

use assay_protocol::id::{BlobId, ParametersRoot};
use assay_protocol::messages::model_store::{
    HashedBlob, InstantiateMsg, hashed_blob_key, root_key,
};
use assay_protocol::parameters::{BlobHash, PublicParameters, chunk_count};
use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Addr, Storage};
use cw_storage_plus::{Item, Map};

use crate::error::ContractError;

/// The registries, checked at instantiation, and what keys are allowed.
pub const CONFIG: Item<InstantiateMsg> = Item::new("config");

/// The last blob's id; ids start from 1.
pub const LAST_ID: Item<u64> = Item::new("last_id");

/// Uploads and finalised blobs, by id.
pub const UPLOADS: Map<u64, Upload> = Map::new("upload");

/// How far an upload is.
#[cw_serde]
#[derive(Copy)]
pub enum Status {
    /// Chunks can be put.
    Uploading,
    /// Chunks are being deleted; nothing else can be done.
    Aborting,
    /// Complete, for ever.
    Finalised,
}

/// An upload, or the blob it became.
#[cw_serde]
pub struct Upload {
    /// Who began it.
    pub uploader: Addr,
    /// Bytes of the blob.
    pub length: u32,
    /// Chunks that are there.
    pub received: u32,
    /// How far it is.
    pub status: Status,
    /// What it is, or will be, named by.
    pub hash: BlobHash,
}

impl Upload {
    /// An upload of which nothing is there.
    pub fn new(uploader: Addr, length: u32, hash: BlobHash) -> Self {
        Self {
            uploader,
            length,
            received: 0,
            status: Status::Uploading,
            hash,
        }
    }

    /// The upload `blob`.
    pub fn load(storage: &dyn Storage, blob: BlobId) -> Result<Self, ContractError> {
        UPLOADS
            .may_load(storage, blob.0)?
            .ok_or(ContractError::UnknownBlob { blob })
    }

    /// The upload `blob`, which `sender` may still change.
    pub fn load_own(
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
            Status::Finalised => Err(ContractError::Finalised { blob }),
            Status::Uploading | Status::Aborting => Ok(upload),
        }
    }

    /// The upload `blob`, to which `sender` may add.
    pub fn load_open(
        storage: &dyn Storage,
        blob: BlobId,
        sender: &Addr,
    ) -> Result<Self, ContractError> {
        let upload = Self::load_own(storage, blob, sender)?;
        match upload.status {
            Status::Aborting => Err(ContractError::Aborting { blob }),
            Status::Uploading | Status::Finalised => Ok(upload),
        }
    }

    /// The number of the blob's chunks.
    pub fn chunks(&self) -> u32 {
        chunk_count(self.length)
    }
}

/// Stores what names a complete blob as raw bytes, where other contracts read it.
pub fn save_parameters(
    storage: &mut dyn Storage,
    blob: BlobId,
    length: u32,
    parameters: &PublicParameters,
) {
    match *parameters {
        PublicParameters::Poseidon(root) => storage.set(&root_key(blob), &root.to_bytes()),
        PublicParameters::Sha256(digest) => {
            let hashed = HashedBlob { digest, length };
            storage.set(&hashed_blob_key(blob), &hashed.to_bytes());
        }
    }
}

/// What names a complete blob that is hashed so.
pub fn load_parameters(
    storage: &dyn Storage,
    blob: BlobId,
    hash: BlobHash,
) -> Option<PublicParameters> {
    Some(match hash {
        BlobHash::Poseidon => {
            let bytes = storage.get(&root_key(blob))?.try_into().ok()?;
            PublicParameters::Poseidon(ParametersRoot::from_bytes(&bytes)?)
        }
        BlobHash::Sha256 => {
            let bytes = storage.get(&hashed_blob_key(blob))?;
            PublicParameters::Sha256(HashedBlob::from_bytes(&bytes)?.digest)
        }
    })
}
