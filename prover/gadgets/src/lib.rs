//! R1CS gadgets over bellman's constraint systems, and the harness that attacks them.
//!
//! A gadget is a function over any `CS: ConstraintSystem<Scalar>` that takes and returns
//! [`Linear`] combinations, [`Bit`]s or [`Int`]s; if it checks ranges, over any [`System`].
//! It knows nothing of tensors or models, and its constraints never depend on the witness:
//! every value is an `Option`, `None` at setup.
//!
//! Range checks are collected while a circuit is built and [proved](stages) at its end: by
//! bits, or by [lookups] with a random challenge where that is cheaper. Products with the same
//! matrix can be collected too, and are proved in [batches] where that is cheaper.
//!
//! # What the types promise
//! | type | the constraints imply |
//! |---|---|
//! | [`Linear`] | nothing: a sum of wires |
//! | [`Bit`] | it is 0 or 1 |
//! | [`Int`] | it is an *integer* in `lo..=hi`, far from wrapping around the field's order |
//!
//! Only gadgets of this crate can make a `Bit` or an `Int`, each next to the constraints
//! that prove it; sums and products carry the bound on by interval arithmetic and stop with
//! an [`Error`] before it reaches 2^120. What needs a bound to be sound, such as
//! [packed products](packed) or [limbs], reads it from the type.
//!
//! # Costs
//! Range checks proved by bits; by lookups an `n` here becomes a few.
//!
//! | gadget | constraints |
//! |---|---|
//! | sums, multiples, [`limbs`] | 0 |
//! | [`range::unsigned`], [`range::signed`] of n bits | n |
//! | [`range::enforce_between`] on a width of n bits | n; 2 n if both ends are open and the width isn't a power of two |
//! | [`sign::of`], [`compare::less`] at n bits | n |
//! | [`max::relu`], [`max::max`] at n bits | n + 1 |
//! | [`rescale::floor`] of n bits by s | s + (n - s) |
//! | [`divide::floor`] to n bits by a divisor of m bits | n + 2 m |
//! | [`product::mul`], [`select::select`] | 1 |
//! | [`dot`] of k | k |
//! | [`packed::enforce_products`], k columns, m rows to a group | k for each m rows |
//! | the same for m vectors in a [batch](batches), g groups of rows | k (m - 1) + g (k + m - 1) |
//! | [`packed::products`] | the same, and n for a sum of n bits |
//! | [`Signed`] of n bits; its floor; its rectified floor; its two's complement | n; 0; 1; 0 |
//! | [`select::OneHot`] among k: allocate, select | k, k - 1 |
//! | [`argmax::argmax`] of k at n bits | k (n + 2) - 1 |
//! | [`mask::Mask`] of n rows; [`mask::Label`] of k classes | n; k, or 1 for two |
//! | [`polynomial::evaluate`] of n coefficients | n - 1; n - 2 if the first is constant |
//! | [`poseidon::permute`]; [`poseidon::hash`] of eight elements | 387; 384 |
//! | [`merkle::root`], a node; [`merkle::opening`], a step | 384; 392 |
//!
//! # Invalid witnesses
//! Synthesis with an invalid witness ends in an unsatisfied system wherever wires can say
//! what is wrong: an integer out of range puts the excess into its top bit, whose own
//! constraint then fails. Where they can't, or where arithmetic would overflow, it ends in
//! an [`Error`]. It never panics and never yields a satisfied system of something else.
//!
//! Every gadget is attacked by the [`harness`], which other crates use for their circuits.

pub mod argmax;
pub mod batches;
mod bit;
pub mod compare;
pub mod divide;
mod dot;
mod error;
pub mod harness;
pub mod int;
pub mod limbs;
mod linear;
pub mod lookups;
pub mod mask;
pub mod max;
pub mod merkle;
pub mod packed;
pub mod polynomial;
pub mod poseidon;
pub mod product;
pub mod range;
pub mod ranges;
pub mod rescale;
pub mod select;
pub mod sign;
mod signed;
pub mod stages;
mod system;

pub use bit::Bit;
pub use dot::dot;
pub use error::Error;
pub use int::Int;
pub use linear::{Linear, Wire};
pub use signed::Signed;
pub use system::{Synthesizer, System};
