//! Division by a power of two.

use crate::int::{MAX_BITS, inverse_power_of_two};
use crate::range::{self, bit_length};
use crate::ranges::ask;
use crate::{Error, Int, System};

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
    CS: System,
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
    let bits = bit_length(hi.abs_diff(lo));
    range::check_width(bits)?;
    let remainder = int.value().map(|value| value & ((1 << shift) - 1));
    let remainder = range::unsigned(cs.namespace(|| "remainder"), remainder, shift)?;
    let quotient = (int.linear() - remainder.linear()).scale(inverse_power_of_two(shift));
    let value = int.value().map(|value| value >> shift);
    let above = &quotient - Int::constant(lo)?.linear();
    let above_value = value.map(|value| value.saturating_sub(lo));
    ask(&mut cs.namespace(|| "quotient"), above, above_value, bits);
    Int::with_proved_bounds("a quotient", quotient, value, (lo, hi))
}
