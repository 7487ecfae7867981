//! The regularisation's strength: a decimal number on the command line, the integer
//! `L = lambda * 255^2` in a specification.

use assay_protocol::certificate::{CertificateError, FEATURE_SCALE_SQUARED, SquaredHinge};
use assay_protocol::schema::decimal;

use crate::Error;

/// Reads a decimal lambda and rounds `lambda * 65025` to the nearest integer, halves up.
///
/// # Errors
/// [`Error::Lambda`] if it is no number or not from 1/65025 (rounded) to 1.
pub fn parse(text: &str) -> Result<u64, Error> {
    let refused = || Error::Lambda(text.chars().take(40).collect());
    let lambda = decimal(text).map_err(|_| refused())?;
    let one = 10i128.checked_pow(lambda.scale()).ok_or_else(refused)?;
    let scaled = lambda
        .mantissa()
        .checked_mul(2 * i128::from(FEATURE_SCALE_SQUARED));
    let rounded = scaled
        .and_then(|s| s.checked_add(one))
        .ok_or_else(refused)?
        / (2 * one);
    let integer = u64::try_from(rounded).map_err(|_| refused())?;
    match (1..=FEATURE_SCALE_SQUARED).contains(&integer) {
        true => Ok(integer),
        false => Err(refused()),
    }
}

/// The method for data of this size with the lambda that `text` says.
///
/// # Errors
/// [`Error::Lambda`]; [`Error::Mismatch`] with the range that suits the data, where this
/// lambda doesn't; [`Error::Certificate`] for data of a size that no circuit has.
pub fn method(rows: u32, features: u32, classes: u32, text: &str) -> Result<SquaredHinge, Error> {
    let of = |lambda| SquaredHinge::with_fewest_fraction_bits(rows, features, classes, lambda);
    let lambda = parse(text)?;
    match of(lambda) {
        Err(CertificateError::NoFractionBits { .. }) => {
            // The larger lambda is, the better rounded weights meet the conditions.
            let (mut below, mut least) = (lambda, FEATURE_SCALE_SQUARED);
            while least - below > 1 {
                let middle = below.midpoint(least);
                match of(middle) {
                    Ok(_) => least = middle,
                    Err(_) => below = middle,
                }
            }
            let range = match of(least) {
                Ok(_) => format!("{} to 1", decimal_above(least)),
                Err(_) => "none".into(),
            };
            Err(Error::Mismatch(format!(
                "lambda {text} is too small for {features} features ({range} would do): use a larger lambda or fewer features"
            )))
        }
        method => Ok(method?),
    }
}

/// The least decimal of seven digits that isn't below `integer / 65025`.
fn decimal_above(integer: u64) -> String {
    const SCALE: u64 = 10_000_000;
    let scaled = (integer * SCALE).div_ceil(FEATURE_SCALE_SQUARED);
    let (whole, rest) = (scaled / SCALE, scaled % SCALE);
    let text = format!("{whole}.{rest:07}");
    text.trim_end_matches('0').trim_end_matches('.').into()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_lambda_too_small_for_the_data_is_told_the_least_that_does() {
        let refused = method(20, 900, 2, "0.00002").unwrap_err().line();
        let (_, rest) = refused.split_once('(').unwrap();
        let (least, _) = rest.split_once(" to 1 would do").unwrap();
        let integer = method(20, 900, 2, least).unwrap().lambda_65025;
        let below = SquaredHinge::with_fewest_fraction_bits(20, 900, 2, integer - 1);
        assert!(below.is_err(), "{least}");
    }

    #[test]
    fn decimals_above_are_read_as_the_same_integer() {
        for integer in [1, 2, 65, 650, 32_512, 65_024, 65_025] {
            assert_eq!(parse(&decimal_above(integer)).unwrap(), integer);
        }
    }

    #[test]
    fn lambda_is_rounded_to_a_65025th() {
        assert_eq!(parse("0.001").unwrap(), 65);
        assert_eq!(parse("1e-3").unwrap(), 65);
        assert_eq!(parse("1").unwrap(), 65025);
        assert_eq!(parse("0.0000077").unwrap(), 1);
    }

    #[test]
    fn what_the_certificate_does_not_take_is_refused() {
        for text in [
            "0",
            "-0.001",
            "NaN",
            "inf",
            "",
            "1.1",
            "0.000007",
            "1e-28",
            "79228162514264337593543950335",
        ] {
            assert!(matches!(parse(text), Err(Error::Lambda(_))), "{text}");
        }
    }
}
