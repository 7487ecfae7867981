//! Messages that are paid for.

use assay_client::Message;
use assay_protocol::messages::denomination::CW20_PREFIX;
use assay_protocol::messages::escrow::TokenMsg;
use cosmwasm_std::{Coin, Uint128, Uint256, to_json_binary};
use serde::Serialize;

use crate::Error;

/// Executes `msg` at `contract` with `funds`: native coins are sent along; a cw20 token is sent
/// by the token's own contract, with the message inside.
///
/// # Errors
/// [`Error::Mismatch`] for a token beside another denomination, which no message can pay.
pub fn paid(contract: &str, msg: &impl Serialize, funds: &[Coin]) -> Result<Message, Error> {
    let funds: Vec<Coin> = merged(funds)?;
    let token = funds
        .iter()
        .find(|coin| coin.denom.starts_with(CW20_PREFIX));
    let Some(coin) = token else {
        return Ok(Message::execute(contract, msg, &funds)?);
    };
    if funds.len() > 1 {
        return Err(Error::Mismatch(format!(
            "{} can't be paid together with another denomination: use one for all of it",
            coin.denom
        )));
    }
    let send = TokenMsg::Send {
        contract: contract.into(),
        amount: Uint128::try_from(coin.amount).map_err(too_much)?,
        msg: to_json_binary(msg).map_err(|error| Error::Mismatch(error.to_string()))?,
    };
    let token = coin.denom.trim_start_matches(CW20_PREFIX);
    Ok(Message::execute(token, &send, &[])?)
}

/// What the bank's denominations begin with that an account made, and to whose transfers some
/// chains let it attach code of its own.
const FACTORY_PREFIX: &str = "factory/";

/// Gas that contracts let a transfer use. A chain holds it to that only where more is left:
/// without it, a denomination whose issuer's code burns gas fails the whole transaction instead
/// of its own transfer.
const TRANSFER_GAS: u64 = 500_000;
/// Gas of what follows a transfer that failed: a credit.
const CREDIT_GAS: u64 = 100_000;

/// Gas to be left for the transfers of these coins, where they run their issuer's code.
pub fn transfer_reserve<'a>(coins: impl IntoIterator<Item = &'a Coin>) -> u64 {
    let runs_code = |coin: &&Coin| {
        let prefixes = [CW20_PREFIX, FACTORY_PREFIX];
        prefixes.iter().any(|prefix| coin.denom.starts_with(prefix))
    };
    match coins.into_iter().filter(runs_code).count() as u64 {
        0 => 0,
        coins => (coins + 1) * TRANSFER_GAS + coins * CREDIT_GAS,
    }
}

/// So many times a coin.
///
/// # Errors
/// [`Error::Mismatch`] for more than an amount can be.
pub fn times(coin: &Coin, count: u32) -> Result<Coin, Error> {
    let amount = coin.amount.checked_mul(Uint256::from(count));
    Ok(Coin {
        denom: coin.denom.clone(),
        amount: amount.map_err(too_much)?,
    })
}

/// One coin for each denomination, none of nothing.
fn merged(funds: &[Coin]) -> Result<Vec<Coin>, Error> {
    let mut merged: Vec<Coin> = Vec::new();
    for coin in funds.iter().filter(|coin| !coin.amount.is_zero()) {
        match merged.iter_mut().find(|sum| sum.denom == coin.denom) {
            Some(sum) => {
                sum.amount = sum.amount.checked_add(coin.amount).map_err(too_much)?;
            }
            None => merged.push(coin.clone()),
        }
    }
    Ok(merged)
}

fn too_much(_: impl std::error::Error) -> Error {
    Error::Mismatch("that is more than any amount can be".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gas_is_left_for_every_transfer_that_runs_code() {
        let coins = |denoms: &[&str]| -> Vec<Coin> {
            denoms
                .iter()
                .map(|&denom| Coin::new(1u128, denom))
                .collect()
        };
        let reserve = |denoms: &[&str]| transfer_reserve(&coins(denoms));
        assert_eq!(
            reserve(&["token", "ibc/27394FB092D2ECCD56123C74F36E4C1F"]),
            0
        );
        assert_eq!(reserve(&["token", "cw20:wasm1x"]), 1_100_000);
        assert_eq!(reserve(&["factory/wasm1x/coin", "token"]), 1_100_000);
        assert_eq!(reserve(&["factory/wasm1x/coin", "cw20:wasm1x"]), 1_700_000);
    }
}
