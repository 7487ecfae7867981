//! Every gadget under the harness: examples at its bounds, its constraint count pinned.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod argmax;
mod batches;
mod builder;
mod divide;
mod known_bad;
mod limbs;
mod lookups;
mod mask;
mod max;
mod merkle;
mod packed;
mod polynomial;
mod poseidon;
mod product;
mod range;
mod rescale;
mod select;
mod sign;
mod signed;
mod sizes;
