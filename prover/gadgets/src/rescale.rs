//! Division by a power of two.

use bellman::ConstraintSystem;
use bls12_381::Scalar;
use ff::Field;

use crate::int::{MAX_BITS, power_of_two};
use crate::range::{self, bit_length};
use crate::{Error, Int};

/// `floor(int / 2^shift)`: `shift` constraints for the remainder and `n` for the
/// quotient, with `n` the bits of the length of its interval; none where `shift` is 0.
///
/// With r range-checked to `0..2^shift` and q, as `(int - r) / 2^shift`, to its interval,
/// `int` is congruent to `q 2^shift + r` modulo the field's order; both are far below it,
/// so they are equal and q is the floor.
///
/// # Errors
/// [`Error::Width`] beyond 120 bits.
pub fn floor<CS>(mut cs: CS, int: &Int, shift: u32) -> Result<Int, Error>
where
    CS: ConstraintSystem<Scalar>,
{
    if shift == 0 {
        return Ok(int.clone());
    }
    if shift >= MAX_BITS {
        return Err(Error::Width { bits: shift });
    }
    let (lo, hi) = (int.lo() >> shift, int.hi() >> shift);
    if lo == hi {
        return Int::constant(lo);
    }
    let remainder = int.value().map(|value| value & ((1 << shift) - 1));
    let (remainder, _) = range::unsigned(cs.namespace(|| "remainder"), remainder, shift)?;
    // A power of two is invertible, so the fallback is never taken.
    let inverse = Option::from(power_of_two(shift).invert()).unwrap_or(Scalar::ZERO);
    let quotient = (int.linear() - remainder.linear()).scale(inverse);
    let value = int.value().map(|value| value >> shift);
    let above = Int::constant(lo)?;
    range::decompose(
        cs.namespace(|| "quotient"),
        &(&quotient - above.linear()),
        value.map(|value| value.saturating_sub(lo)),
        bit_length(hi.abs_diff(lo)),
    )?;
    Int::with_proved_bounds("a quotient", quotient, value, (lo, hi))
}
