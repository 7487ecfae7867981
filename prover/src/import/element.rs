//! What is known of a number, and by how much it may be off: the error bound that a
//! compiled model states.

/// A float operation's result is off by at most this part of itself. It is twice what
/// rounding to nearest allows, for engines that multiply by a reciprocal.
const SINGLE_PRECISION: f64 = f32::EPSILON as f64;

/// A number that an integer stands for. Whatever the row's bytes are, it lies in `lo..=hi`;
/// for every row within the schema's bounds it differs by at most `error` from what the
/// float model computes in single precision, in whatever order it adds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Element {
    /// It is no less.
    pub lo: f64,
    /// It is no greater.
    pub hi: f64,
    /// It is off by no more.
    pub error: f64,
}

impl Element {
    /// The greatest magnitude.
    pub fn magnitude(&self) -> f64 {
        self.lo.abs().max(self.hi.abs())
    }

    /// The greatest magnitude of the float model's.
    pub fn float_magnitude(&self) -> f64 {
        self.magnitude() + self.error
    }

    /// The same number, the float model's having been rounded once.
    pub fn rounded(self) -> Self {
        let error = self.error + SINGLE_PRECISION * self.float_magnitude();
        Self { error, ..self }
    }

    /// Times `used`, where the float model multiplies by `factor`.
    pub fn times(self, factor: f64, used: f64) -> Self {
        let (a, b) = (self.lo * used, self.hi * used);
        Self {
            lo: a.min(b),
            hi: a.max(b),
            error: factor.abs() * self.error + (factor - used).abs() * self.magnitude(),
        }
        .rounded()
    }

    /// Plus `used`, where the float model adds `constant`.
    pub fn plus(self, constant: f64, used: f64) -> Self {
        Self {
            lo: self.lo + used,
            hi: self.hi + used,
            error: self.error + (constant - used).abs(),
        }
        .rounded()
    }

    /// The sum of two.
    pub fn sum(self, other: Self) -> Self {
        Self {
            lo: self.lo + other.lo,
            hi: self.hi + other.hi,
            error: self.error + other.error,
        }
        .rounded()
    }

    /// With the other sign.
    pub fn negated(self) -> Self {
        Self {
            lo: -self.hi,
            hi: -self.lo,
            error: self.error,
        }
    }

    /// Rounded down to a multiple of `unit`.
    pub fn floored(self, unit: f64) -> Self {
        Self {
            lo: (self.lo / unit).floor() * unit,
            hi: (self.hi / unit).floor() * unit,
            error: self.error + unit,
        }
    }

    /// The greater of it and `used`, where the float model compares with `constant`.
    pub fn at_least(self, constant: f64, used: f64) -> Self {
        // Where it can't be greater, the constants alone differ.
        let is_constant = self.hi + self.error <= constant.min(used);
        let error = if is_constant { 0.0 } else { self.error };
        Self {
            lo: self.lo.max(used),
            hi: self.hi.max(used),
            error: error.max((constant - used).abs()),
        }
    }

    /// The lesser of it and `used`, where the float model compares with `constant`.
    pub fn at_most(self, constant: f64, used: f64) -> Self {
        self.negated().at_least(-constant, -used).negated()
    }
}

/// Constants of a float model, and what stands for them.
pub(crate) struct Constants<'a> {
    /// The model's.
    pub floats: &'a [f64],
    /// What is computed with.
    pub used: &'a [f64],
}

impl Constants<'_> {
    fn pair(&self, index: usize) -> (f64, f64) {
        (self.floats[index], self.used[index])
    }
}

/// The results of a dense layer, `[rows, columns]`.
///
/// `inputs` are what the float model's weights meet, `[rows, depth]`. What the integers'
/// weights meet lies in `carriers`, of the same shape; it is the same but where scales are
/// taken into weights and bias. `drift` is what the inputs' errors become.
pub(crate) fn products(
    carriers: &[(f64, f64)],
    drift: &[f64],
    depth: usize,
    weights: &Constants<'_>,
    bias: &Constants<'_>,
) -> Vec<Element> {
    let columns = bias.floats.len();
    let rows = carriers.chunks(depth).zip(drift.chunks(columns));
    let result = |row: &[(f64, f64)], column: usize, drift: f64| {
        let (constant, used) = bias.pair(column);
        let mut sum = (used, used);
        let mut lost = (constant - used, constant - used);
        for (k, &carrier) in row.iter().enumerate() {
            let (float, used) = weights.pair(column * depth + k);
            add(&mut sum, used, carrier);
            add(&mut lost, float - used, carrier);
        }
        Element {
            lo: sum.0,
            hi: sum.1,
            error: drift + lost.0.abs().max(lost.1.abs()),
        }
    };
    rows.flat_map(|(row, drift)| {
        let drift = drift.iter().enumerate();
        drift.map(move |(column, &drift)| result(row, column, drift))
    })
    .collect()
}

/// Adds `factor * interval`.
fn add(sum: &mut (f64, f64), factor: f64, interval: (f64, f64)) {
    let (a, b) = (factor * interval.0, factor * interval.1);
    *sum = (sum.0 + a.min(b), sum.1 + a.max(b));
}

/// What a dense layer makes of its inputs' errors and of single precision, `[rows, columns]`.
pub(crate) fn drift(
    inputs: &[Element],
    depth: usize,
    weights: &[f64],
    bias: Option<&[f64]>,
) -> Vec<f64> {
    // Each product and each sum is rounded, the bias' among them.
    let roundings = (depth + 2) as f64 * SINGLE_PRECISION;
    let of = |row: &[Element], column: usize, weights: &[f64]| {
        let bias = bias.map_or(0.0, |bias| bias[column].abs());
        let terms = row.iter().zip(weights);
        let sizes = terms.clone().map(|(x, w)| w.abs() * x.float_magnitude());
        let errors: f64 = terms.map(|(x, w)| w.abs() * x.error).sum();
        errors + roundings * (sizes.sum::<f64>() + bias)
    };
    let rows = inputs.chunks(depth);
    rows.flat_map(|row| {
        let columns = weights.chunks(depth).enumerate();
        columns.map(move |(column, weights)| of(row, column, weights))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const X: Element = Element {
        lo: -1.0,
        hi: 3.0,
        error: 0.5,
    };

    #[test]
    fn intervals_and_errors_are_carried_on() {
        let product = X.times(-2.0, -2.25);
        assert_eq!((product.lo, product.hi), (-6.75, 2.25));
        // 2 * 0.5, and 0.25 of at most 3.
        assert!((product.error - 1.75).abs() < 1e-5 && product.error > 1.75);
        let floored = X.floored(2.0);
        assert_eq!((floored.lo, floored.hi, floored.error), (-2.0, 2.0, 2.5));
        let clipped = X.at_most(1.0, 1.25).at_least(0.0, 0.0);
        assert_eq!((clipped.lo, clipped.hi, clipped.error), (0.0, 1.25, 0.5));
    }

    #[test]
    fn what_is_clipped_away_has_no_error() {
        assert_eq!(X.at_least(4.0, 4.0).error, 0.0);
        assert_eq!(X.at_least(3.25, 3.25).error, 0.5);
        assert_eq!(X.at_most(-2.0, -2.25).error, 0.25);
    }

    #[test]
    fn a_layers_error_is_that_of_its_weights_and_its_inputs() {
        let (weights, bias) = ([1.0, -2.0], [0.5]);
        let drift = drift(&[X, X], 2, &weights, Some(&bias));
        assert!((drift[0] - 1.5).abs() < 1e-4 && drift[0] > 1.5);
        let used = Constants {
            floats: &weights,
            used: &[1.25, -2.0],
        };
        let bias = Constants {
            floats: &bias,
            used: &bias,
        };
        let carriers = [(-1.0, 3.0); 2];
        let result = products(&carriers, &[1.5], 2, &used, &bias)[0];
        assert_eq!((result.lo, result.hi), (0.5 - 1.25 - 6.0, 0.5 + 3.75 + 2.0));
        assert_eq!(result.error, 1.5 + 0.75);
    }
}
