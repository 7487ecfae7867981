//! What commands that talk to a chain share.
//!
//! - [`args`]: how the command line says which chain, and who signs; [`config`]: the file of
//!   profiles; [`key`]: mnemonics and encrypted key files.
//! - [`session`]: a chain, its contracts and an account, ready for use.
//! - [`deployment`]: where the contracts are; [`window`]: lengths of time in blocks.
//! - [`circuits`]: circuits as the chain's registry holds them; [`upload`]: parameters on their
//!   way to the store and back; [`hand_over`]: data on its way to a worker.
//! - [`action`]: one transaction; [`payment`]: messages that are paid for, in coins or in tokens;
//!   [`sent`]: what is said of a transaction.

pub mod action;
pub mod args;
pub mod circuits;
pub mod config;
pub mod deployment;
pub mod hand_over;
pub mod key;
pub mod payment;
pub mod sent;
pub mod session;
pub mod upload;
pub mod window;

pub use args::{ChainArgs, SignerArgs};
pub use session::Session;
