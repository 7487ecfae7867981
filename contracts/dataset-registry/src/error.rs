//! Why a message or a query is refused.

use assay_protocol::id::DatasetId;
use assay_protocol::messages::dataset_registry::{
    MAX_LICENSE_BYTES, MAX_PARENTS, MAX_ROYALTY_BPS, MAX_SCHEMA_BYTES,
};
use cosmwasm_std::StdError;
use cw_utils::PaymentError;

/// Why a message or a query is refused.
#[derive(Debug, thiserror::Error)]
pub enum ContractError {
    /// Storage, encoding or a malformed address.
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

    /// A license that is too long.
    #[error("a license has at most {MAX_LICENSE_BYTES} bytes, not {len}: link to its text")]
    LicenseLength {
        /// Its bytes.
        len: usize,
    },
    /// A royalty that leaves the worker too little.
    #[error(
        "a royalty is at most {MAX_ROYALTY_BPS} hundredths of a per cent, not {bps}: ask for \
         less, or for a price"
    )]
    Royalty {
        /// The royalty asked for.
        bps: u16,
    },
    /// A price of nothing.
    #[error("a price is at least 1: leave it out to ask for none")]
    NoPrice,
    /// A price in what can't be paid.
    #[error(
        "{denom:?} is no denomination: use one of the bank's, or cw20: and the address of a token"
    )]
    Denomination {
        /// The denomination, cut to 40 characters.
        denom: String,
    },
    /// More parents than there may be.
    #[error("a dataset names at most {MAX_PARENTS} others, not {len}: name the nearest ones")]
    TooManyParents {
        /// How many were named.
        len: usize,
    },
    /// Parents that aren't in strictly ascending order.
    #[error("name the datasets that this one derives from in ascending order, each once")]
    ParentOrder,

    /// Somebody else's dataset.
    #[error("dataset {id} belongs to {owner}: only they can change it")]
    NotOwner {
        /// The dataset.
        id: DatasetId,
        /// Whose it is.
        owner: String,
    },
    /// A transfer that nobody offered.
    #[error("dataset {id} isn't offered to you: ask {owner} to send offer_transfer")]
    NotOffered {
        /// The dataset.
        id: DatasetId,
        /// Whose it is.
        owner: String,
    },
    /// Deprecated is for ever.
    #[error("dataset {id} is deprecated already, for ever")]
    Deprecated {
        /// The dataset.
        id: DatasetId,
    },
    /// A successor that leads nowhere.
    #[error("dataset {id} can't succeed another: name one that isn't deprecated itself")]
    Successor {
        /// The dataset named.
        id: DatasetId,
    },
}
