//! Polynomials at a point.

use bellman::ConstraintSystem;
use bls12_381::Scalar;

use crate::{Error, Linear};

/// What [`evaluate`] takes: its constraints, and whether the value is a constant.
pub(crate) fn cost<'a>(coefficients: impl IntoIterator<Item = &'a Linear>) -> (usize, bool) {
    let mut constraints = 0;
    // The value so far, where it is a constant.
    let mut constant = Some(Scalar::zero());
    for coefficient in coefficients {
        match constant {
            None => constraints += 1,
            Some(value) if value == Scalar::zero() => constant = coefficient.as_constant(),
            Some(_) => constant = None,
        }
    }
    (constraints, constant.is_some())
}

/// The value at `point` of the polynomial with these coefficients, the leading one first, by
/// Horner's rule: a constraint for each coefficient but the first, none for the second where
/// the first is constant. Of no coefficients it is 0.
///
/// # Errors
/// Those of the constraint system.
pub fn evaluate<CS>(mut cs: CS, coefficients: &[Linear], point: &Linear) -> Result<Linear, Error>
where
    CS: ConstraintSystem<Scalar>,
{
    let mut value = Linear::zero();
    for (i, coefficient) in coefficients.iter().enumerate() {
        if let Some(constant) = value.as_constant() {
            value = &point.scale(constant) + coefficient;
            continue;
        }
        let numbers = value.value().zip(point.value()).zip(coefficient.value());
        let next = numbers.map(|((value, point), coefficient)| value * point + coefficient);
        let next = Linear::alloc(&mut cs, || format!("step {i}"), next)?;
        let product = &next - coefficient;
        cs.enforce(
            || format!("step {i}"),
            |_| value.lc(),
            |_| point.lc(),
            |_| product.lc(),
        );
        value = next;
    }
    Ok(value)
}
