//! Chunked uploads of model parameters.
//!
//! A blob is begun, filled with chunks in any order and finalised by its
//! uploader; from then on nobody can change or delete it, and its root can be
//! read raw. Until then the uploader can abort it. Bytes are stored raw, next
//! to the digest of each chunk, so that finalising hashes digests only.
//!
//! What it does not do: judge what the bytes mean, or hide them.
#![forbid(unsafe_code)]
#![deny(clippy::float_arithmetic)]

mod chunk;
pub mod contract;
mod error;
mod execute;
mod query;
mod state;

pub use error::ContractError;
