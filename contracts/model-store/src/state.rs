//! What was fixed at instantiation, and the last id.

use assay_protocol::messages::Trusted;
use assay_protocol::messages::model_store::InstantiateMsg;
use assay_protocol::messages::time::Window;
use assay_rows::{decode, encode};
use cosmwasm_std::{Coin, StdResult, Storage};
use cw_storage_plus::Item;
use serde::{Deserialize, Serialize};

/// The key of the [`Config`].
const CONFIG: &[u8] = b"config";

/// The key of [`Keeping`], apart from [`CONFIG`]: messages about blobs read no more than they
/// need.
const KEEPING: &[u8] = b"keeping";

/// The last blob's id; ids start from 1.
pub const LAST_ID: Item<u64> = Item::new("last_id");

/// What provenance is checked against.
#[derive(Serialize, Deserialize)]
pub struct Config {
    /// Where the keys are.
    pub circuit_registry: Trusted,
    /// Where the datasets' commitments are.
    pub dataset_registry: Trusted,
    /// Whether keys may be used that one party made alone.
    pub allow_development_keys: bool,
}

impl Config {
    /// Writes it, once.
    pub fn save(&self, storage: &mut dyn Storage) -> StdResult<()> {
        storage.set(CONFIG, &encode(self)?);
        Ok(())
    }

    /// What this store checks provenance against.
    pub fn load(storage: &dyn Storage) -> StdResult<Self> {
        decode(&storage.get(CONFIG).unwrap_or_default())
    }
}

/// How blobs are kept.
#[derive(Serialize, Deserialize)]
pub struct Keeping {
    /// What is deposited for each chunk.
    pub deposit: Option<Coin>,
    /// How long an upload may go without progress.
    pub upload_window: Window,
    /// How long a pin can't be released.
    pub hold: Window,
}

impl Keeping {
    /// Writes it, once.
    pub fn save(&self, storage: &mut dyn Storage) -> StdResult<()> {
        storage.set(KEEPING, &encode(self)?);
        Ok(())
    }

    /// How this store keeps blobs.
    pub fn load(storage: &dyn Storage) -> StdResult<Self> {
        decode(&storage.get(KEEPING).unwrap_or_default())
    }
}

/// What was fixed at instantiation.
pub fn load_config(storage: &dyn Storage) -> StdResult<InstantiateMsg> {
    let config = Config::load(storage)?;
    let keeping = Keeping::load(storage)?;
    Ok(InstantiateMsg {
        circuit_registry: config.circuit_registry,
        dataset_registry: config.dataset_registry,
        allow_development_keys: config.allow_development_keys,
        deposit: keeping.deposit,
        upload_window: keeping.upload_window,
        hold: keeping.hold,
    })
}

#[cfg(test)]
mod tests {
    use assay_protocol::Scalar;
    use assay_protocol::id::{BlobId, ModelId};
    use assay_protocol::messages::model_store::{
        chunk_key, evaluation_key, hashed_blob_key, pin_key, registered_model, root_key,
    };

    use super::*;
    use crate::{blob, chunk, evaluation, model, name};

    /// Where everything begins that is kept under one name: an item's key, and a map's name
    /// with its length before it.
    fn prefixes() -> Vec<Vec<u8>> {
        let id = BlobId(1);
        let mut maps = vec![
            blob::BLOBS.key(1),
            chunk_key(id, 1),
            chunk::DIGESTS.key((1, 1)).to_vec(),
            root_key(id),
            hashed_blob_key(id),
            name::NAMED.key(&[1; 33]).to_vec(),
            pin_key(id, "holder"),
            evaluation_key(id, &Scalar::one()),
            evaluation::PARTLY.key((1, &[1; 32])).to_vec(),
            registered_model(ModelId(1)),
        ];
        maps.extend(model::keys(1));
        let items = [
            CONFIG.to_vec(),
            KEEPING.to_vec(),
            LAST_ID.as_slice().to_vec(),
            model::LAST_ID.as_slice().to_vec(),
            b"contract_info".to_vec(),
        ];
        let name = |key: Vec<u8>| key[..2 + usize::from(key[1])].to_vec();
        let maps = maps.into_iter().map(name);
        items.into_iter().chain(maps).collect()
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
