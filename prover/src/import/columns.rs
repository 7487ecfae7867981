//! The input's quantiser: for each column a lower bound and a step, a power of two, from
//! the calibration rows.

use assay_protocol::schema::{Column, LabelColumn, Schema};

/// Steps are between 2^-26 and 2^33: 256 of these cover all numbers below 1e12.
const FRACTION_BITS: std::ops::RangeInclusive<i32> = -33..=26;
/// Digits of a bound, as many as a schema holds.
const MAX_DIGITS: i32 = 28;
/// Name of the label's column in a schema.
const LABEL: &str = "output";

/// A column's byte `b` stands for `(b + offset) * 2^-fraction_bits`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Scale {
    /// What is added to the byte.
    pub offset: i64,
    /// The negative logarithm of the step.
    pub fraction_bits: i32,
}

/// Every column's scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Columns(pub Vec<Scale>);

impl Columns {
    /// The finest steps with which 256 of them, from a multiple of the step on, cover what
    /// the rows hold.
    pub fn of(rows: &[Vec<f64>]) -> Self {
        let width = rows.first().map_or(0, Vec::len);
        let column = |j: usize| rows.iter().map(move |row| row[j]);
        Self((0..width).map(|j| Scale::covering(column(j))).collect())
    }

    /// The schema: bounds are exact decimals, and there are no classes where answers are
    /// numbers.
    pub fn schema(&self, names: &[String], classes: Vec<String>) -> Schema {
        let column = |(name, scale): (&String, &Scale)| Column {
            name: name.clone(),
            lower: dyadic(scale.offset, scale.fraction_bits),
            upper: dyadic(scale.offset + 255, scale.fraction_bits),
        };
        Schema {
            columns: names.iter().zip(&self.0).map(column).collect(),
            label: LabelColumn {
                name: LABEL.into(),
                classes,
            },
        }
    }
}

impl Scale {
    fn covering(values: impl Iterator<Item = f64> + Clone) -> Self {
        let least = values.clone().fold(f64::INFINITY, f64::min);
        let greatest = values.fold(f64::NEG_INFINITY, f64::max);
        let mut scale = Self {
            offset: 0,
            fraction_bits: *FRACTION_BITS.start(),
        };
        for fraction_bits in FRACTION_BITS {
            let unit = 2f64.powi(fraction_bits);
            let (low, high) = ((least * unit).floor(), (greatest * unit).ceil());
            let is_exact = low.abs().max(high.abs()) < 2f64.powi(52);
            // A bound has as many decimals as fraction bits.
            let whole = least.abs().max(greatest.abs()).max(1.0).log10() as i32 + 2;
            let is_short = whole + fraction_bits <= MAX_DIGITS;
            if !is_exact || !is_short || high - low > 255.0 {
                break;
            }
            scale = Self {
                offset: low as i64,
                fraction_bits,
            };
        }
        scale
    }

    /// What byte 0 stands for.
    pub fn lower(&self) -> f64 {
        self.offset as f64 * self.step()
    }

    /// What two neighbouring bytes differ by.
    pub fn step(&self) -> f64 {
        2f64.powi(-self.fraction_bits)
    }
}

/// `integer * 2^-fraction_bits` as a decimal, exactly: a dyadic fraction with s fraction
/// bits has s decimals.
fn dyadic(integer: i64, fraction_bits: i32) -> String {
    let Ok(bits) = u32::try_from(fraction_bits) else {
        return (i128::from(integer) << fraction_bits.unsigned_abs()).to_string();
    };
    let magnitude = u128::from(integer.unsigned_abs());
    let (whole, rest) = (magnitude >> bits, magnitude & ((1 << bits) - 1));
    let sign = if integer < 0 { "-" } else { "" };
    if rest == 0 {
        return format!("{sign}{whole}");
    }
    let digits = rest * 5u128.pow(bits);
    let digits = format!("{digits:0width$}", width = bits as usize);
    format!("{sign}{whole}.{}", digits.trim_end_matches('0'))
}

#[cfg(test)]
#[allow(clippy::panic)]
mod tests {
    use super::*;

    fn covering(values: &[f64]) -> Scale {
        Scale::covering(values.iter().copied())
    }

    #[test]
    fn a_column_is_covered_as_finely_as_bytes_allow() {
        // 16 eighths of 16 are 128 steps; 16 sixteenths would be 256.
        let digits = covering(&[0.0, 16.0, 5.0]);
        assert_eq!((digits.offset, digits.fraction_bits), (0, 3));
        let negative = covering(&[-1.0, 1.0]);
        assert_eq!((negative.offset, negative.fraction_bits), (-64, 6));
        let large = covering(&[185.2, 4254.0]);
        assert!(large.step() * 255.0 >= 4254.0 - 185.2);
        assert!(large.lower() <= 185.2 && large.lower() + 255.0 * large.step() >= 4254.0);
    }

    #[test]
    fn a_constant_column_is_kept_exactly() {
        // With a fine step, so that a weight times the step stays small.
        let zero = covering(&[0.0]);
        assert_eq!((zero.lower(), zero.fraction_bits), (0.0, 26));
        let half = covering(&[0.5]);
        assert!((half.lower() - 0.5).abs() <= half.step());
        for constant in [1e9 + 0.5, -0.1, 123_456.789, 9.9e11, -9.9e11] {
            let columns = Columns::of(&[vec![constant]]);
            assert!((columns.0[0].lower() - constant).abs() <= columns.0[0].step());
            let schema = columns.schema(&["x".into()], vec![]);
            schema
                .quantiser()
                .unwrap_or_else(|error| panic!("{constant}: {error}"));
        }
    }

    #[test]
    fn bounds_are_exact_decimals() {
        assert_eq!(dyadic(255, 3), "31.875");
        assert_eq!(dyadic(-1, 1), "-0.5");
        assert_eq!(dyadic(3, 0), "3");
        assert_eq!(dyadic(3, -4), "48");
        assert_eq!(dyadic(1, 20), "0.00000095367431640625");
    }

    #[test]
    fn a_schema_made_of_columns_can_be_used() {
        let (least, greatest) = (vec![0.0, -3.5, -9.99e11], vec![16.0, 1e11, 9.99e11]);
        let columns = Columns::of(&[least, greatest]);
        let names = ["a", "b", "c"].map(String::from);
        for classes in [vec![], vec!["no".into(), "yes".into()]] {
            assert!(columns.schema(&names, classes).quantiser().is_ok());
        }
    }
}
