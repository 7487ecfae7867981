//! Deposits in and out. Whoever frees the chain's storage gets them.

use assay_protocol::messages::denomination::Denomination;
use cosmwasm_std::{Addr, BankMsg, Coin, Event, MessageInfo, Response, StdError, Uint256};
use cw_utils::nonpayable;

use crate::error::ContractError;

/// Checks that a deposit is of something that the bank can send.
pub fn check(deposit: &Coin) -> Result<(), ContractError> {
    if Denomination::parse(&deposit.denom) != Some(Denomination::Native) {
        let denom = deposit.denom.chars().take(40).collect();
        return Err(ContractError::Denomination { denom });
    }
    if deposit.amount.is_zero() {
        return Err(ContractError::NoDeposit);
    }
    Ok(())
}

/// Checks that the funds are exactly the deposit of so many chunks.
pub fn expect(
    info: &MessageInfo,
    deposit: Option<&Coin>,
    chunks: u32,
) -> Result<(), ContractError> {
    let Some(deposit) = deposit else {
        return Ok(nonpayable(info)?);
    };
    let expected = of_chunks(deposit, chunks.into())?;
    if info.funds == [expected.clone()] {
        return Ok(());
    }
    let sent: Vec<String> = info.funds.iter().map(Coin::to_string).collect();
    Err(ContractError::WrongFunds {
        expected: expected.to_string(),
        sent: sent.join(","),
    })
}

/// The event with the deposit that came with the message, if one did.
pub fn describe(event: Event, funds: &[Coin]) -> Event {
    match funds {
        [deposit] => event.add_attribute("deposit", deposit.to_string()),
        _ => event,
    }
}

/// The response with this event that pays the deposit of so many chunks to the sender. A
/// transfer that fails undoes the sender's own message and nobody else's.
pub fn pay(
    event: Event,
    sender: Addr,
    deposit: Option<&Coin>,
    chunks: u64,
) -> Result<Response, ContractError> {
    let Some(deposit) = deposit.filter(|_| chunks > 0) else {
        return Ok(Response::new().add_event(event));
    };
    let paid = of_chunks(deposit, chunks)?;
    let event = event.add_attribute("paid", paid.to_string());
    let transfer = BankMsg::Send {
        to_address: sender.into_string(),
        amount: vec![paid],
    };
    Ok(Response::new().add_event(event).add_message(transfer))
}

fn of_chunks(deposit: &Coin, chunks: u64) -> Result<Coin, ContractError> {
    let amount = deposit.amount.checked_mul(Uint256::from(chunks));
    Ok(Coin::new(
        amount.map_err(StdError::from)?,
        deposit.denom.clone(),
    ))
}
