//! Signs, by the top bit of a range check.

use bellman::ConstraintSystem;
use bls12_381::Scalar;

use crate::range::{self, bit_length};
use crate::{Bit, Error, Int};

/// Allocates an integer in `-2^(bits-1)..2^(bits-1)` and whether it is at least 0:
/// `bits` constraints.
///
/// # Errors
/// Those of [`range::signed`].
pub fn alloc_signed_with_sign<CS>(
    cs: CS,
    value: Option<i128>,
    bits: u32,
) -> Result<(Int, Bit), Error>
where
    CS: ConstraintSystem<Scalar>,
{
    let (int, bools) = range::signed(cs, value, bits)?;
    let non_negative = bools.last().ok_or(Error::Width { bits })?.clone();
    Ok((int, non_negative))
}

/// Whether `int >= 0`: `n` constraints for the least `n` with
/// `-2^(n-1) <= int < 2^(n-1)`, none where the bound says it.
///
/// # Errors
/// Those of [`range::bits_above`].
pub fn of<CS>(cs: CS, int: &Int) -> Result<Bit, Error>
where
    CS: ConstraintSystem<Scalar>,
{
    if int.lo() >= 0 || int.hi() < 0 {
        return Ok(Bit::constant(int.lo() >= 0));
    }
    let magnitude = int.hi().max(-(int.lo() + 1)).unsigned_abs();
    let bits = bit_length(magnitude) + 1;
    let bools = range::bits_above(cs, int, -(1 << (bits - 1)), bits)?;
    bools.last().cloned().ok_or(Error::Width { bits })
}
