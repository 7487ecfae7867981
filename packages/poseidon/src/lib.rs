//! Poseidon over the scalar field of BLS12-381: the one hash both sides of a proof compute.
//!
//! Contracts hash with it in Wasm, the prover hashes with it natively, and the
//! circuit's twin of [`permute`] enforces the same values as constraints.
//!
//! # Parameters
//! Width 9 (rate 8, capacity 1), S-box `x^5`, 8 full and 57 partial rounds, 128-bit
//! security: the standard-strength instance for arity 8 of filecoin's `neptune`, with
//! which the tests compare whole states. Round constants come from the Grain LFSR of
//! the [Poseidon paper] (appendix E), the matrix is the Cauchy matrix
//! `1 / (i + j + 9)`. `examples/generate_constants` writes every table in
//! [`constants`]; a test fails when the tables and the generator part.
//!
//! # Cost
//! [`permute`] takes 2,004 field multiplications: `8 * (9 * 3 + 81)` in the full
//! rounds and `57 * (3 + 17)` in the partial ones, whose matrices are sparse
//! (appendix B of the paper). Nothing is parsed, converted or allocated at run time.
//!
//! # What it does not do
//! [`hash`] takes field elements. How bytes become elements, and which tag stands for
//! what, is decided by the crate `assay-protocol` alone.
//!
//! [Poseidon paper]: https://eprint.iacr.org/2019/458
#![no_std]
#![forbid(unsafe_code)]

#[rustfmt::skip]
pub mod constants;
mod permutation;
mod sponge;

pub use bls12_381::Scalar;
pub use constants::{MDS, ROUND_CONSTANTS};
pub use permutation::permute;
pub use sponge::{capacity, hash};

/// Field elements in the state of the permutation.
pub const WIDTH: usize = 9;
/// Field elements absorbed by one permutation.
pub const RATE: usize = 8;
/// Rounds in which every element passes the S-box; half of them at either end.
pub const FULL_ROUNDS: usize = 8;
/// Rounds in the middle, in which only element 0 passes the S-box.
pub const PARTIAL_ROUNDS: usize = 57;
