//! Every message, identifier and statement that crosses a boundary of Assay.
//!
//! Contracts, prover and browser call the same functions here, so that the
//! order of a statement's elements, the cutting of bytes into field elements
//! and the tags that separate one use of the hash from another are written
//! down once. Nothing here knows a chain or a prover.
//!
//! - [`encoding`]: bytes to field elements; [`hash`]: the tags.
//! - [`id`]: identifiers and digests, hexadecimal in JSON.
//! - [`schema`]: a dataset's public schema and its exact quantiser.
//! - [`dataset`]: rows, tree and hiding commitment of a dataset.
//! - [`parameters`]: the root of a model's parameter bytes, or their digest with which they
//!   are bound by a [`fingerprint`].
//! - [`certificate`]: what a training method's circuit is parametrised by.
//! - [`circuit`]: circuit specifications, setup records and circuit ids.
//! - [`prediction`]: what a prediction's circuit is parametrised by, its inputs and outputs
//!   as bytes, and a hidden model's commitment.
//! - [`context`], [`statement`]: what a proof is bound to, and what it says;
//!   [`challenge`]: random numbers drawn from a commitment to a part of its witness.
//! - [`messages`]: the contracts' JSON messages (feature `messages`).
#![cfg_attr(not(feature = "messages"), no_std)]
#![forbid(unsafe_code)]
#![deny(clippy::float_arithmetic)]

extern crate alloc;

pub mod certificate;
pub mod challenge;
pub mod circuit;
pub mod context;
pub mod dataset;
pub mod encoding;
pub mod fingerprint;
pub mod hash;
pub mod id;
#[cfg(feature = "messages")]
pub mod messages;
pub mod parameters;
pub mod prediction;
pub mod schema;
pub mod statement;

pub use assay_poseidon::Scalar;
