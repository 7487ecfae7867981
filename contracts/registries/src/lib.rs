//! What a contract reads of others: checked once, at instantiation, then read raw.
//!
//! A raw query reads a key of another contract's storage without running its code. That is
//! cheap, and sound only because [`check`] has made sure that nobody can change the code
//! that writes there.
//!
//! It isn't a contract itself, and keeps nothing.
#![forbid(unsafe_code)]
#![deny(clippy::float_arithmetic)]

mod check;
mod error;
mod key;
mod read;

pub use check::{check, refuse_admin};
pub use error::Error;
pub use key::{Key, key};
pub use read::{Dataset, Model, dataset, is_pinned, model, parameters, statement_digest};
