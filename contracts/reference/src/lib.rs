//! What the contracts do with money, written a second time: from the messages' documentation,
//! with other arithmetic, other states and other ledgers than the contracts'.
//!
//! The tests send random messages to the contracts and to this [`Model`]; both have to agree on
//! whether a message is taken and, to the last coin, on what it leaves behind. Whatever one of
//! the two does that nobody wrote down shows.
//!
//! - [`jobs`], [`predictions`] and [`store`] are the machines, a file each.
//! - [`datasets`] is what jobs read; a dataset's terms change under posted jobs.
//! - [`world`] is the chain around them: clocks, a bank and tokens that refuse or misbehave.
//! - A message is refused for any of the [reasons](refusal::Refusals) that hold: which of them a
//!   contract finds first is its own affair.
//!
//! **What it leaves out.** Encodings, proofs and hashes: a [proof](proof::Proof) is what it claims,
//! and holds if that is what is asked for. Gas. Provenance of hidden models. The end of time.
#![forbid(unsafe_code)]
#![deny(clippy::float_arithmetic)]

pub mod datasets;
pub mod jobs;
pub mod message;
pub mod model;
pub mod money;
pub mod predictions;
pub mod proof;
pub mod refusal;
pub mod store;
pub mod time;
pub mod world;

pub use model::Model;
