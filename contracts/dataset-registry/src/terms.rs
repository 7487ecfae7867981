//! A dataset's terms.

use assay_protocol::messages::dataset_registry::{MAX_LICENSE_BYTES, MAX_ROYALTY_BPS};
use assay_protocol::messages::denomination::Denomination;
use cosmwasm_std::{Api, Coin, Event};

use crate::error::ContractError;

/// What an owner asks of those who use its dataset.
pub struct Terms {
    /// A text or a link; may be empty.
    pub license: String,
    /// What the owner is paid for each model that a job buys.
    pub price: Option<Coin>,
    /// What the owner is paid of a reward.
    pub royalty_bps: u16,
}

impl Terms {
    /// Checks that the license is short, and that price and royalty can be paid.
    pub fn check(&self, api: &dyn Api) -> Result<(), ContractError> {
        let len = self.license.len();
        if len > MAX_LICENSE_BYTES {
            return Err(ContractError::LicenseLength { len });
        }
        let bps = self.royalty_bps;
        if bps > MAX_ROYALTY_BPS {
            return Err(ContractError::Royalty { bps });
        }
        self.price.as_ref().map_or(Ok(()), |p| check_price(api, p))
    }

    /// The event with price and royalty.
    pub fn describe(&self, event: Event) -> Event {
        let event = match &self.price {
            Some(price) => event.add_attribute("price", price.to_string()),
            None => event,
        };
        event.add_attribute("royalty_bps", self.royalty_bps.to_string())
    }
}

/// A token's address must be in canonical form, so that one token has one name.
fn check_price(api: &dyn Api, price: &Coin) -> Result<(), ContractError> {
    let denom = &price.denom;
    match Denomination::parse(denom) {
        Some(Denomination::Native) => {}
        Some(Denomination::Cw20(address)) if api.addr_validate(address)?.as_str() == address => {}
        _ => {
            let denom = denom.chars().take(40).collect();
            return Err(ContractError::Denomination { denom });
        }
    }
    if price.amount.is_zero() {
        return Err(ContractError::NoPrice);
    }
    Ok(())
}
