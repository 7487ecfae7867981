//! The optimality condition of one weight vector.

use assay_gadgets::{Bit, Error, Int, System, max, packed, product, range};
use assay_protocol::certificate::{FEATURE_SCALE, SquaredHinge};
use bellman::ConstraintSystem;

use super::instance::Instance;

/// Enforces `|g_j| <= n * gradient_bound_per_row` for every weight of one vector.
pub(super) fn enforce<CS>(
    mut cs: CS,
    spec: &SquaredHinge,
    instance: &Instance,
    vector: usize,
) -> Result<(), Error>
where
    CS: System,
{
    let errors = signed_errors(cs.namespace(|| "rows"), spec, instance, vector)?;
    let columns = columns(spec, instance)?;
    let n = &instance.len;
    let sums = instance.vectors[vector]
        .iter()
        .zip(&columns)
        .enumerate()
        .map(|(j, (weight, column))| {
            let mut cs = cs.namespace(|| format!("gradient {j}"));
            let n_w = product::mul(cs.namespace(|| "n w"), n, weight.int())?;
            let regulariser = n_w.scale(spec.lambda_65025.into())?;
            let loss = dot_value(column, &errors);
            let value = regulariser.value().zip(loss).map(|(r, l)| r - l);
            regulariser.sub(&bounded_gradient(cs, spec, n, value)?)
        })
        .collect::<Result<Vec<_>, Error>>()?;
    // sum_i 2 y_i h_i x_ij = n L w_j - g_j
    packed::enforce_products(cs.namespace(|| "gradients"), &columns, &errors, &sums)
}

/// Features as `[features + 1, rows]`, the constant feature last.
fn columns(spec: &SquaredHinge, instance: &Instance) -> Result<Vec<Vec<Int>>, Error> {
    let feature = |j: usize| {
        instance
            .rows
            .iter()
            .map(|row| row.features[j].clone())
            .collect()
    };
    let mut columns: Vec<Vec<Int>> = (0..spec.features as usize).map(feature).collect();
    columns.push(vec![
        Int::constant(FEATURE_SCALE.into())?;
        instance.rows.len()
    ]);
    Ok(columns)
}

/// Allocates a gradient `g` with `-n c <= g <= n c`, `c` the bound for each row: `g + n c`
/// is at least 0 by its bits, and `2 n c - (g + n c)` by a second range check.
fn bounded_gradient<CS>(
    mut cs: CS,
    spec: &SquaredHinge,
    n: &Int,
    value: Option<i128>,
) -> Result<Int, Error>
where
    CS: System,
{
    let bound = n.scale(spec.gradient_bound_per_row().into())?;
    let twice = bound.scale(2)?;
    let bits = i128::BITS - twice.hi().leading_zeros();
    let shifted = value.zip(bound.value()).map(|(g, bound)| g + bound);
    let shifted = range::unsigned(cs.namespace(|| "from below"), shifted, bits)?;
    range::enforce_non_negative(cs.namespace(|| "from above"), &twice.sub(&shifted)?)?;
    shifted.sub(&bound)
}

/// `2 y_i h_i` for every row; 0 for rows that aren't in use.
fn signed_errors<CS>(
    mut cs: CS,
    spec: &SquaredHinge,
    instance: &Instance,
    vector: usize,
) -> Result<Vec<Int>, Error>
where
    CS: System,
{
    let weights: Vec<Int> = instance.vectors[vector]
        .iter()
        .map(|weight| weight.int().clone())
        .collect();
    let bias = Int::constant(FEATURE_SCALE.into())?;
    let matrix: Vec<Vec<Int>> = instance
        .rows
        .iter()
        .map(|row| [&row.features[..], std::slice::from_ref(&bias)].concat())
        .collect();
    let mut scores = Vec::with_capacity(matrix.len());
    let mut errors = Vec::with_capacity(matrix.len());
    for (i, (row, mask)) in instance.rows.iter().zip(instance.mask.bits()).enumerate() {
        let class = if spec.vectors() == 1 { 1 } else { vector };
        let cs = cs.namespace(|| format!("row {i}"));
        let score = dot_value(&matrix[i], &weights);
        let (score, error) = hinge(cs, spec, mask, &row.label.bits()[class], score)?;
        scores.push(score);
        errors.push(error);
    }
    packed::enforce_products(cs.namespace(|| "scores"), &matrix, &weights, &scores)?;
    Ok(errors)
}

/// A row's score and `2 y h`, `h = max(0, T - y s)`.
///
/// The margin `z = T - o s` is allocated by its bits, with `o = 1` for a positive row and
/// -1 for every other one, in use or not; so `s = o (T - z)`, as `o^2 = 1`, and the score's
/// bound follows from the margin's. The multiplication by `y`, which is 0 for a row that
/// isn't in use, comes last.
fn hinge<CS>(
    mut cs: CS,
    spec: &SquaredHinge,
    mask: &Bit,
    positive: &Bit,
    score: Option<i128>,
) -> Result<(Int, Int), Error>
where
    CS: System,
{
    let margin = spec.margin();
    let doubled = Int::from_bit(positive).scale(2)?;
    let orientation = doubled.sub(&Int::constant(1)?)?;
    let value = score
        .zip(orientation.value())
        .map(|(score, o)| margin - o * score);
    let (z, h) = max::alloc_relu(cs.namespace(|| "hinge"), value, margin_bits(spec))?;
    let distance = Int::constant(margin)?.sub(&z)?;
    let score = product::mul(cs.namespace(|| "score"), &orientation, &distance)?;
    let y = doubled.sub(&Int::from_bit(mask))?;
    let error = product::mul(cs.namespace(|| "error"), &y, &h)?.scale(2)?;
    Ok((score, error))
}

/// Bits of a signed integer that holds every margin: `|T - y s| < 2^(bits-1)` for weights
/// and features in range.
fn margin_bits(spec: &SquaredHinge) -> u32 {
    let largest_score = (spec.width() as i128 * i128::from(FEATURE_SCALE)) << spec.weight_bits();
    let largest = spec.margin() + largest_score;
    i128::BITS - largest.leading_zeros() + 1
}

/// The value of a dot product, where it is known and fits.
fn dot_value(a: &[Int], b: &[Int]) -> Option<i128> {
    a.iter().zip(b).try_fold(0i128, |sum, (a, b)| {
        let product = a.value()?.checked_mul(b.value()?)?;
        sum.checked_add(product)
    })
}
