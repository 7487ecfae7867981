//! The squared-hinge certificate's parameters, the conditions under which it
//! means something, and the gap that it leaves.
//!
//! Objective, per class, over rows `x` in `[0, 1]^(d+1)` (a constant feature 1
//! for the bias), `y` in {-1, 1}:
//! `F(w) = lambda/2 |w|^2 + 1/n sum max(0, 1 - y <w, x>)^2`,
//! in integers: features times [`FEATURE_SCALE`], weights times
//! `2^fraction_bits`, `L = lambda FEATURE_SCALE^2`.

use serde::{Deserialize, Serialize};

use crate::dataset::{MAX_CLASSES, max_rows};

/// The largest feature, and the constant feature of the bias.
pub const FEATURE_SCALE: u64 = 255;
/// `FEATURE_SCALE^2`.
pub const FEATURE_SCALE_SQUARED: u64 = FEATURE_SCALE * FEATURE_SCALE;
/// Magnitude bits of a 24-bit signed weight.
pub const MAX_WEIGHT_BITS: u32 = 23;
/// The gap's bound is `2^-GAP_BITS`.
pub const GAP_BITS: u32 = 10;
/// The most rows of a circuit.
pub const MAX_ROWS: u32 = 1 << 20;
/// The most feature values in a circuit, so that a hostile specification can't exhaust
/// whoever compiles it.
pub const MAX_VALUES: u64 = 1 << 22;

/// A specification outside the certificate's conditions.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    /// Too many or too few features.
    #[error("{0} features: a circuit has 1 to 1199")]
    Features(u32),
    /// Too many or too few classes.
    #[error("{0} classes: a circuit has 2 to 256")]
    Classes(u32),
    /// Too many or too few rows.
    #[error("{rows} rows: a circuit of {features} features has 1 to {max}")]
    Rows {
        /// Rows asked for.
        rows: u32,
        /// Features in a row.
        features: u32,
        /// The most rows.
        max: u64,
    },
    /// Lambda outside `1/65025 ..= 1`.
    #[error("lambda is {0}/65025: it must be from 1/65025 to 1")]
    Lambda(u64),
    /// The optimum may not fit the weights.
    #[error(
        "with {fraction_bits} fraction bits the optimum may not fit 24-bit weights: \
         use fewer, or a larger lambda"
    )]
    Overflow {
        /// Fraction bits asked for.
        fraction_bits: u32,
    },
    /// The certificate would allow weights too far from the optimum.
    #[error(
        "with {fraction_bits} fraction bits the gap exceeds 2^-10: \
         use more, fewer features or a larger lambda"
    )]
    Gap {
        /// Fraction bits asked for.
        fraction_bits: u32,
    },
    /// No number of fraction bits meets both conditions.
    #[error(
        "no number of fraction bits suits lambda {lambda}/65025 with {features} features: use a larger lambda or fewer features"
    )]
    NoFractionBits {
        /// `L`.
        lambda: u64,
        /// Features in a row.
        features: u32,
    },
}

/// A squared-hinge linear classifier: binary for two classes, else one against
/// the rest. One circuit serves every dataset of at most `rows` rows with these
/// features and classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SquaredHinge {
    /// The most rows.
    pub rows: u32,
    /// Features in a row.
    pub features: u32,
    /// Number of classes.
    pub classes: u32,
    /// `L = lambda * 255^2`.
    pub lambda_65025: u64,
    /// Fraction bits of a weight.
    pub fraction_bits: u32,
}

/// An exact non-negative fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fraction {
    /// Numerator.
    pub numerator: u128,
    /// Denominator.
    pub denominator: u128,
}

impl SquaredHinge {
    /// The specification with the fewest fraction bits that meet the conditions.
    ///
    /// # Errors
    /// [`CertificateError`] where none does.
    pub fn with_fewest_fraction_bits(
        rows: u32,
        features: u32,
        classes: u32,
        lambda_65025: u64,
    ) -> Result<Self, CertificateError> {
        let spec = |fraction_bits| Self {
            rows,
            features,
            classes,
            lambda_65025,
            fraction_bits,
        };
        spec(0).check_sizes()?;
        (0..=MAX_WEIGHT_BITS)
            .map(spec)
            .find(|s| s.check().is_ok())
            .ok_or(CertificateError::NoFractionBits {
                lambda: lambda_65025,
                features,
            })
    }

    /// Checks the conditions under which a proof means what it says.
    ///
    /// # Errors
    /// The first condition that fails.
    pub fn check(&self) -> Result<(), CertificateError> {
        self.check_sizes()?;
        let fraction_bits = self.fraction_bits;
        if self.fraction_bits > MAX_WEIGHT_BITS || !self.fits(MAX_WEIGHT_BITS) {
            return Err(CertificateError::Overflow { fraction_bits });
        }
        let gap = self.gap();
        if gap.numerator << GAP_BITS > gap.denominator {
            return Err(CertificateError::Gap { fraction_bits });
        }
        Ok(())
    }

    fn check_sizes(&self) -> Result<(), CertificateError> {
        let (rows, features) = (self.rows, self.features);
        let max = max_rows(features as usize).ok_or(CertificateError::Features(features))?;
        let max = (max as u64)
            .min(MAX_ROWS.into())
            .min(MAX_VALUES / u64::from(features));
        if !(2..=MAX_CLASSES as u32).contains(&self.classes) {
            return Err(CertificateError::Classes(self.classes));
        }
        if !(1..=max).contains(&rows.into()) {
            return Err(CertificateError::Rows {
                rows,
                features,
                max,
            });
        }
        if !(1..=FEATURE_SCALE_SQUARED).contains(&self.lambda_65025) {
            return Err(CertificateError::Lambda(self.lambda_65025));
        }
        Ok(())
    }

    /// Whether every weight of the rounded optimum has magnitude below `2^bits`:
    /// `|w*| <= sqrt(2 / lambda)` since `F(w*) <= F(0) = 1`, and rounding adds a half.
    fn fits(&self, bits: u32) -> bool {
        let largest = (1u128 << bits) - 1;
        let squared_norm = (2 * u128::from(FEATURE_SCALE_SQUARED)) << (2 * self.fraction_bits);
        squared_norm <= u128::from(self.lambda_65025) * largest * largest
    }

    /// Magnitude bits of a weight: the fewest that hold the rounded optimum.
    pub fn weight_bits(&self) -> u32 {
        (0..MAX_WEIGHT_BITS)
            .find(|&bits| self.fits(bits))
            .unwrap_or(MAX_WEIGHT_BITS)
    }

    /// Weight vectors: one for two classes, else one a class.
    pub fn vectors(&self) -> usize {
        if self.classes == 2 {
            1
        } else {
            self.classes as usize
        }
    }

    /// Weights in a vector: the features, then the bias.
    pub fn width(&self) -> usize {
        self.features as usize + 1
    }

    /// Number of parameters.
    pub fn parameters(&self) -> usize {
        self.vectors() * self.width()
    }

    /// `T`: the margin 1 in the scores' units.
    pub fn margin(&self) -> i128 {
        i128::from(FEATURE_SCALE) << self.fraction_bits
    }

    /// The bound on a gradient's magnitude for each row: `ceil((d+1) 255^2 + L/2)`.
    pub fn gradient_bound_per_row(&self) -> u64 {
        self.width() as u64 * FEATURE_SCALE_SQUARED + self.lambda_65025.div_ceil(2)
    }

    /// An upper bound on `F(w) - F*` for each vector with a valid proof. It means nothing
    /// unless the specification passes [`check`](Self::check).
    ///
    /// `F` is lambda-strongly convex, so the gap is at most `|grad|^2 / (2 lambda)`;
    /// each of the `d+1` entries of the gradient is at most
    /// `gradient_bound_per_row / (255^2 2^F)`.
    pub fn gap(&self) -> Fraction {
        let bound = u128::from(self.gradient_bound_per_row());
        Fraction {
            numerator: self.width() as u128 * bound * bound,
            denominator: (2 * u128::from(self.lambda_65025) * u128::from(FEATURE_SCALE_SQUARED))
                << (2 * self.fraction_bits.min(MAX_WEIGHT_BITS)),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// lambda = 0.001.
    fn wdbc(features: u32) -> SquaredHinge {
        SquaredHinge::with_fewest_fraction_bits(569, features, 2, 65).unwrap()
    }

    #[test]
    fn the_fewest_fraction_bits_meet_both_conditions() {
        assert_eq!((wdbc(10).fraction_bits, wdbc(10).weight_bits()), (15, 21));
        assert_eq!((wdbc(30).fraction_bits, wdbc(30).weight_bits()), (17, 23));
        let coarser = SquaredHinge {
            fraction_bits: 14,
            ..wdbc(10)
        };
        assert_eq!(
            coarser.check(),
            Err(CertificateError::Gap { fraction_bits: 14 })
        );
    }

    #[test]
    fn weights_that_may_not_fit_are_refused() {
        let finer = SquaredHinge {
            fraction_bits: 18,
            ..wdbc(10)
        };
        assert_eq!(
            finer.check(),
            Err(CertificateError::Overflow { fraction_bits: 18 })
        );
        let wild = SquaredHinge {
            fraction_bits: 200,
            ..wdbc(10)
        };
        assert_eq!(
            wild.check(),
            Err(CertificateError::Overflow { fraction_bits: 200 })
        );
    }

    #[test]
    fn the_gap_is_the_designs_formula() {
        // (d+1) eps^2 / (2 lambda), eps = ((d+1) + lambda/2) / 2^F.
        let gap = wdbc(10).gap();
        let ppm = gap.numerator * 1_000_000 / gap.denominator;
        assert_eq!(ppm, 620);
    }

    #[test]
    fn sizes_outside_the_circuit_are_refused() {
        let new = SquaredHinge::with_fewest_fraction_bits;
        assert_eq!(new(5, 0, 2, 65), Err(CertificateError::Features(0)));
        assert_eq!(new(5, 10, 1, 65), Err(CertificateError::Classes(1)));
        assert_eq!(new(5, 10, 2, 0), Err(CertificateError::Lambda(0)));
        assert!(matches!(
            new(0, 10, 2, 65),
            Err(CertificateError::Rows { .. })
        ));
        assert!(matches!(
            new(u32::MAX, 10, 2, 65),
            Err(CertificateError::Rows { .. })
        ));
        assert!(matches!(
            new(5, 900, 2, 1),
            Err(CertificateError::NoFractionBits { .. })
        ));
    }
}
