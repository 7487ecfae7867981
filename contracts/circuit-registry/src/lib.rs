//! Verifying keys, and the circuit and the setup each came from.
//!
//! A registration is named by the hash of everything in it, never changes and
//! can't be removed. Its key is checked point by point once, and stored in the
//! form that verification needs, where other contracts read it raw.
//!
//! What it does not do: check that a key was made for the specification that
//! it is registered with. `assay circuit check` does.
#![forbid(unsafe_code)]
#![deny(clippy::float_arithmetic)]

pub mod contract;
mod error;
mod execute;
mod query;
mod state;

pub use error::ContractError;
