//! The squared-hinge certificate: parameters satisfy the optimality condition of the
//! published integer objective on the committed data, within the specification's bound.
//!
//! For weights `w` (integers, `fraction_bits` of them fractional), rows `x` in `0..=255`
//! with a constant feature 255, labels `y` in {-1, 1}, `T = 255 * 2^fraction_bits`:
//!
//! - score `s_i = sum_j x_ij w_j`, margin `m_i = T - y_i s_i`, `h_i = max(0, m_i)`;
//! - gradient `g_j = n L w_j - 2 sum_i y_i x_ij h_i`;
//! - condition `|g_j| <= n * gradient_bound_per_row`, for every `j` and every weight vector.
//!
//! [`check`] decides it on integers, [`SquaredHingeCircuit`] proves it, for the statement
//! about a public model or, with [`check_hidden`], for the one about a hidden model: the
//! same condition, of parameters behind a commitment.

mod binding;
mod circuit;
mod gradient;
mod hidden;
mod instance;
mod native;

pub use circuit::SquaredHingeCircuit;
pub use instance::{Claim, HiddenWitness, Witness};
pub use native::{Refusal, check, check_hidden};
pub(crate) use native::{check_shape, is_positive, score};
