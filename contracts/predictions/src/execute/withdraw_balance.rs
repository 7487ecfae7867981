//! Taking back what was prepaid.

use assay_escrow::{check_amount, pay_out};
use cosmwasm_std::{Coin, DepsMut, Env, Response, Uint256};

use crate::error::ContractError;
use crate::state::BALANCES;

/// Sends the sender, or the address that it names, `amount` or everything of its prepaid
/// balance in `denom`.
pub fn withdraw_balance(
    deps: DepsMut,
    env: &Env,
    owner: String,
    denom: String,
    amount: Option<Uint256>,
    to: Option<String>,
) -> Result<Response, ContractError> {
    let amount = match amount {
        Some(amount) => amount,
        None => BALANCES.amount(deps.storage, &owner, &denom)?,
    };
    let coin = Coin { denom, amount };
    check_amount("withdrawal", &coin)?;
    BALANCES.take(deps.storage, &owner, &coin)?;
    Ok(pay_out(deps.api, env, "withdraw-balance", owner, to, coin)?)
}
