//! Why a message or a query is refused.

use assay_protocol::id::DatasetId;
use assay_protocol::messages::dataset_registry::MAX_SCHEMA_BYTES;
use cosmwasm_std::StdError;
use cw_utils::PaymentError;

/// Why a message or a query is refused.
#[derive(Debug, thiserror::Error)]
pub enum ContractError {
    /// Storage or encoding.
    #[error(transparent)]
    Std(#[from] StdError),
    /// Funds where none are taken.
    #[error("{0}: the dataset registry takes no funds")]
    Payment(#[from] PaymentError),
    /// Every identifier is used.
    #[error("the registry has no dataset ids left: use another instance")]
    IdsExhausted,
    /// A dataset without rows.
    #[error("a dataset has at least one row: commit to one with `assay dataset commit`")]
    NoRows,
    /// A schema that is empty or too long.
    #[error("a schema has 1 to {MAX_SCHEMA_BYTES} bytes, not {len}: shorten the columns' names")]
    SchemaLength {
        /// Its bytes.
        len: usize,
    },
    /// Text that can't be a canonical schema.
    #[error("a schema is a JSON object without space around it: use `assay dataset commit`")]
    SchemaNotCanonical,
    /// No dataset with this id.
    #[error("there is no dataset {id}: register it and use its dataset_id")]
    UnknownDataset {
        /// The id asked for.
        id: DatasetId,
    },
}
