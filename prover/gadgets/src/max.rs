//! Maximum and rectifier.

use bellman::ConstraintSystem;
use bls12_381::Scalar;

use crate::{Bit, Error, Int, Signed, System, product, sign};

/// `max(0, int)`: the constraints of [`sign::of`] and one more; none where the bound
/// decides.
///
/// # Errors
/// Those of [`sign::of`].
pub fn relu<CS>(mut cs: CS, int: &Int) -> Result<Int, Error>
where
    CS: System,
{
    if int.lo() >= 0 {
        return Ok(int.clone());
    }
    if int.hi() <= 0 {
        return Int::constant(0);
    }
    let non_negative = sign::of(cs.namespace(|| "sign"), int)?;
    positive_part(cs, int, &non_negative)
}

/// Allocates an integer in `-2^(bits-1)..2^(bits-1)` and returns it with `max(0, it)`:
/// `bits + 1` constraints.
///
/// # Errors
/// Those of [`Signed::alloc`].
pub fn alloc_relu<CS>(mut cs: CS, value: Option<i128>, bits: u32) -> Result<(Int, Int), Error>
where
    CS: System,
{
    let signed = Signed::alloc(&mut cs, value, bits)?;
    let positive = positive_part(cs, signed.int(), signed.non_negative())?;
    Ok((signed.int().clone(), positive))
}

/// The greater of `a` and `b`: the cost of [`relu`] on their difference.
///
/// # Errors
/// Those of [`relu`]; [`Error::BoundTooLarge`].
pub fn max<CS>(cs: CS, a: &Int, b: &Int) -> Result<Int, Error>
where
    CS: System,
{
    let greater = b.add(&relu(cs, &a.sub(b)?)?)?;
    let bounds = (a.lo().max(b.lo()), a.hi().max(b.hi()));
    Int::with_proved_bounds(
        "a maximum",
        greater.linear().clone(),
        greater.value(),
        bounds,
    )
}

/// `int` times its own sign bit, which is never negative.
fn positive_part<CS>(cs: CS, int: &Int, non_negative: &Bit) -> Result<Int, Error>
where
    CS: ConstraintSystem<Scalar>,
{
    let product = product::mul_bit(cs, non_negative, int)?;
    let bounds = (int.lo().max(0), int.hi().max(0));
    Int::with_proved_bounds(
        "a rectifier",
        product.linear().clone(),
        product.value(),
        bounds,
    )
}
