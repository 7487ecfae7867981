//! Who has how much of what.

use assay_protocol::messages::page;
use cosmwasm_std::{Coin, Order, StdResult, Storage, Uint256};
use cw_storage_plus::{Bound, Map};

use crate::error::Error;

/// Amounts by owner and denomination. An owner without any has no entry.
pub struct Ledger(Map<(&'static str, &'static str), Uint256>);

/// What couldn't be sent: anyone can have it paid to its owner.
pub const CREDITS: Ledger = Ledger::new("credit");

impl Ledger {
    /// The amounts that are kept under this name.
    pub const fn new(namespace: &'static str) -> Self {
        Self(Map::new(namespace))
    }

    /// What `owner` has.
    ///
    /// # Errors
    /// None where only a ledger writes.
    pub fn amount(&self, storage: &dyn Storage, owner: &str, denom: &str) -> StdResult<Uint256> {
        Ok(self
            .0
            .may_load(storage, (owner, denom))?
            .unwrap_or_default())
    }

    /// Sets what `owner` has.
    ///
    /// # Errors
    /// None: an amount can be encoded.
    pub fn set(
        &self,
        storage: &mut dyn Storage,
        owner: &str,
        denom: &str,
        amount: Uint256,
    ) -> StdResult<()> {
        if amount.is_zero() {
            self.0.remove(storage, (owner, denom));
            return Ok(());
        }
        self.0.save(storage, (owner, denom), &amount)
    }

    /// Adds a coin to what `owner` has.
    ///
    /// # Errors
    /// None where only a ledger writes.
    pub fn add(&self, storage: &mut dyn Storage, owner: &str, coin: &Coin) -> StdResult<()> {
        let had = self.amount(storage, owner, &coin.denom)?;
        // Saturates only for a token that lies about its amounts, or whose issuer burns what
        // this contract holds, and must not fail for it: that would stop other tokens.
        let has = had.saturating_add(coin.amount);
        self.set(storage, owner, &coin.denom, has)
    }

    /// Takes a coin from what `owner` has.
    ///
    /// # Errors
    /// [`Error::Balance`].
    pub fn take(&self, storage: &mut dyn Storage, owner: &str, coin: &Coin) -> Result<(), Error> {
        let has = self.amount(storage, owner, &coin.denom)?;
        let rest = has.checked_sub(coin.amount);
        let rest = rest.map_err(|_| Error::Balance {
            owner: owner.to_owned(),
            has,
            needed: coin.clone(),
        })?;
        Ok(self.set(storage, owner, &coin.denom, rest)?)
    }

    /// A page of what `owner` has, and the cursor of the next.
    ///
    /// # Errors
    /// None where only a ledger writes.
    pub fn page(
        &self,
        storage: &dyn Storage,
        owner: &str,
        start_after: Option<&str>,
        limit: Option<u32>,
    ) -> StdResult<(Vec<Coin>, Option<String>)> {
        let start = start_after.map(Bound::exclusive);
        let entries = self
            .0
            .prefix(owner)
            .range(storage, start, None, Order::Ascending)
            .map(|entry| entry.map(|(denom, amount)| Coin { denom, amount }));
        page(entries, limit, |last| last.denom.clone())
    }
}
