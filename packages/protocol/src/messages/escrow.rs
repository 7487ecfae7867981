//! What the contracts that hold money share: how they are instantiated, how they are paid in
//! tokens, and what they owe.
//!
//! Money is a `Coin`: native, of another chain by IBC (`ibc/...`), or of a cw20 token, whose
//! denomination is [`CW20_PREFIX`](super::denomination::CW20_PREFIX) and the token's address. Native and IBC coins are sent along
//! with a message. A token's are sent by its `send` to the contract, with the message that they
//! pay for inside; the contract then gets a [`Receive`] from the token.

mod cw20;

use cosmwasm_schema::cw_serde;
use cosmwasm_std::Coin;

pub use cw20::{Receive, TokenMsg};

use super::Trusted;

/// Fixed for ever: there is no admin.
#[cw_serde]
pub struct InstantiateMsg {
    /// The circuit registry.
    pub circuit_registry: Trusted,
    /// The dataset registry.
    pub dataset_registry: Trusted,
    /// The model store. It must read the same registries, and may allow development keys
    /// only if this contract does.
    pub model_store: Trusted,
    /// Whether keys may be used that one party made alone. Never for real money: who made
    /// such a key can forge.
    pub allow_development_keys: bool,
}

/// A page of credits.
#[cw_serde]
pub struct CreditsResponse {
    /// The entries.
    pub credits: Vec<Coin>,
    /// `start_after` of the next page, if there is one.
    pub next: Option<String>,
}
