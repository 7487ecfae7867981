//! Registered datasets, and their commitments where other contracts read them.
//!
//! A schema lies beside its dataset as raw bytes, so that a list reads none.

use assay_protocol::id::{DatasetCommitment, DatasetId, Sha256Digest};
use assay_protocol::messages::dataset_registry::commitment_key;
use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Addr, Empty, Storage};
use cw_storage_plus::{Item, Map};

/// The last id that was given out; ids start from 1.
pub const LAST_ID: Item<u64> = Item::new("last_id");

/// Datasets, by id.
pub const DATASETS: Map<u64, Dataset> = Map::new("dataset");

/// Keys of the schemas' texts, by dataset. The values are not JSON.
const SCHEMAS: Map<u64, Empty> = Map::new("schema");

/// The short part of a registration.
#[cw_serde]
pub struct Dataset {
    /// Who registered it.
    pub owner: Addr,
    /// The hiding commitment.
    pub commitment: DatasetCommitment,
    /// Number of rows.
    pub rows: u64,
    /// The file's SHA-256, where the data may be handed over.
    pub file_sha256: Option<Sha256Digest>,
}

/// Stores a schema's text as raw bytes.
pub fn save_schema(storage: &mut dyn Storage, id: DatasetId, schema: &str) {
    storage.set(&SCHEMAS.key(id.0), schema.as_bytes());
}

/// A dataset's schema, if there is such a dataset.
pub fn load_schema(storage: &dyn Storage, id: DatasetId) -> Option<String> {
    String::from_utf8(storage.get(&SCHEMAS.key(id.0))?).ok()
}

/// Stores a commitment as 32 raw bytes, where other contracts read it.
pub fn save_commitment(storage: &mut dyn Storage, id: DatasetId, commitment: &DatasetCommitment) {
    storage.set(&commitment_key(id), &commitment.to_bytes());
}
