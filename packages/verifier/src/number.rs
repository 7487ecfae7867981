//! Exact numbers as a person reads them, without floating point.

use alloc::format;
use alloc::string::String;

use assay_protocol::certificate::Fraction;

/// Digits of a gap after the point.
const GAP_DIGITS: usize = 9;
/// The most digits of a score after the point.
const SCORE_DIGITS: usize = 12;

/// A gap below one as a decimal number, rounded up in the ninth digit, so that it stays an
/// upper bound.
pub fn decimal_gap(gap: Fraction) -> String {
    let scale = 10u128.pow(GAP_DIGITS as u32);
    let scaled = gap.numerator.checked_mul(scale);
    let units = scaled.map_or(scale, |units| units.div_ceil(gap.denominator.max(1)));
    let (whole, rest) = (units / scale, units % scale);
    format!("{whole}.{rest:0GAP_DIGITS$}")
}

/// `integer / 2^bits` for at most 64 bits: exact, or with the word "about" and cut after
/// twelve digits.
pub(crate) fn dyadic(integer: i128, bits: u32) -> String {
    let magnitude = integer.unsigned_abs();
    let whole = magnitude >> bits;
    let mut rest = magnitude - (whole << bits);
    let mut digits = String::new();
    while rest != 0 && digits.len() < SCORE_DIGITS {
        rest *= 10;
        let digit = rest >> bits;
        digits.push(char::from(b'0' + (digit % 10) as u8));
        rest -= digit << bits;
    }
    let about = if rest == 0 { "" } else { "about " };
    let sign = if integer < 0 { "-" } else { "" };
    let point = if digits.is_empty() { "" } else { "." };
    format!("{about}{sign}{whole}{point}{digits}")
}

/// About `lower + byte (upper - lower) / 255`, in so many digits that neighbouring bytes
/// differ; `None` for bounds that aren't plain decimal numbers of moderate size.
pub(crate) fn interpolated(lower: &str, upper: &str, byte: u8) -> Option<String> {
    let (lower, lower_digits) = plain(lower)?;
    let (upper, upper_digits) = plain(upper)?;
    // Three digits for 255 steps, three more to round.
    let digits = lower_digits.max(upper_digits) + 6;
    let scaled = |number: i128, has: u32| number.checked_mul(10i128.checked_pow(digits - has)?);
    let (lower, upper) = (scaled(lower, lower_digits)?, scaled(upper, upper_digits)?);
    let width = upper.checked_sub(lower).filter(|&width| width > 0)?;
    let value = lower + width.checked_mul(byte.into())? / 255;
    // A tenth of a step is as much as is worth showing.
    let mut kept = digits;
    let mut unit = 1;
    while kept > 0 && unit * 10 * 2550 <= width {
        unit *= 10;
        kept -= 1;
    }
    let rounded = (value + value.signum() * unit / 2) / unit;
    let scale = 10u128.checked_pow(kept)?;
    let (whole, rest) = (
        rounded.unsigned_abs() / scale,
        rounded.unsigned_abs() % scale,
    );
    let sign = if rounded < 0 { "-" } else { "" };
    let text = format!("{sign}{whole}.{rest:0width$}", width = kept as usize);
    Some(text.trim_end_matches('0').trim_end_matches('.').into())
}

/// `-12.50` as -1250 and 2.
fn plain(text: &str) -> Option<(i128, u32)> {
    let (sign, number) = match text.strip_prefix('-') {
        Some(number) => (-1, number),
        None => (1, text),
    };
    let (whole, rest) = number.split_once('.').unwrap_or((number, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !all_digits(whole) || !all_digits(rest) || number.len() > 20 {
        return None;
    }
    let digits = format!("{whole}{rest}");
    Some((sign * digits.parse::<i128>().ok()?, rest.len() as u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gap(numerator: u128, denominator: u128) -> String {
        decimal_gap(Fraction {
            numerator,
            denominator,
        })
    }

    #[test]
    fn a_gap_is_rounded_up() {
        assert_eq!(gap(1, 1000), "0.001000000");
        assert_eq!(gap(1, 3), "0.333333334");
        assert_eq!(gap(1, u128::MAX), "0.000000001");
        assert_eq!(gap(0, 5), "0.000000000");
    }

    #[test]
    fn a_binary_fraction_is_written_exactly_or_says_about() {
        assert_eq!(dyadic(5, 1), "2.5");
        assert_eq!(dyadic(-5, 2), "-1.25");
        assert_eq!(dyadic(-4, 2), "-1");
        assert_eq!(dyadic(7, 0), "7");
        assert_eq!(dyadic(1, 12), "0.000244140625");
        assert_eq!(dyadic(1, 13), "about 0.000122070312");
        assert_eq!(dyadic(-(1 << 39), 39), "-1");
        let widest = i128::from(u64::MAX) << 40;
        assert_eq!(dyadic(widest, 40), "18446744073709551615");
    }

    #[test]
    fn a_byte_stands_for_a_point_between_the_bounds() {
        let at = |lower, upper, byte| interpolated(lower, upper, byte).unwrap_or_default();
        assert_eq!(at("0", "255", 103), "103");
        assert_eq!(at("0", "1", 0), "0");
        assert_eq!(at("0", "1", 255), "1");
        assert_eq!(at("0", "1", 128), "0.502");
        assert_eq!(at("6.98", "28.11", 103), "15.515");
        assert_eq!(at("-1", "1", 1), "-0.9922");
        assert_eq!(at("0.0001", "0.0002", 200), "0.00017843");
        assert_eq!(at("0", "1000000", 3), "11765");
    }

    #[test]
    fn bounds_that_are_not_plain_are_left_out() {
        for (lower, upper) in [
            ("1e3", "2e3"),
            ("", "1"),
            ("0", "1.x"),
            ("2", "1"),
            ("--1", "1"),
            ("0", "123456789012345678901"),
        ] {
            assert_eq!(interpolated(lower, upper, 7), None, "{lower} {upper}");
        }
    }
}
