//! Money in.

use assay_protocol::messages::Message;
use assay_protocol::messages::denomination::{CW20_PREFIX, Denomination};
use assay_protocol::messages::escrow::Receive;
use cosmwasm_std::{Api, Coin, MessageInfo, from_json};
use cw_utils::nonpayable;
use serde::de::DeserializeOwned;

use crate::error::Error;

/// What came with a message that takes funds, and from whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// Who sent the message.
    pub payer: String,
    /// What it sent, each denomination once.
    pub funds: Vec<Coin>,
}

impl Payment {
    /// The native coins sent along with a message.
    ///
    /// # Errors
    /// [`Error::FalseToken`].
    pub fn sent(info: MessageInfo) -> Result<Self, Error> {
        let is_token = |coin: &&Coin| {
            matches!(
                Denomination::parse(&coin.denom),
                Some(Denomination::Cw20(_))
            )
        };
        if let Some(coin) = info.funds.iter().find(is_token) {
            let denom = coin.denom.clone();
            return Err(Error::FalseToken { denom });
        }
        Ok(Self {
            payer: info.sender.into(),
            funds: info.funds,
        })
    }

    /// The cw20 tokens that their contract, the sender of the message, says to have come for
    /// this contract, and the message that they pay for.
    ///
    /// # Errors
    /// [`Error::Payment`] for native funds, [`Error::ZeroAmount`]; [`Error::Std`] for a
    /// message that can't be read, or a payer that isn't an address.
    pub fn received<T: DeserializeOwned>(
        api: &dyn Api,
        info: MessageInfo,
        receive: Receive,
    ) -> Result<(Self, T), Error> {
        let token = unpaid(info)?;
        let coin = Coin::new(receive.amount, format!("{CW20_PREFIX}{token}"));
        crate::check_amount("payment", &coin)?;
        let payment = Self {
            payer: api.addr_validate(&receive.sender)?.into(),
            funds: vec![coin],
        };
        let Message(message) = from_json(receive.msg)?;
        Ok((payment, message))
    }

    /// Checks that the funds are exactly these coins, of different denominations; those of a
    /// zero amount aren't sent.
    ///
    /// # Errors
    /// [`Error::WrongFunds`].
    pub fn expect(&self, expected: &[Coin]) -> Result<(), Error> {
        let some = expected.iter().filter(|coin| !coin.amount.is_zero());
        let is_exact = some.clone().count() == self.funds.len()
            && some.clone().all(|coin| self.funds.contains(coin));
        if is_exact {
            return Ok(());
        }
        let expected: Vec<Coin> = some.cloned().collect();
        Err(self.wrong(listed(&expected)))
    }

    /// The funds where they are one coin of this denomination.
    ///
    /// # Errors
    /// [`Error::WrongFunds`].
    pub fn single(&self, denom: &str) -> Result<&Coin, Error> {
        match self.funds.as_slice() {
            [coin] if coin.denom == denom && !coin.amount.is_zero() => Ok(coin),
            _ => Err(self.wrong(format!("some {denom}"))),
        }
    }

    fn wrong(&self, expected: String) -> Error {
        let sent = listed(&self.funds);
        Error::WrongFunds { expected, sent }
    }
}

/// The sender of a message that takes no funds.
///
/// # Errors
/// [`Error::Payment`].
pub fn unpaid(info: MessageInfo) -> Result<String, Error> {
    nonpayable(&info)?;
    Ok(info.sender.into())
}

/// Coins in one line.
pub fn listed(coins: &[Coin]) -> String {
    let coins: Vec<String> = coins.iter().map(Coin::to_string).collect();
    match coins.as_slice() {
        [] => "nothing".into(),
        coins => coins.join(","),
    }
}
