//! What only the statement about a hidden model holds.

use assay_gadgets::{Error, Int, System, range};

/// Allocates the minimum of rows that is stated, and enforces that it is at least 1 and at
/// most `rows`, the number of rows in use.
///
/// With `b` the bits of the greatest number of rows less one (at least 1), `minimum - 1` is
/// allocated by `b` bits, so it lies in `0..2^b`, and a minimum of 0 has no bits. Then
/// `rows - minimum` lies within ±2^b, far below the field's order, and `b` bits of its own
/// prove that it isn't negative: `2 b` constraints in all.
pub(super) fn minimum_rows<CS>(mut cs: CS, rows: &Int, value: Option<u32>) -> Result<Int, Error>
where
    CS: System,
{
    let bits = (i128::BITS - (rows.hi() - 1).leading_zeros()).max(1);
    let above_one = value.map(|minimum| i128::from(minimum) - 1);
    let above_one = range::unsigned(cs.namespace(|| "from below"), above_one, bits)?;
    let minimum = above_one.add(&Int::constant(1)?)?;
    range::enforce_non_negative(cs.namespace(|| "from above"), &rows.sub(&minimum)?)?;
    Ok(minimum)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
