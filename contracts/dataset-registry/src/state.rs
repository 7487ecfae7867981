//! Registered datasets, and their commitments where other contracts read them.

use assay_protocol::id::{DatasetCommitment, DatasetId};
use assay_protocol::messages::dataset_registry::{DatasetResponse, commitment_key};
use cosmwasm_std::Storage;
use cw_storage_plus::{Item, Map};

/// The last id that was given out; ids start from 1.
pub const LAST_ID: Item<u64> = Item::new("last_id");

/// Datasets, by id.
pub const DATASETS: Map<u64, DatasetResponse> = Map::new("dataset");

/// Stores a commitment as 32 raw bytes, where other contracts read it.
pub fn save_commitment(storage: &mut dyn Storage, id: DatasetId, commitment: &DatasetCommitment) {
    storage.set(&commitment_key(id), &commitment.to_bytes());
}
