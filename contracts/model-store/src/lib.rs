//! Chunked uploads of model parameters, and commitments to hidden models.
//!
//! A blob is begun, filled with chunks in any order and finalised by its
//! uploader; from then on nobody can change it, and what names it can be
//! read raw. Until then the uploader can abort it, and anyone can if it makes no progress.
//! Bytes are stored raw, next to the digest of each chunk, so that finalising hashes digests
//! only.
//!
//! A finalised blob is kept while anyone holds a pin of it, which nobody else can release.
//! With the last pin it loses its name, and its chunks are deleted. Uploads and pins may cost
//! a deposit for each chunk: whoever frees the chain's storage gets it. The store holds
//! exactly these deposits, and what was sent to it without a message.
//!
//! A blob can be evaluated at any point, by anyone, in as many transactions as it takes: the
//! fingerprint by which a proof is bound to its bytes. That may begin before all of them are
//! there, as a chunk that is there never changes.
//!
//! A hidden model is a commitment with an owner and a public schema, and, if its owner
//! proves it, the dataset and the method that it came from. It never changes and can't be
//! removed; a second registration of the same commitment is a model of its own.
//!
//! What it does not do: judge what the bytes mean, hide them, delete the evaluations of a blob
//! with it, or check that an owner can open its commitment.
#![forbid(unsafe_code)]
#![deny(clippy::float_arithmetic)]

mod blob;
mod chunk;
pub mod contract;
mod deposit;
mod error;
mod evaluation;
mod execute;
mod model;
mod name;
mod pin;
mod query;
mod state;

pub use error::ContractError;
