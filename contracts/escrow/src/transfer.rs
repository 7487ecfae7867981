//! Money in and money out.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{
    BankMsg, Coin, Coins, DepsMut, MessageInfo, Reply, Response, SubMsg, SubMsgResult, Uint256,
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
    let sent: Vec<String> = info.funds.iter().map(Coin::to_string).collect();
    Err(ContractError::WrongFunds {
        expected: expected.to_string(),
        sent: sent.join(","),
    })
}

/// Sends `coins` to `recipient`: one transfer for each denomination, none for
/// zero amounts. A transfer that fails becomes a credit and stops nothing else.
pub fn send<const N: usize>(
    recipient: &str,
    coins: [Coin; N],
) -> Result<Vec<SubMsg>, ContractError> {
    let mut total = Coins::default();
    for coin in coins {
        // Overflows only for a token whose issuer burns what this contract holds.
        total.add(coin)?;
    }
    total
        .into_iter()
        .map(|coin| submessage(recipient.to_owned(), coin))
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
    let key = (recipient.as_str(), coin.denom.as_str());
    let owed = CREDITS.may_load(deps.storage, key)?.unwrap_or_default();
    // Can't saturate: the bank holds every credited amount for this contract.
    CREDITS.save(deps.storage, key, &owed.saturating_add(coin.amount))?;
    Ok(Response::new()
        .add_attribute("action", "credit")
        .add_attribute("recipient", &recipient)
        .add_attribute("amount", coin.to_string()))
}

/// Takes everything that `recipient` is owed in `denom`.
pub fn take_credit(deps: DepsMut, recipient: &str, denom: String) -> Result<Coin, ContractError> {
    let key = (recipient, denom.as_str());
    let amount: Option<Uint256> = CREDITS.may_load(deps.storage, key)?;
    CREDITS.remove(deps.storage, key);
    match amount {
        Some(amount) => Ok(Coin { denom, amount }),
        None => Err(ContractError::NoCredit {
            address: recipient.to_owned(),
            denom,
        }),
    }
}
