//! Collecting what couldn't be sent.

use cosmwasm_std::{Coin, DepsMut, Env, Response, Uint256};

use crate::error::Error;
use crate::ledger::CREDITS;
use crate::transfer::pay_out;

/// Sends `owner`, or else the sender, its credit in `denom`. Anyone may ask, so that a
/// contract that can't ask for itself isn't locked out; only the owner may have it sent to
/// another address, so that nobody who can't receive is locked out either.
///
/// # Errors
/// [`Error::NotCreditor`], [`Error::NoCredit`], [`Error::PaidToItself`].
pub fn withdraw(
    deps: DepsMut,
    env: &Env,
    sender: String,
    denom: String,
    owner: Option<String>,
    to: Option<String>,
) -> Result<Response, Error> {
    let owner = owner.unwrap_or_else(|| sender.clone());
    if to.is_some() && sender != owner {
        return Err(Error::NotCreditor { owner, sender });
    }
    let amount = CREDITS.amount(deps.storage, &owner, &denom)?;
    if amount.is_zero() {
        let address = owner;
        return Err(Error::NoCredit { address, denom });
    }
    CREDITS.set(deps.storage, &owner, &denom, Uint256::zero())?;
    pay_out(deps.api, env, "withdraw", owner, to, Coin { denom, amount })
}
