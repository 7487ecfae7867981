//! Collecting what couldn't be sent.

use cosmwasm_std::{BankMsg, Coin, DepsMut, MessageInfo, Response, Uint256};

use crate::error::ContractError;
use crate::state::CREDITS;

/// Sends `owner`, or else the sender, its credit in `denom`. Anyone may ask, so that a
/// contract that can't ask for itself isn't locked out. The transfer is a plain message: if
/// the bank refuses again, the whole transaction fails with the bank's reason
/// and the credit stays.
pub fn withdraw(
    deps: DepsMut,
    info: MessageInfo,
    denom: String,
    owner: Option<String>,
) -> Result<Response, ContractError> {
    let recipient = owner.unwrap_or(info.sender.into_string());
    let amount = CREDITS.amount(deps.storage, &recipient, &denom)?;
    if amount.is_zero() {
        let address = recipient;
        return Err(ContractError::NoCredit { address, denom });
    }
    CREDITS.set(deps.storage, &recipient, &denom, Uint256::zero())?;
    let coin = Coin { denom, amount };
    Ok(Response::new()
        .add_attribute("action", "withdraw")
        .add_attribute("recipient", &recipient)
        .add_attribute("amount", coin.to_string())
        .add_message(BankMsg::Send {
            to_address: recipient,
            amount: vec![coin],
        }))
}
