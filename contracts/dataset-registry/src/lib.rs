//! Dataset commitments, their owners and terms.
//!
//! A registration gets the next id and can't be removed. Its commitment, which hides the
//! data, its schema and what it derives from never change. Its owner may change license,
//! price and royalty, hand it over to somebody who accepts, and end new jobs on it for ever.
//! What a job needs of it is stored raw, where other contracts read it, and is fixed in the
//! job when that is posted.
//!
//! What it does not do: hold money, see the data, or check that anyone has it, that it derives
//! from what it names, or that its license is kept.
#![forbid(unsafe_code)]
#![deny(clippy::float_arithmetic)]

pub mod contract;
mod error;
mod execute;
mod query;
mod state;
mod terms;

pub use error::ContractError;
