//! Division by a positive constant.

use crate::range::{self, bit_length};
use crate::{Error, Int, System};

/// `floor(int / divisor)`, with n the bits of the length of its interval and m those of
/// `divisor - 1`: n constraints for the quotient, and m for the remainder where the divisor
/// is a power of two, else 2 m; none where the bound decides or the divisor is 1.
///
/// The quotient q is range-checked to its interval, and `int - q divisor` to
/// `0..divisor`; all are far below the field's order, so q is the floor.
///
/// # Errors
/// [`Error::OutOfRange`] unless the divisor is at least 1; [`Error::BoundTooLarge`].
pub fn floor<CS>(mut cs: CS, int: &Int, divisor: i128) -> Result<Int, Error>
where
    CS: System,
{
    if divisor < 1 {
        return Err(Error::OutOfRange {
            operation: "a divisor",
        });
    }
    if divisor == 1 {
        return Ok(int.clone());
    }
    let (lo, hi) = (int.lo().div_euclid(divisor), int.hi().div_euclid(divisor));
    if lo == hi {
        return Int::constant(lo);
    }
    let above = int.value().map(|value| value.div_euclid(divisor) - lo);
    let bits = bit_length(hi.abs_diff(lo));
    let above = range::unsigned(cs.namespace(|| "quotient"), above, bits)?;
    let quotient = above.add(&Int::constant(lo)?)?;
    let remainder = int.sub(&quotient.scale(divisor)?)?;
    range::enforce_between(cs.namespace(|| "remainder"), &remainder, 0, divisor - 1)?;
    let (linear, value) = (quotient.linear().clone(), quotient.value());
    Int::with_proved_bounds("a quotient", linear, value, (lo, hi))
}
