//! Comparison.

use crate::{Bit, Error, Int, System, sign};

/// Whether `a < b`: the cost of [`sign::of`] on `b - a - 1`.
///
/// # Errors
/// [`Error::BoundTooLarge`].
pub fn less<CS>(cs: CS, a: &Int, b: &Int) -> Result<Bit, Error>
where
    CS: System,
{
    sign::of(cs, &b.sub(a)?.sub(&Int::constant(1)?)?)
}
