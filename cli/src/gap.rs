//! The certificate's gap, as a person reads it.

use assay_protocol::certificate::Fraction;

const DIGITS: usize = 9;

/// A fraction below one as a decimal number, rounded up in the ninth digit, so that
/// it stays an upper bound.
pub fn decimal(gap: Fraction) -> String {
    let scale = 10u128.pow(DIGITS as u32);
    let scaled = gap.numerator.checked_mul(scale);
    let units = scaled.map_or(scale, |units| units.div_ceil(gap.denominator.max(1)));
    let (whole, rest) = (units / scale, units % scale);
    format!("{whole}.{rest:0DIGITS$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(numerator: u128, denominator: u128) -> String {
        decimal(Fraction {
            numerator,
            denominator,
        })
    }

    #[test]
    fn a_gap_is_rounded_up() {
        assert_eq!(text(1, 1000), "0.001000000");
        assert_eq!(text(1, 3), "0.333333334");
        assert_eq!(text(1, u128::MAX), "0.000000001");
        assert_eq!(text(0, 5), "0.000000000");
    }
}
