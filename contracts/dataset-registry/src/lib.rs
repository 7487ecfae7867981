//! Dataset commitments and their owners.
//!
//! A registration gets the next id, never changes and can't be removed. The
//! commitment hides the data; it is stored raw, where other contracts read it.
//!
//! What it does not do: see the data, or check that anyone has it.
#![forbid(unsafe_code)]
#![deny(clippy::float_arithmetic)]

pub mod contract;
mod error;
mod execute;
mod query;
mod state;

pub use error::ContractError;
