//! Accounts, queries and transactions on a CosmWasm chain.
//!
//! - [`network`]: a chain's id, endpoints and gas price; [`account`]: keys and addresses.
//! - [`chain`]: what a chain holds, read from any of several endpoints; [`rpc`]: one endpoint.
//! - [`message`]: what a transaction does; [`executed`]: what became of it.
//! - [`sender`]: transactions that are executed once or not at all, whatever happens on the
//!   way: a node that restarts or lags, a full mempool, a lost answer, or the end of this
//!   process; [`journal`] is what it remembers for that.
#![forbid(unsafe_code)]

pub mod account;
pub mod chain;
pub mod error;
pub mod executed;
pub mod journal;
pub mod message;
pub mod network;
mod reason;
pub mod rpc;
pub mod sender;
mod signing;

pub use account::Account;
pub use chain::Chain;
pub use error::Error;
pub use executed::Executed;
pub use journal::Journal;
pub use message::Message;
pub use network::{GasPrice, MAX_GAS, Network};
pub use sender::Sender;
