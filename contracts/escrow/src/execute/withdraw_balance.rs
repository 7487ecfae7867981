//! Taking back what was prepaid.

use cosmwasm_std::{BankMsg, Coin, DepsMut, MessageInfo, Response, Uint256};

use crate::error::ContractError;
use crate::state::BALANCES;
use crate::transfer::check_amount;

/// Sends the sender `amount`, or everything, of its prepaid balance in `denom`. The
/// transfer is a plain message: if the bank refuses, the whole transaction fails with the
/// bank's reason and the balance stays.
pub fn withdraw_balance(
    deps: DepsMut,
    info: MessageInfo,
    denom: String,
    amount: Option<Uint256>,
) -> Result<Response, ContractError> {
    let owner = info.sender.into_string();
    let amount = match amount {
        Some(amount) => amount,
        None => BALANCES.amount(deps.storage, &owner, &denom)?,
    };
    let coin = Coin { denom, amount };
    check_amount("withdrawal", &coin)?;
    BALANCES.take(deps.storage, &owner, &coin)?;
    Ok(Response::new()
        .add_attribute("action", "withdraw_balance")
        .add_attribute("owner", &owner)
        .add_attribute("amount", coin.to_string())
        .add_message(BankMsg::Send {
            to_address: owner,
            amount: vec![coin],
        }))
}
