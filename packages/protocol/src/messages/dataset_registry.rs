//! dataset-registry: commitments to datasets, and who registered them.

use cosmwasm_schema::{QueryResponses, cw_serde};
use cosmwasm_std::storage_keys::namespace_with_key;

use crate::id::{DatasetCommitment, DatasetId, Sha256Digest};

/// Storage namespace (a `Map` from [`DatasetId`]) of the 32-byte commitments
/// that other contracts read raw.
pub const COMMITMENTS: &str = "commitment";

/// The storage key of a dataset's commitment.
pub fn commitment_key(dataset: DatasetId) -> Vec<u8> {
    namespace_with_key(&[COMMITMENTS.as_bytes()], &dataset.0.to_be_bytes())
}

/// The longest schema, in bytes.
pub const MAX_SCHEMA_BYTES: usize = 65_536;

/// Nothing to configure: there is no admin.
#[cw_serde]
pub struct InstantiateMsg {}

/// What may be executed.
#[cw_serde]
pub enum ExecuteMsg {
    /// Registers a dataset; anyone may. The sender becomes its owner.
    /// Attribute `dataset_id` is the id.
    ///
    /// All but the commitment is the owner's claim. Proofs speak of the commitment alone:
    /// whoever holds the data checks rows, schema and file against it, nobody else can.
    Register {
        /// The hiding commitment.
        commitment: DatasetCommitment,
        /// Number of rows.
        rows: u64,
        /// The public schema's canonical text. Its bounds must not derive from
        /// rows that stay hidden.
        schema: String,
        /// The file's SHA-256, for data that may be handed over. Left out for
        /// hidden data, because it would let a guess be confirmed.
        file_sha256: Option<Sha256Digest>,
    },
}

/// What may be asked.
#[cw_serde]
#[derive(QueryResponses)]
pub enum QueryMsg {
    /// One dataset.
    #[returns(DatasetResponse)]
    Dataset {
        /// Its id.
        id: DatasetId,
    },
    /// Datasets in the order of their ids.
    #[returns(DatasetsResponse)]
    Datasets {
        /// The last id of the page before.
        start_after: Option<DatasetId>,
        /// Entries in the page.
        limit: Option<u32>,
    },
}

/// One dataset. All but the commitment is its owner's claim.
#[cw_serde]
pub struct DatasetResponse {
    /// Its id.
    pub id: DatasetId,
    /// Who registered it.
    pub owner: String,
    /// The hiding commitment.
    pub commitment: DatasetCommitment,
    /// Number of rows.
    pub rows: u64,
    /// The public schema.
    pub schema: String,
    /// The file's SHA-256, where the data may be handed over.
    pub file_sha256: Option<Sha256Digest>,
}

/// A dataset in a list, without its schema.
#[cw_serde]
pub struct DatasetEntry {
    /// Its id.
    pub id: DatasetId,
    /// Who registered it.
    pub owner: String,
    /// The hiding commitment.
    pub commitment: DatasetCommitment,
    /// Number of rows.
    pub rows: u64,
    /// The file's SHA-256, where the data may be handed over.
    pub file_sha256: Option<Sha256Digest>,
}

/// A page of datasets.
#[cw_serde]
pub struct DatasetsResponse {
    /// The entries.
    pub datasets: Vec<DatasetEntry>,
    /// `start_after` of the next page, if there is one.
    pub next: Option<DatasetId>,
}
