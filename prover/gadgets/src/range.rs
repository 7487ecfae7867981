//! Range checks.
//!
//! Gadgets only ask for them here: they are [proved](crate::ranges) at the end of the
//! circuit, by bits or by lookups. Costs below are those by bits, the greatest.
//!
//! A witness out of range leaves the system unsatisfied, and the constraints themselves say
//! so.

use bellman::ConstraintSystem;
use bls12_381::Scalar;

use crate::int::{MAX_BITS, power_of_two, scalar};
use crate::ranges::{CheckId, add, ask};
use crate::{Bit, Error, Int, Linear, System};

/// Allocates an integer in `0..2^bits`: `bits` constraints.
///
/// # Errors
/// [`Error::Width`] unless `1 <= bits <= 120`.
pub fn unsigned<CS>(cs: CS, value: Option<i128>, bits: u32) -> Result<Int, Error>
where
    CS: System,
{
    Ok(checked(cs, value, bits)?.0)
}

/// Allocates an integer in `0..2^bits`, with the check that was asked for.
pub(crate) fn checked<CS>(
    mut cs: CS,
    value: Option<i128>,
    bits: u32,
) -> Result<(Int, CheckId), Error>
where
    CS: System,
{
    check_width(bits)?;
    let linear = Linear::alloc(&mut cs, || "integer", value.map(scalar))?;
    let check = add(&mut cs, linear.clone(), value, bits);
    let bounds = (0, (1 << bits) - 1);
    let int = Int::with_proved_bounds("a range check", linear, value, bounds)?;
    Ok((int, check))
}

/// Allocates an integer in `-2^(bits-1)..2^(bits-1)`: `bits` constraints.
///
/// # Errors
/// [`Error::Width`] unless `1 <= bits <= 120`; [`Error::ValueOverflow`].
pub fn signed<CS>(cs: CS, value: Option<i128>, bits: u32) -> Result<Int, Error>
where
    CS: System,
{
    check_width(bits)?;
    let offset = Int::constant(1 << (bits - 1))?;
    let operation = "a signed range check";
    let shifted = crate::int::combine(operation, value, offset.value(), i128::checked_add)?;
    unsigned(cs, shifted, bits)?.sub(&offset)
}

/// Proves that `int - lo` lies in `0..2^bits`: `bits` constraints.
///
/// Both `int - lo` and what the check allows are below 2^122, so being congruent modulo the
/// field's order they are equal.
///
/// # Errors
/// [`Error::Width`] unless `1 <= bits <= 120`; [`Error::BoundTooLarge`].
pub fn enforce_above<CS>(mut cs: CS, int: &Int, lo: i128, bits: u32) -> Result<(), Error>
where
    CS: System,
{
    check_width(bits)?;
    let difference = int.sub(&Int::constant(lo)?)?;
    let (linear, value) = (difference.linear().clone(), difference.value());
    ask(&mut cs, linear, value, bits);
    Ok(())
}

/// The top bit of `int - lo`, which this proves to lie in `0..2^bits`: `bits` constraints.
///
/// # Errors
/// Those of [`enforce_above`].
pub fn top_bit<CS>(mut cs: CS, int: &Int, lo: i128, bits: u32) -> Result<Bit, Error>
where
    CS: System,
{
    check_width(bits)?;
    let difference = int.sub(&Int::constant(lo)?)?;
    if bits == 1 {
        // Nothing below would tie an allocated bit to the difference.
        let top = difference.linear().clone();
        return Ok(Bit::enforce(cs.namespace(|| "top bit"), top));
    }
    let (bit, low) = split_top_bit(&mut cs, difference.value(), bits)?;
    let top = bit.linear().scale(power_of_two(bits - 1));
    ask(&mut cs, difference.linear() - &top, low, bits - 1);
    Ok(bit)
}

/// Allocates the top bit of an integer of `bits` bits, all that is above it included, and
/// returns it with the value below. Nothing ties it to the integer yet.
pub(crate) fn split_top_bit<CS>(
    cs: CS,
    value: Option<i128>,
    bits: u32,
) -> Result<(Bit, Option<i128>), Error>
where
    CS: ConstraintSystem<Scalar>,
{
    let top = value.map(|value| value >> (bits - 1));
    let bit = Bit::alloc_digit(cs, || "top bit", top.map(scalar))?;
    let low = value.map(|value| value & ((1 << (bits - 1)) - 1));
    Ok((bit, low))
}

/// Proves that `int` lies in `lo..=hi` and returns it with that bound.
///
/// A side that the integer's bound proves already is free. Otherwise, with
/// `n = bits(hi - lo)`: `n` constraints for one side, or for both where `hi - lo + 1` is
/// a power of two; else `2 n`.
///
/// # Errors
/// [`Error::EmptyInterval`]; [`Error::DisjointInterval`] where the bound rules the
/// interval out; [`Error::BoundTooLarge`].
pub fn enforce_between<CS>(mut cs: CS, int: &Int, lo: i128, hi: i128) -> Result<Int, Error>
where
    CS: System,
{
    if lo > hi {
        return Err(Error::EmptyInterval { lo, hi });
    }
    if int.lo() > hi || int.hi() < lo {
        let (lo, hi) = int.bounds();
        return Err(Error::DisjointInterval { lo, hi });
    }
    let (lo, hi) = (lo.max(int.lo()), hi.min(int.hi()));
    let (below, above) = (int.lo() < lo, int.hi() > hi);
    let width = bit_length(
        Int::constant(hi)?
            .sub(&Int::constant(lo)?)?
            .hi()
            .unsigned_abs(),
    );
    if lo == hi && (below || above) {
        int.enforce_equal(cs.namespace(|| "equal"), &Int::constant(lo)?);
    } else {
        let both = below && above;
        let exact = hi.abs_diff(lo) + 1 == 1 << width;
        if below || (both && exact) {
            enforce_above(cs.namespace(|| "lower"), int, lo, width)?;
        }
        if above && !(both && exact) {
            enforce_above(cs.namespace(|| "upper"), &int.neg()?, -hi, width)?;
        }
    }
    Int::with_proved_bounds("a range check", int.linear().clone(), int.value(), (lo, hi))
}

/// Proves that `int >= 0`: as many constraints as its upper bound has bits, none if its
/// bound proves it.
///
/// # Errors
/// [`Error::DisjointInterval`] where the bound says that it is negative.
pub fn enforce_non_negative<CS>(cs: CS, int: &Int) -> Result<Int, Error>
where
    CS: System,
{
    enforce_between(cs, int, 0, int.hi().max(0))
}

/// Bits of the binary form of `value`; none for 0.
pub(crate) fn bit_length(value: u128) -> u32 {
    u128::BITS - value.leading_zeros()
}

pub(crate) fn check_width(bits: u32) -> Result<(), Error> {
    if (1..=MAX_BITS).contains(&bits) {
        Ok(())
    } else {
        Err(Error::Width { bits })
    }
}
