//! Why money, or what is to be agreed on it, is refused.

use cosmwasm_std::{Coin, StdError, Uint256};
use cw_utils::PaymentError;

/// Why money, or what is to be agreed on it, is refused.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Storage, encoding, an address or a query.
    #[error(transparent)]
    Std(#[from] StdError),
    /// Funds where none are taken.
    #[error("{0}: send no coins with this message")]
    Payment(#[from] PaymentError),
    /// Another contract, or what it holds.
    #[error(transparent)]
    Registry(#[from] assay_registries::Error),
    /// A window or a deadline.
    #[error(transparent)]
    Deadline(#[from] assay_deadlines::Error),

    /// A model store that takes provenance on other evidence.
    #[error("the model store {store} reads the {name} {found}, not {expected}: use one that does")]
    StoreReadsAnother {
        /// The store's address.
        store: String,
        /// Which registry.
        name: &'static str,
        /// The one that the store reads.
        found: String,
        /// This contract's.
        expected: String,
    },
    /// A model store in which one party alone could have shown provenance.
    #[error("the model store {store} allows development keys: use one that doesn't")]
    StoreAllowsDevelopmentKeys {
        /// The store's address.
        store: String,
    },

    /// Every identifier is used.
    #[error("this contract has no {of} ids left: use another instance")]
    IdsExhausted {
        /// Of what.
        of: &'static str,
    },
    /// An amount of nothing where something is to be paid.
    #[error("a {name} of {coin} pays nobody: use at least 1")]
    ZeroAmount {
        /// Of what.
        name: &'static str,
        /// The amount.
        coin: Coin,
    },
    /// A denomination that nobody could pay, or that isn't the only name of its token.
    #[error(
        "the {name}'s denomination {denom:?} is none: 3 to 128 letters, digits or /:._-, a letter first; \
         or cw20: and a token's address as the chain writes it"
    )]
    Denomination {
        /// Of what.
        name: &'static str,
        /// As much of it as fits a line.
        denom: String,
    },
    /// A native coin that is named like a cw20 token.
    #[error(
        "the coin {denom:?} is named like a token and isn't one: send the token, or another coin"
    )]
    FalseToken {
        /// Its denomination.
        denom: String,
    },
    /// Tokens with a message that takes none.
    #[error("tokens can't pay for this message: send it without, or one that takes funds")]
    TakesNoFunds,
    /// Other funds than asked for.
    #[error("send exactly {expected} and no other coin, not {sent:?}")]
    WrongFunds {
        /// What is to be paid.
        expected: String,
        /// What was sent.
        sent: String,
    },

    /// Less prepaid than needed.
    #[error("{owner} has prepaid {has} of the {needed} needed: deposit more, or send funds")]
    Balance {
        /// Whose balance.
        owner: String,
        /// What is there.
        has: Uint256,
        /// What is needed.
        needed: Coin,
    },
    /// Nothing to withdraw.
    #[error("{address} has no credit in {denom:?}: see the credits query")]
    NoCredit {
        /// Who asked.
        address: String,
        /// The denomination.
        denom: String,
    },
    /// Somebody else's credit, to be paid elsewhere.
    #[error(
        "only {owner} can have its credit paid to another address, not {sender}: leave out `to`"
    )]
    NotCreditor {
        /// Whose credit it is.
        owner: String,
        /// Who asked.
        sender: String,
    },
    /// Money that would stay in this contract and belong to nobody.
    #[error("this contract can't be paid what it owes: name another address")]
    PaidToItself,
    /// A reply that this contract never asks for.
    #[error("reply {id} belongs to no failed transfer: report this chain")]
    UnknownReply {
        /// Its id.
        id: u64,
    },
}
