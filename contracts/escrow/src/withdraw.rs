//! Collecting what couldn't be sent.

use cosmwasm_std::{Coin, DepsMut, Env, MessageInfo, Response, Uint256};

use super::pay_out;
use crate::error::ContractError;
use crate::state::CREDITS;

/// Sends `owner`, or else the sender, its credit in `denom`. Anyone may ask, so that a
/// contract that can't ask for itself isn't locked out; only the owner may have it sent to
/// another address, so that nobody who can't receive is locked out either.
pub fn withdraw(
    deps: DepsMut,
    env: &Env,
    info: MessageInfo,
    denom: String,
    owner: Option<String>,
    to: Option<String>,
) -> Result<Response, ContractError> {
    let sender = info.sender.into_string();
    let owner = owner.unwrap_or_else(|| sender.clone());
    if to.is_some() && sender != owner {
        return Err(ContractError::NotCreditor { owner, sender });
    }
    let amount = CREDITS.amount(deps.storage, &owner, &denom)?;
    if amount.is_zero() {
        let address = owner;
        return Err(ContractError::NoCredit { address, denom });
    }
    CREDITS.set(deps.storage, &owner, &denom, Uint256::zero())?;
    pay_out(deps.api, env, "withdraw", owner, to, Coin { denom, amount })
}
