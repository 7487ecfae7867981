//! Range checks by bits.
//!
//! Fresh integers are the linear combination of their bits: nothing to recompose.
//! For an existing integer the top bit is what the lower ones leave over, so `n` bits
//! cost `n` constraints and `n - 1` wires.
//!
//! A witness out of range puts the excess into the top bit, whose Boolean constraint
//! then fails: the system is unsatisfied, and the constraints themselves say so.

use bellman::ConstraintSystem;
use bls12_381::Scalar;
use ff::Field;

use crate::int::{MAX_BITS, power_of_two, scalar};
use crate::{Bit, Error, Int, Linear};

/// Allocates an integer in `0..2^bits`, with its bits, least significant first:
/// `bits` constraints.
///
/// # Errors
/// [`Error::Width`] unless `1 <= bits <= 120`.
pub fn unsigned<CS>(mut cs: CS, value: Option<i128>, bits: u32) -> Result<(Int, Vec<Bit>), Error>
where
    CS: ConstraintSystem<Scalar>,
{
    check_width(bits)?;
    let bools = (0..bits)
        .map(|i| {
            let digit = value.map(|value| scalar(digit(value, i, bits)));
            Bit::alloc_digit(&mut cs, || format!("bit {i}"), digit)
        })
        .collect::<Result<Vec<_>, _>>()?;
    let linear = Linear::sum(
        (0..bits)
            .map(power_of_two)
            .zip(bools.iter().map(Bit::linear)),
    );
    let int = Int::with_proved_bounds("a range check", linear, value, (0, (1 << bits) - 1))?;
    Ok((int, bools))
}

/// Allocates an integer in `-2^(bits-1)..2^(bits-1)`, with the bits of the integer plus
/// `2^(bits-1)`, least significant first: `bits` constraints.
///
/// The top bit says that the integer isn't negative, so it is the opposite of the top
/// bit in two's complement.
///
/// # Errors
/// [`Error::Width`] unless `1 <= bits <= 120`; [`Error::ValueOverflow`].
pub fn signed<CS>(cs: CS, value: Option<i128>, bits: u32) -> Result<(Int, Vec<Bit>), Error>
where
    CS: ConstraintSystem<Scalar>,
{
    check_width(bits)?;
    let offset = Int::constant(1 << (bits - 1))?;
    let operation = "a signed range check";
    let shifted = crate::int::combine(operation, value, offset.value(), i128::checked_add)?;
    let (int, bools) = unsigned(cs, shifted, bits)?;
    Ok((int.sub(&offset)?, bools))
}

/// The bits of `int - lo`, which this proves to lie in `0..2^bits`, least significant
/// first: `bits` constraints.
///
/// Both `int - lo` and what its bits say are below 2^122, so being congruent modulo the
/// field's order they are equal.
///
/// # Errors
/// [`Error::Width`] unless `1 <= bits <= 120`; [`Error::BoundTooLarge`].
pub fn bits_above<CS>(cs: CS, int: &Int, lo: i128, bits: u32) -> Result<Vec<Bit>, Error>
where
    CS: ConstraintSystem<Scalar>,
{
    let difference = int.sub(&Int::constant(lo)?)?;
    decompose(cs, difference.linear(), difference.value(), bits)
}

/// Proves that `linear` is congruent to an integer in `0..2^bits` modulo the field's
/// order, and returns that integer's bits: `bits` constraints.
///
/// The low bits are fresh; the top one is `(linear - low bits) / 2^(bits-1)`, a linear
/// combination, proved Boolean.
pub(crate) fn decompose<CS>(
    mut cs: CS,
    linear: &Linear,
    value: Option<i128>,
    bits: u32,
) -> Result<Vec<Bit>, Error>
where
    CS: ConstraintSystem<Scalar>,
{
    check_width(bits)?;
    let mut bools = (0..bits - 1)
        .map(|i| {
            let digit = value.map(|value| scalar(digit(value, i, bits)));
            Bit::alloc_digit(&mut cs, || format!("bit {i}"), digit)
        })
        .collect::<Result<Vec<_>, _>>()?;
    let low = Linear::sum(
        (0..bits)
            .map(power_of_two)
            .zip(bools.iter().map(Bit::linear)),
    );
    // A power of two is invertible, so the fallback is never taken.
    let inverse = Option::from(power_of_two(bits - 1).invert()).unwrap_or(Scalar::ZERO);
    let top = (linear - &low).scale(inverse);
    bools.push(Bit::enforce(cs.namespace(|| "top bit"), top));
    Ok(bools)
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
    CS: ConstraintSystem<Scalar>,
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
            bits_above(cs.namespace(|| "lower"), int, lo, width)?;
        }
        if above && !(both && exact) {
            bits_above(cs.namespace(|| "upper"), &int.neg()?, -hi, width)?;
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
    CS: ConstraintSystem<Scalar>,
{
    enforce_between(cs, int, 0, int.hi().max(0))
}

/// Bits of the binary form of `value`; none for 0.
pub(crate) fn bit_length(value: u128) -> u32 {
    u128::BITS - value.leading_zeros()
}

fn check_width(bits: u32) -> Result<(), Error> {
    if (1..=MAX_BITS).contains(&bits) {
        Ok(())
    } else {
        Err(Error::Width { bits })
    }
}

/// Binary digit `index` of `width`; the top one takes all that is left.
fn digit(value: i128, index: u32, width: u32) -> i128 {
    let rest = value >> index;
    if index + 1 == width { rest } else { rest & 1 }
}
