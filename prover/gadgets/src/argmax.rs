//! Position of the greatest element.

use crate::select::OneHot;
use crate::{Error, Int, System, range};

/// The position of the greatest of `values`; of equals, the lowest.
///
/// The chosen value is at least every other and strictly greater than all below it, so
/// there is exactly one answer. With `k` values whose differences have `n` bits:
/// `k (n + 2) - 1` constraints. The values are used as they are: nothing is allocated anew.
///
/// # Errors
/// [`Error::Length`] without values; [`Error::BoundTooLarge`].
pub fn argmax<CS>(mut cs: CS, values: &[Int]) -> Result<OneHot, Error>
where
    CS: System,
{
    let position = OneHot::alloc(cs.namespace(|| "position"), witness(values), values.len())?;
    let greatest = position.select(cs.namespace(|| "greatest"), values)?;
    for (i, value) in values.iter().enumerate() {
        // Being equal isn't enough for a position that is yet to come.
        let slack = greatest.sub(value)?.sub(&position.is_after(i)?)?;
        range::enforce_non_negative(cs.namespace(|| format!("slack {i}")), &slack)?;
    }
    Ok(position)
}

fn witness(values: &[Int]) -> Option<usize> {
    let values = values.iter().map(Int::value).collect::<Option<Vec<_>>>()?;
    let greatest = values.iter().max()?;
    values.iter().position(|value| value == greatest)
}
