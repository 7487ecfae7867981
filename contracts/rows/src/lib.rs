//! What a contract alone reads and writes, in postcard's encoding.
#![forbid(unsafe_code)]
#![deny(clippy::float_arithmetic)]

use core::marker::PhantomData;

use cosmwasm_std::{Empty, StdError, StdResult, Storage};
use cw_storage_plus::{Map, PrimaryKey};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A map whose values are in postcard's encoding: fewer bytes to pay for than JSON, and a
/// fraction of the code. No other contract reads them, and contracts that keep them are never migrated.
pub struct Rows<K, T> {
    keys: Map<K, Empty>,
    values: PhantomData<T>,
}

impl<'a, K: PrimaryKey<'a>, T: Serialize + DeserializeOwned> Rows<K, T> {
    /// The rows under this namespace.
    pub const fn new(namespace: &'static str) -> Self {
        Self {
            keys: Map::new(namespace),
            values: PhantomData,
        }
    }

    /// The storage key of a row.
    pub fn key(&self, key: K) -> Vec<u8> {
        self.keys.key(key).to_vec()
    }

    /// The row under this key, if there is one.
    ///
    /// # Errors
    /// None where only [`Self::save`] writes.
    pub fn may_load(&self, storage: &dyn Storage, key: K) -> StdResult<Option<T>> {
        let bytes = storage.get(&self.key(key));
        bytes.map(|bytes| decode(&bytes)).transpose()
    }

    /// Writes the row under this key.
    ///
    /// # Errors
    /// None for types that postcard knows.
    pub fn save(&self, storage: &mut dyn Storage, key: K, row: &T) -> StdResult<()> {
        storage.set(&self.key(key), &encode(row)?);
        Ok(())
    }

    /// Deletes the row under this key.
    pub fn remove(&self, storage: &mut dyn Storage, key: K) {
        storage.remove(&self.key(key));
    }
}

/// In postcard's encoding.
///
/// # Errors
/// None for types that postcard knows.
pub fn encode(value: &impl Serialize) -> StdResult<Vec<u8>> {
    postcard::to_allocvec(value).map_err(StdError::msg)
}

/// From postcard's encoding.
///
/// # Errors
/// If it isn't what [`encode`] writes.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> StdResult<T> {
    postcard::from_bytes(bytes).map_err(StdError::msg)
}
