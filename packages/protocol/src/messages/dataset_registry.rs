//! dataset-registry: commitments to datasets, their terms, and who owns them.

mod record;

use cosmwasm_schema::{QueryResponses, cw_serde};
use cosmwasm_std::Coin;

pub use record::{DATASETS, RegisteredDataset, registered_dataset};

use crate::id::{DatasetCommitment, DatasetId, Sha256Digest};

/// The longest schema, in bytes.
pub const MAX_SCHEMA_BYTES: usize = 65_536;

/// The longest license, in bytes.
pub const MAX_LICENSE_BYTES: usize = 256;

/// The most datasets that one names as those it derives from.
pub const MAX_PARENTS: usize = 8;

/// What a royalty counts: hundredths of a per cent, so many to the whole.
pub const BASIS_POINTS: u16 = 10_000;

/// The greatest royalty: half of the reward.
pub const MAX_ROYALTY_BPS: u16 = 5_000;

/// Nothing to configure: there is no admin.
#[cw_serde]
pub struct InstantiateMsg {}

/// What may be executed.
///
/// Each message answers with one event, `assay-` and its name.
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
        /// Its license, a text or a link, at most [`MAX_LICENSE_BYTES`]; may be empty.
        license: String,
        /// What the owner is paid for each model that a job buys; at least 1.
        price: Option<Coin>,
        /// What the owner is paid of a worker's reward, in hundredths of a per cent, at most
        /// [`MAX_ROYALTY_BPS`].
        royalty_bps: u16,
        /// The datasets that it derives from, in ascending order, at most [`MAX_PARENTS`].
        /// They must be registered; that it derives from them is a claim.
        parents: Vec<DatasetId>,
    },
    /// Changes the terms for the jobs that are posted from here on; the owner only. Those
    /// that are posted already keep theirs.
    SetTerms {
        /// The dataset.
        dataset: DatasetId,
        /// Its license.
        license: String,
        /// What the owner is paid for each model; at least 1.
        price: Option<Coin>,
        /// What the owner is paid of a reward.
        royalty_bps: u16,
    },
    /// Offers a dataset to another owner, in place of whom it was offered to before; the
    /// owner only. Nothing is transferred until they accept.
    OfferTransfer {
        /// The dataset.
        dataset: DatasetId,
        /// To whom; to nobody, where it is left out.
        to: Option<String>,
    },
    /// Takes a dataset over; only who it is offered to. Jobs that are posted already pay the
    /// owner that they were posted with.
    AcceptTransfer {
        /// The dataset.
        dataset: DatasetId,
    },
    /// Ends new jobs on a dataset, for ever; the owner only. Jobs that are posted already go
    /// on, and models may still be shown to come from it. An offer to transfer it ends as
    /// well: whoever accepts gets what they were offered.
    Deprecate {
        /// The dataset.
        dataset: DatasetId,
        /// A dataset to use in its place, which must not be deprecated: so whoever follows
        /// successors comes to an end.
        successor: Option<DatasetId>,
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
    /// The datasets that an address owns, in the order of their ids.
    #[returns(DatasetsResponse)]
    DatasetsByOwner {
        /// The owner.
        owner: String,
        /// The last id of the page before.
        start_after: Option<DatasetId>,
        /// Entries in the page.
        limit: Option<u32>,
    },
    /// The datasets that claim to derive from one, in the order of their ids. Anyone can
    /// register such a dataset.
    #[returns(DatasetsResponse)]
    Children {
        /// The one that they derive from.
        parent: DatasetId,
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
    /// Who owns it.
    pub owner: String,
    /// Who it is offered to, if it is.
    pub offered_to: Option<String>,
    /// The hiding commitment.
    pub commitment: DatasetCommitment,
    /// Number of rows.
    pub rows: u64,
    /// The public schema.
    pub schema: String,
    /// The file's SHA-256, where the data may be handed over.
    pub file_sha256: Option<Sha256Digest>,
    /// Its license; may be empty.
    pub license: String,
    /// What the owner is paid for each model that a job buys.
    pub price: Option<Coin>,
    /// What the owner is paid of a worker's reward, in hundredths of a per cent.
    pub royalty_bps: u16,
    /// The datasets that it derives from, in ascending order.
    pub parents: Vec<DatasetId>,
    /// Whether no new jobs may be posted on it.
    pub deprecated: bool,
    /// The dataset to use in its place, where one was named when it was deprecated.
    pub successor: Option<DatasetId>,
}

/// A dataset in a list, without its schema.
#[cw_serde]
pub struct DatasetEntry {
    /// Its id.
    pub id: DatasetId,
    /// Who owns it.
    pub owner: String,
    /// Who it is offered to, if it is.
    pub offered_to: Option<String>,
    /// The hiding commitment.
    pub commitment: DatasetCommitment,
    /// Number of rows.
    pub rows: u64,
    /// The file's SHA-256, where the data may be handed over.
    pub file_sha256: Option<Sha256Digest>,
    /// Its license; may be empty.
    pub license: String,
    /// What the owner is paid for each model that a job buys.
    pub price: Option<Coin>,
    /// What the owner is paid of a worker's reward, in hundredths of a per cent.
    pub royalty_bps: u16,
    /// The datasets that it derives from, in ascending order.
    pub parents: Vec<DatasetId>,
    /// Whether no new jobs may be posted on it.
    pub deprecated: bool,
    /// The dataset to use in its place, where one was named when it was deprecated.
    pub successor: Option<DatasetId>,
}

/// A page of datasets.
#[cw_serde]
pub struct DatasetsResponse {
    /// The entries.
    pub datasets: Vec<DatasetEntry>,
    /// `start_after` of the next page, if there is one.
    pub next: Option<DatasetId>,
}
