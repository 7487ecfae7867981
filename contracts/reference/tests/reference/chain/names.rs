//! What the model's names stand for.

use assay_reference::message::Name;
use assay_reference::money::{Coin, Denom, Who};
use assay_reference::proof::CircuitId;
use cosmwasm_std::Addr;

use super::Chain;
use crate::accounts::{EVIL, HONEST, to_uint};

impl Chain {
    pub fn address(&self, who: Who) -> &Addr {
        &self.addresses[usize::from(who.0)]
    }

    pub fn name(&self, name: Name) -> String {
        match name {
            Name::Of(who) => self.address(who).to_string(),
            Name::Nonsense => "nobody".into(),
        }
    }

    pub fn who(&self, address: &str) -> Option<Who> {
        let place = self.addresses.iter().position(|a| a.as_str() == address)?;
        Some(Who(place as u8))
    }

    pub fn denom(&self, denom: Denom) -> &str {
        self.denoms.get(usize::from(denom.0)).map_or("none", |d| d)
    }

    pub fn coin(&self, coin: &Coin) -> cosmwasm_std::Coin {
        cosmwasm_std::Coin::new(to_uint(&coin.amount), self.denom(coin.denom))
    }

    pub fn circuit(&self, id: CircuitId) -> assay_protocol::id::CircuitId {
        let known = self.circuits.get(usize::from(id.0)).copied();
        known.unwrap_or(assay_protocol::id::CircuitId([id.0; 32]))
    }

    /// The contract of a token that is one.
    pub fn token(&self, denom: Denom) -> Option<Addr> {
        let who = [(3, HONEST), (4, EVIL)]
            .into_iter()
            .find(|(d, _)| *d == denom.0)?
            .1;
        Some(self.address(who).clone())
    }
}
