//! Identifiers, given out in order.

use core::ops::RangeInclusive;

use cosmwasm_std::{StdResult, Storage};
use cw_storage_plus::Item;

use crate::error::Error;

/// Ids of one kind, given out in order from 1.
pub struct Ids {
    last: Item<u64>,
    of: &'static str,
}

impl Ids {
    /// The ids of things of this name, the last of which is kept under this key.
    pub const fn new(key: &'static str, of: &'static str) -> Self {
        let last = Item::new(key);
        Self { last, of }
    }

    /// The ids that were given out after this one, or all of them.
    ///
    /// # Errors
    /// None where only [`Self::next`] writes.
    pub fn after(&self, storage: &dyn Storage, id: Option<u64>) -> StdResult<RangeInclusive<u64>> {
        let first = id.unwrap_or(0).saturating_add(1);
        Ok(first..=self.last.may_load(storage)?.unwrap_or(0))
    }

    /// The next id.
    ///
    /// # Errors
    /// [`Error::IdsExhausted`].
    pub fn next(&self, storage: &mut dyn Storage) -> Result<u64, Error> {
        let last = self.last.may_load(storage)?.unwrap_or(0);
        let id = last.checked_add(1);
        let id = id.ok_or(Error::IdsExhausted { of: self.of })?;
        self.last.save(storage, &id)?;
        Ok(id)
    }
}
