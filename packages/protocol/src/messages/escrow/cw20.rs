//! What passes between a contract that holds money and a cw20 token.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Binary, Uint128, Uint256};

/// Tokens that have arrived, and what they pay for: the cw20 standard's message to a contract.
///
/// The token sends it, and is believed what it says: so it moves nothing but what is kept in
/// this token. A token that lies about an amount or a sender cheats those who use it.
#[cw_serde]
pub struct Receive {
    /// Who sent them, as the token says.
    pub sender: String,
    /// How many, at least 1.
    pub amount: Uint128,
    /// The JSON of the message that they pay for, as if `sender` sent it: one of those that
    /// take funds.
    pub msg: Binary,
}

/// Messages to a token, as the cw20 standard has them.
#[cw_serde]
pub enum TokenMsg {
    /// Gives tokens to an address.
    Transfer {
        /// To whom.
        recipient: String,
        /// How many. The standard's type is narrower, its JSON the same: a token refuses more
        /// than it can count.
        amount: Uint256,
    },
    /// Gives tokens to a contract, together with a message.
    Send {
        /// The contract.
        contract: String,
        /// How many.
        amount: Uint128,
        /// The JSON of the contract's message.
        msg: Binary,
    },
}
