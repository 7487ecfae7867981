//! Money in and money out.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{
    BankMsg, Coin, DepsMut, MessageInfo, Reply, Response, StdError, SubMsg, SubMsgResult,
    from_json, to_json_binary,
};

use crate::error::ContractError;
use crate::state::CREDITS;

/// Names the replies to transfers, the only ones there are.
const TRANSFER: u64 = 1;

/// SDK gas that a transfer may use, several times what the bank needs. A token
/// can run its issuer's code when it moves; without a limit that code could
/// burn the gas of the whole settlement.
const TRANSFER_GAS: u64 = 500_000;

/// A transfer that is under way, for the reply if it fails.
#[cw_serde]
struct Transfer {
    recipient: String,
    coin: Coin,
}

/// Checks that the funds are exactly `expected`: one coin, or none for a zero amount.
pub fn expect_funds(info: &MessageInfo, expected: &Coin) -> Result<(), ContractError> {
    let is_exact = match info.funds.as_slice() {
        [] => expected.amount.is_zero(),
        [coin] => coin == expected,
        _ => false,
    };
    if is_exact {
        return Ok(());
    }
    Err(ContractError::WrongFunds {
        expected: expected.to_string(),
        sent: listed(&info.funds),
    })
}

/// Coins in one line.
pub fn listed(coins: &[Coin]) -> String {
    let coins: Vec<String> = coins.iter().map(Coin::to_string).collect();
    coins.join(",")
}

/// Sends `coins` to `recipient`: one transfer for each denomination, none for
/// zero amounts. A transfer that fails becomes a credit and stops nothing else.
pub fn send(recipient: &str, coins: Vec<Coin>) -> Result<Vec<SubMsg>, ContractError> {
    let mut total: Vec<Coin> = Vec::new();
    for coin in coins {
        match total.iter_mut().find(|sum| sum.denom == coin.denom) {
            // Overflows only for a token whose issuer burns what this contract holds.
            Some(sum) => {
                sum.amount = sum
                    .amount
                    .checked_add(coin.amount)
                    .map_err(StdError::from)?
            }
            None => total.push(coin),
        }
    }
    let some = total.into_iter().filter(|coin| !coin.amount.is_zero());
    some.map(|coin| submessage(recipient.to_owned(), coin))
        .collect()
}

fn submessage(recipient: String, coin: Coin) -> Result<SubMsg, ContractError> {
    let message = BankMsg::Send {
        to_address: recipient.clone(),
        amount: vec![coin.clone()],
    };
    let payload = to_json_binary(&Transfer { recipient, coin })?;
    Ok(SubMsg::reply_on_error(message, TRANSFER)
        .with_payload(payload)
        .with_gas_limit(TRANSFER_GAS))
}

/// Credits the recipient of a transfer that failed.
pub fn credit(deps: DepsMut, reply: Reply) -> Result<Response, ContractError> {
    let (TRANSFER, SubMsgResult::Err(_)) = (reply.id, reply.result) else {
        return Err(ContractError::UnknownReply { id: reply.id });
    };
    let Transfer { recipient, coin } = from_json(reply.payload)?;
    CREDITS.add(deps.storage, &recipient, &coin)?;
    Ok(Response::new()
        .add_attribute("action", "credit")
        .add_attribute("recipient", &recipient)
        .add_attribute("amount", coin.to_string()))
}

/// Checks that what is to be paid is something.
pub fn check_amount(name: &'static str, coin: &Coin) -> Result<(), ContractError> {
    if coin.amount.is_zero() {
        let coin = coin.clone();
        return Err(ContractError::ZeroAmount { name, coin });
    }
    Ok(())
}

/// The Cosmos SDK's rule for denominations, as the bank checks only those that move.
pub fn check_denomination(name: &'static str, denom: &str) -> Result<(), ContractError> {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || "/:._-".contains(c);
    let is_denomination = (3..=128).contains(&denom.len())
        && denom.starts_with(|c: char| c.is_ascii_alphabetic())
        && denom.chars().all(is_allowed);
    if is_denomination {
        return Ok(());
    }
    let denom = denom.chars().take(40).collect();
    Err(ContractError::Denomination { name, denom })
}
