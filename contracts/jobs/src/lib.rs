//! Training jobs, paid on proof.
//!
//! A payer locks a reward for each slot of a job, and the price of the dataset where it has
//! one. A worker takes a slot with a bond, says when it holds the data, and its payee is paid
//! in the transaction that verifies its proof, the dataset's owner with it. [`ExecuteMsg`] says
//! who may do what and when; [the messages' module](assay_protocol::messages::jobs) has the
//! slot's states and the parties.
//!
//! - Terms, recipients, data, price, royalty and method are fixed at posting. A slot's reward
//!   can only rise after that, and its deadlines can only move away.
//! - Every state has an exit that anyone may take from a deadline on.
//! - State is written before money moves, and a transfer that is refused becomes a credit of
//!   its recipient, so that nobody can block anybody else.
//! - A proof shows a statement about this chain, this contract, this job and slot, and this
//!   worker. The slot's state is the nullifier: proof bytes can be re-randomised by anyone
//!   who sees them, and are never compared.
//!
//! What it does not do: judge the hand-over of data, keep parameters from anybody's eyes, or
//! check that a registered key was made for the method that its registration claims.
//!
//! [`ExecuteMsg`]: assay_protocol::messages::jobs::ExecuteMsg
#![forbid(unsafe_code)]
#![deny(clippy::float_arithmetic)]

pub mod contract;
mod error;
mod execute;
mod query;
mod state;

pub use error::ContractError;
