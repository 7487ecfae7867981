//! Products.

use bellman::ConstraintSystem;
use bls12_381::Scalar;

use crate::int::{combine, product_bounds, scalar};
use crate::{Bit, Error, Int, Linear};

/// `a * b`: one wire and one constraint, none where either is constant.
///
/// # Errors
/// [`Error::BoundTooLarge`], [`Error::ValueOverflow`].
pub fn mul<CS>(mut cs: CS, a: &Int, b: &Int) -> Result<Int, Error>
where
    CS: ConstraintSystem<Scalar>,
{
    let operation = "a product";
    if let Some(factor) = a.as_constant() {
        return b.scale(factor);
    }
    if let Some(factor) = b.as_constant() {
        return a.scale(factor);
    }
    let bounds =
        product_bounds(a.bounds(), b.bounds()).ok_or(Error::BoundTooLarge { operation })?;
    let value = combine(operation, a.value(), b.value(), i128::checked_mul)?;
    let product = Linear::alloc(&mut cs, || "product", value.map(scalar))?;
    cs.enforce(
        || "product",
        |_| a.linear().lc(),
        |_| b.linear().lc(),
        |_| product.lc(),
    );
    Int::with_proved_bounds(operation, product, value, bounds)
}

/// `int` if `bit`, else 0: one wire and one constraint, none where either is constant.
///
/// # Errors
/// Those of [`mul`].
pub fn mul_bit<CS>(cs: CS, bit: &Bit, int: &Int) -> Result<Int, Error>
where
    CS: ConstraintSystem<Scalar>,
{
    mul(cs, &Int::from_bit(bit), int)
}
