//! Which chain, and how it is reached and paid.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Deserializer};

use crate::Error;

/// A chain, the nodes that answer for it, and what gas costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Network {
    /// The chain's id.
    pub chain_id: String,
    /// RPC addresses of nodes. The first that answers is used, until it doesn't.
    pub endpoints: Vec<String>,
    /// What a unit of gas costs.
    pub gas_price: GasPrice,
    /// The most gas that a transaction is signed for: how much one needs is said by a node and
    /// by the contracts that it calls, some of them strangers', and it is paid for whether it
    /// is used or not.
    pub max_gas: u64,
    /// What addresses begin with.
    pub address_prefix: String,
}

/// The most gas that a transaction is signed for, where nothing else is said: several times
/// what the largest of ours needs.
pub const MAX_GAS: u64 = 50_000_000;

/// What a unit of gas costs: `0.025stake`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GasPrice {
    amount: Decimal,
    denom: String,
}

impl GasPrice {
    /// The denomination.
    pub fn denom(&self) -> &str {
        &self.denom
    }

    /// What `gas` costs, rounded up.
    ///
    /// # Errors
    /// [`Error::GasPrice`] if it is more than an amount can be.
    pub fn fee(&self, gas: u64) -> Result<u128, Error> {
        self.amount
            .checked_mul(Decimal::from(gas))
            .and_then(|fee| fee.ceil().to_u128())
            .ok_or_else(|| Error::GasPrice(self.to_string()))
    }
}

impl fmt::Display for GasPrice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.amount, self.denom)
    }
}

impl FromStr for GasPrice {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let refused = || Error::GasPrice(text.into());
        let at = text
            .find(|c: char| c.is_ascii_alphabetic())
            .ok_or_else(refused)?;
        let (amount, denom) = text.split_at(at);
        let amount = Decimal::from_str_exact(amount).map_err(|_| refused())?;
        // The SDK's denominations have three characters at least.
        if amount.is_sign_negative() || denom.len() < 3 {
            return Err(refused());
        }
        let denom = denom.to_owned();
        Ok(Self { amount, denom })
    }
}

impl<'de> Deserialize<'de> for GasPrice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn fees_are_rounded_up() {
        let price: GasPrice = "0.025stake".parse().unwrap();
        assert_eq!(price.denom(), "stake");
        assert_eq!(price.fee(200_000).unwrap(), 5_000);
        assert_eq!(price.fee(1).unwrap(), 1);
        assert_eq!(price.to_string(), "0.025stake");
    }

    #[test]
    fn what_is_no_price_is_refused() {
        for text in ["", "stake", "0.025", "-1stake", "1e5", "x1stake"] {
            assert!(text.parse::<GasPrice>().is_err(), "{text}");
        }
    }
}
