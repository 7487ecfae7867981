//! Predictions, paid on proof.
//!
//! A provider offers predictions of a model; somebody pays the price with an input, and the
//! provider is paid in the transaction that verifies the answer. [`ExecuteMsg`] says who may do
//! what and when.
//!
//! - Terms, recipients, models and methods are fixed when an offer is made. The registries
//!   that are read are fixed at instantiation, and checked to have no admin.
//! - Every open request has an exit that anyone may take from its deadline on.
//! - State is written before money moves, and a transfer that is refused becomes a credit of
//!   its recipient, so that nobody can block anybody else.
//! - A proof shows a statement about this chain, this contract, this request and this
//!   provider. The request's state is the nullifier: proof bytes can be re-randomised by
//!   anyone who sees them, and are never compared.
//!
//! What it does not do: keep inputs or outputs from anybody's eyes, or check that a registered
//! key was made for the method that its registration claims.
//!
//! [`ExecuteMsg`]: assay_protocol::messages::predictions::ExecuteMsg
#![forbid(unsafe_code)]
#![deny(clippy::float_arithmetic)]

pub mod contract;
mod error;
mod execute;
mod query;
mod state;

pub use error::ContractError;
