//! The regularisation's strength: a decimal number on the command line, the integer
//! `L = lambda * 255^2` in a specification.

use assay_protocol::certificate::FEATURE_SCALE_SQUARED;
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

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
