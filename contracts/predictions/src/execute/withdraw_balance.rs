//! Taking back what was prepaid.

use cosmwasm_std::{Coin, DepsMut, Env, MessageInfo, Response, Uint256};

use super::pay_out;
use crate::error::ContractError;
use crate::state::BALANCES;
use crate::transfer::check_amount;

/// Sends the sender, or the address that it names, `amount` or everything of its prepaid
/// balance in `denom`.
pub fn withdraw_balance(
    deps: DepsMut,
    env: &Env,
    info: MessageInfo,
    denom: String,
    amount: Option<Uint256>,
    to: Option<String>,
) -> Result<Response, ContractError> {
    let owner = info.sender.into_string();
    let amount = match amount {
        Some(amount) => amount,
        None => BALANCES.amount(deps.storage, &owner, &denom)?,
    };
    let coin = Coin { denom, amount };
    check_amount("withdrawal", &coin)?;
    BALANCES.take(deps.storage, &owner, &coin)?;
    pay_out(deps.api, env, "withdraw_balance", owner, to, coin)
}
