//! Registered datasets, their details and indexes.
//!
//! What other contracts read lies in a record of its own. A schema lies beside its dataset as
//! raw bytes, so that a list reads none.

use assay_protocol::id::{DatasetId, Sha256Digest};
use assay_protocol::messages::dataset_registry::{RegisteredDataset, registered_dataset};
use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Addr, Empty, Storage};
use cw_storage_plus::{Item, Map};

use crate::error::ContractError;

/// The last id that was given out; ids start from 1.
pub const LAST_ID: Item<u64> = Item::new("last_id");

/// What no other contract reads of datasets, by id.
pub const DETAILS: Map<u64, Details> = Map::new("details");

/// Which datasets an address owns.
pub const OWNED: Map<(&Addr, u64), Empty> = Map::new("owned");

/// Which datasets claim to derive from one.
pub const CHILDREN: Map<(u64, u64), Empty> = Map::new("child");

/// Keys of the schemas' texts, by dataset. The values are not JSON.
const SCHEMAS: Map<u64, Empty> = Map::new("schema");

/// What no other contract reads of a dataset, without its schema.
#[cw_serde]
pub struct Details {
    /// Number of rows.
    pub rows: u64,
    /// The file's SHA-256, where the data may be handed over.
    pub file_sha256: Option<Sha256Digest>,
    /// Its license.
    pub license: String,
    /// The datasets that it derives from.
    pub parents: Vec<DatasetId>,
    /// Who it is offered to.
    pub offered_to: Option<Addr>,
    /// The dataset to use in its place.
    pub successor: Option<DatasetId>,
}

/// Stores a schema's text as raw bytes.
pub fn save_schema(storage: &mut dyn Storage, id: DatasetId, schema: &str) {
    storage.set(&SCHEMAS.key(id.0), schema.as_bytes());
}

/// A dataset's schema.
pub fn load_schema(storage: &dyn Storage, id: DatasetId) -> Result<String, ContractError> {
    let bytes = storage.get(&SCHEMAS.key(id.0));
    let schema = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    schema.ok_or(ContractError::UnknownDataset { id })
}

/// Stores what other contracts read of a dataset.
pub fn save(storage: &mut dyn Storage, id: DatasetId, dataset: &RegisteredDataset) {
    storage.set(&registered_dataset(id), &dataset.to_bytes());
}

/// What other contracts read of a dataset.
pub fn load(storage: &dyn Storage, id: DatasetId) -> Result<RegisteredDataset, ContractError> {
    let bytes = storage.get(&registered_dataset(id));
    let dataset = bytes.and_then(|bytes| RegisteredDataset::from_bytes(&bytes));
    dataset.ok_or(ContractError::UnknownDataset { id })
}

/// What other contracts read of a dataset that `sender` owns.
pub fn load_own(
    storage: &dyn Storage,
    id: DatasetId,
    sender: &Addr,
) -> Result<RegisteredDataset, ContractError> {
    let dataset = load(storage, id)?;
    if dataset.owner != sender.as_str() {
        let owner = dataset.owner;
        return Err(ContractError::NotOwner { id, owner });
    }
    Ok(dataset)
}

/// What no other contract reads of a dataset.
pub fn load_details(storage: &dyn Storage, id: DatasetId) -> Result<Details, ContractError> {
    let details = DETAILS.may_load(storage, id.0)?;
    details.ok_or(ContractError::UnknownDataset { id })
}

#[cfg(test)]
mod tests {
    use assay_protocol::messages::dataset_registry::registered_dataset;

    use super::*;

    /// Where everything begins that is kept under one name: an item's key, and a map's name
    /// with its length before it.
    fn prefixes() -> Vec<Vec<u8>> {
        let owner = Addr::unchecked("owner");
        let items = [LAST_ID.as_slice(), b"contract_info"].map(<[u8]>::to_vec);
        let maps = [
            registered_dataset(DatasetId(1)),
            DETAILS.key(1).to_vec(),
            OWNED.key((&owner, 1)).to_vec(),
            CHILDREN.key((1, 1)).to_vec(),
            SCHEMAS.key(1).to_vec(),
        ];
        let name = |key: Vec<u8>| key[..2 + usize::from(key[1])].to_vec();
        items.into_iter().chain(maps.map(name)).collect()
    }

    #[test]
    fn nothing_is_kept_where_something_else_could_be() {
        let prefixes = prefixes();
        for (i, one) in prefixes.iter().enumerate() {
            for (j, other) in prefixes.iter().enumerate() {
                assert!(i == j || !other.starts_with(one), "{one:?} {other:?}");
            }
        }
    }
}
