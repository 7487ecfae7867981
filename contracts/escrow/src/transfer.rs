//! Money out.

use assay_protocol::messages::denomination::Denomination;
use assay_protocol::messages::escrow::TokenMsg;
use assay_rows::{decode, encode};
use cosmwasm_std::{
    Api, BankMsg, Coin, CosmosMsg, DepsMut, Env, Event, Reply, Response, StdResult, SubMsg,
    SubMsgResult, WasmMsg, to_json_binary,
};

use crate::error::Error;
use crate::ledger::CREDITS;

/// Names the replies to transfers, the only ones there are.
const TRANSFER: u64 = 1;

/// SDK gas that a transfer may use, several times what the bank needs and enough for a cw20
/// token. A token runs its issuer's code when it moves; without a limit that code could
/// burn the gas of the whole settlement. What needs more can be withdrawn.
const TRANSFER_GAS: u64 = 500_000;

/// Sends coins to recipients: one transfer for each recipient and denomination, none for zero
/// amounts. A transfer that fails becomes a credit and stops nothing else.
///
/// # Errors
/// None: what is encoded can be.
pub fn send(payments: Vec<(&str, Coin)>) -> StdResult<Vec<SubMsg>> {
    let mut transfers: Vec<(&str, Coin)> = Vec::new();
    for (recipient, coin) in payments {
        let like = |t: &&mut (&str, Coin)| t.0 == recipient && t.1.denom == coin.denom;
        let sum = transfers.iter_mut().find(like).and_then(|(_, same)| {
            let sum = same.amount.checked_add(coin.amount).ok()?;
            Some((same, sum))
        });
        match sum {
            Some((same, sum)) => same.amount = sum,
            // Also if the sum is more than an amount can be, which only a token's own lies
            // or an issuer who burns what this contract holds can bring about.
            None if !coin.amount.is_zero() => transfers.push((recipient, coin)),
            None => {}
        }
    }
    transfers.into_iter().map(submessage).collect()
}

fn submessage((recipient, coin): (&str, Coin)) -> StdResult<SubMsg> {
    let payload = encode(&(recipient, &coin))?;
    Ok(
        SubMsg::reply_on_error(transfer(recipient.to_owned(), coin)?, TRANSFER)
            .with_payload(payload)
            .with_gas_limit(TRANSFER_GAS),
    )
}

/// The message that moves a coin: the bank's, or its token's.
fn transfer(recipient: String, coin: Coin) -> StdResult<CosmosMsg> {
    let Some(Denomination::Cw20(token)) = Denomination::parse(&coin.denom) else {
        let (to_address, amount) = (recipient, vec![coin]);
        return Ok(BankMsg::Send { to_address, amount }.into());
    };
    let amount = coin.amount;
    let message = WasmMsg::Execute {
        contract_addr: token.to_owned(),
        msg: to_json_binary(&TokenMsg::Transfer { recipient, amount })?,
        funds: vec![],
    };
    Ok(message.into())
}

/// Credits the recipient of a transfer that failed.
///
/// # Errors
/// [`Error::UnknownReply`].
pub fn credit(deps: DepsMut, reply: Reply) -> Result<Response, Error> {
    let (TRANSFER, SubMsgResult::Err(_)) = (reply.id, reply.result) else {
        return Err(Error::UnknownReply { id: reply.id });
    };
    let (recipient, coin): (String, Coin) = decode(&reply.payload)?;
    CREDITS.add(deps.storage, &recipient, &coin)?;
    let event = Event::new("assay-credit")
        .add_attribute("recipient", recipient)
        .add_attribute("amount", coin.to_string());
    Ok(Response::new().add_event(event))
}

/// The address that is named, or else `default`. It isn't this contract's own: what it paid
/// to itself, it would owe to nobody.
///
/// # Errors
/// [`Error::PaidToItself`]; [`Error::Std`] for what isn't an address.
pub fn named(
    api: &dyn Api,
    env: &Env,
    named: Option<String>,
    default: &str,
) -> Result<String, Error> {
    let address = match named {
        Some(named) => api.addr_validate(&named)?.into_string(),
        None => default.to_owned(),
    };
    if address == env.contract.address.as_str() {
        return Err(Error::PaidToItself);
    }
    Ok(address)
}

/// Pays what belongs to `owner` to `to`, or else to itself, in answer to `message`. The
/// transfer is a plain message: if it fails, the whole transaction fails with its reason, and
/// what belongs to the owner stays.
///
/// # Errors
/// [`Error::PaidToItself`]; [`Error::Std`] for a malformed address.
pub fn pay_out(
    api: &dyn Api,
    env: &Env,
    message: &str,
    owner: String,
    to: Option<String>,
    coin: Coin,
) -> Result<Response, Error> {
    let recipient = named(api, env, to, &owner)?;
    let event = Event::new(format!("assay-{message}"))
        .add_attribute("owner", owner)
        .add_attribute("recipient", &recipient)
        .add_attribute("amount", coin.to_string());
    Ok(Response::new()
        .add_event(event)
        .add_message(transfer(recipient, coin)?))
}
