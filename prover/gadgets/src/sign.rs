//! Signs, by the top bit of a range check.

use crate::range::{self, bit_length};
use crate::{Bit, Error, Int, System};

/// Whether `int >= 0`: `n` constraints for the least `n` with
/// `-2^(n-1) <= int < 2^(n-1)`, none where the bound says it.
///
/// # Errors
/// Those of [`range::top_bit`].
pub fn of<CS>(cs: CS, int: &Int) -> Result<Bit, Error>
where
    CS: System,
{
    if int.lo() >= 0 || int.hi() < 0 {
        return Ok(Bit::constant(int.lo() >= 0));
    }
    let magnitude = int.hi().max(-(int.lo() + 1)).unsigned_abs();
    let bits = bit_length(magnitude) + 1;
    range::top_bit(cs, int, -(1 << (bits - 1)), bits)
}
