//! Dot products.

use bellman::ConstraintSystem;
use bls12_381::Scalar;

use crate::{Error, Int, product};

/// `sum of a[j] * b[j]`: one constraint for each `j` at which neither is constant.
///
/// # Errors
/// [`Error::Length`] where lengths differ; those of [`product::mul`].
pub fn dot<CS>(mut cs: CS, a: &[Int], b: &[Int]) -> Result<Int, Error>
where
    CS: ConstraintSystem<Scalar>,
{
    if a.len() != b.len() {
        return Err(Error::Length {
            operation: "a dot product",
            expected: a.len(),
            found: b.len(),
        });
    }
    let products = a
        .iter()
        .zip(b)
        .enumerate()
        .map(|(j, (a, b))| product::mul(cs.namespace(|| format!("term {j}")), a, b))
        .collect::<Result<Vec<_>, _>>()?;
    Int::sum(&products)
}
