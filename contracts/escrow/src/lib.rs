//! Training jobs and predictions, paid on proof.
//!
//! A poster locks a reward for each slot of a job. A worker takes a slot with a
//! bond, says when it holds the data, and is paid in the transaction that
//! verifies its proof. A provider offers predictions of a model; a requester pays
//! the price with an input, and the provider is paid in the transaction that
//! verifies the answer. [`ExecuteMsg`] says who may do what and when.
//!
//! - Terms, recipients, data, models and methods are fixed at posting and offering.
//!   The registries that are read are fixed at instantiation, and checked to have no
//!   admin.
//! - Every state has an exit that anyone may take from a deadline on.
//! - State is written before money moves, and a transfer that the bank refuses
//!   becomes a credit of its recipient, so that nobody can block anybody else.
//! - A proof shows a statement about this chain, this contract, this job and slot or
//!   this request, and this payee. The state of slot or request is the nullifier: proof
//!   bytes can be re-randomised by anyone who sees them, and are never compared.
//!
//! What it does not do: judge the hand-over of data, keep inputs or outputs from
//! anybody's eyes, or check that a registered key was made for the method that its
//! registration claims.
//!
//! [`ExecuteMsg`]: assay_protocol::messages::escrow::ExecuteMsg
#![forbid(unsafe_code)]
#![deny(clippy::float_arithmetic)]

pub mod contract;
mod deadline;
mod error;
mod execute;
mod instantiate;
mod query;
mod state;
mod transfer;

pub use error::ContractError;
