//! What may be agreed to be paid.

use assay_protocol::messages::denomination::Denomination;
use cosmwasm_std::{Api, Coin};

use crate::error::Error;

/// Checks that what is to be paid is something.
///
/// # Errors
/// [`Error::ZeroAmount`].
pub fn check_amount(name: &'static str, coin: &Coin) -> Result<(), Error> {
    if coin.amount.is_zero() {
        let coin = coin.clone();
        return Err(Error::ZeroAmount { name, coin });
    }
    Ok(())
}

/// Checks that a denomination can be one, and is the only name of a token: the bank checks
/// only coins that move.
///
/// # Errors
/// [`Error::Denomination`].
pub fn check_denomination(api: &dyn Api, name: &'static str, denom: &str) -> Result<(), Error> {
    let is_denomination = match Denomination::parse(denom) {
        Some(Denomination::Native) => true,
        Some(Denomination::Cw20(token)) => api
            .addr_validate(token)
            .is_ok_and(|address| address.as_str() == token),
        None => false,
    };
    if is_denomination {
        return Ok(());
    }
    let denom = denom.chars().take(80).collect();
    Err(Error::Denomination { name, denom })
}
