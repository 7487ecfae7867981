//! Scalars as signed numbers, cut into signed digits.

use bls12_381::Scalar;
use zeroize::Zeroize;

/// Bits of the greatest magnitude, `(q - 1) / 2`.
pub(crate) const MAGNITUDE_BITS: usize = 254;

/// A scalar as a sign (bit 255) and a magnitude of at most 254 bits, so that a small
/// negative number is as cheap as a small positive one.
#[derive(Clone, Copy, Default, Zeroize)]
pub(crate) struct Exponent([u64; 4]);

/// `(q - 1) / 2`, where `q` is the order of the groups.
const HALF: [u64; 4] = [
    0x7fff_ffff_8000_0000,
    0xa9de_d201_7fff_2dff,
    0x199c_ec04_04d0_ec02,
    0x39f6_d3a9_94ce_bea4,
];
const NEGATIVE: u64 = 1 << 63;

impl From<&Scalar> for Exponent {
    fn from(scalar: &Scalar) -> Self {
        let words = words(scalar);
        match words.iter().rev().le(HALF.iter().rev()) {
            true => Self(words),
            false => {
                let mut magnitude = self::words(&-scalar);
                magnitude[3] |= NEGATIVE;
                Self(magnitude)
            }
        }
    }
}

/// The canonical number, little-endian.
fn words(scalar: &Scalar) -> [u64; 4] {
    let bytes = scalar.to_bytes();
    let (words, _) = bytes.as_chunks::<8>();
    std::array::from_fn(|i| u64::from_le_bytes(words[i]))
}

impl Exponent {
    /// Bits of the magnitude.
    pub fn bits(&self) -> usize {
        let [w0, w1, w2, w3] = self.0;
        let words = [w0, w1, w2, w3 & !NEGATIVE];
        let top = words.iter().rposition(|&word| word != 0);
        top.map_or(0, |top| 64 * top + 64 - words[top].leading_zeros() as usize)
    }

    /// Digit `index` in base `2^width`, between `-2^(width-1)` and `2^(width-1)`: the digits
    /// add up to the number (Booth 1951; every digit is read off by itself).
    pub fn digit(&self, index: usize, width: usize) -> i32 {
        let [w0, w1, w2, w3] = self.0;
        let words = [w0, w1, w2, w3 & !NEGATIVE];
        // The digit's bits and the one below them.
        let window = match (index * width).checked_sub(1) {
            Some(start) => {
                let (word, shift) = (start / 64, start % 64);
                let low = words.get(word).map_or(0, |w| w >> shift);
                let high = words.get(word + 1).map_or(0, |w| w << 1 << (63 - shift));
                low | high
            }
            None => words[0] << 1,
        } & ((2 << width) - 1);
        let digit = (window as i32 + 1) / 2 - ((window >> width << width) as i32);
        if w3 & NEGATIVE != 0 { -digit } else { digit }
    }
}

/// Digits of `width` bits that hold magnitudes of `bits` bits.
pub(crate) fn digits(bits: usize, width: usize) -> usize {
    (bits + 1).div_ceil(width)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sum_of_digits(scalar: &Scalar, width: usize) -> Scalar {
        let exponent = Exponent::from(scalar);
        let base = Scalar::from(1 << width);
        (0..digits(exponent.bits(), width))
            .rev()
            .fold(Scalar::zero(), |sum, index| {
                let digit = exponent.digit(index, width);
                assert!(digit.unsigned_abs() <= 1 << (width - 1));
                let magnitude = Scalar::from(u64::from(digit.unsigned_abs()));
                sum * base + if digit < 0 { -magnitude } else { magnitude }
            })
    }

    proptest! {
        #[test]
        fn digits_add_up(words in any::<[u64; 4]>(), shift in 0..4usize, width in 1..17usize) {
            let mut words = words;
            words[4 - shift..].fill(0);
            words[3] >>= 2;
            let scalar = Scalar::from_raw(words);
            prop_assert_eq!(sum_of_digits(&scalar, width), scalar);
            prop_assert_eq!(sum_of_digits(&-scalar, width), -scalar);
        }
    }

    #[test]
    fn extremes_add_up() {
        let half = Scalar::from_raw(HALF);
        for scalar in [
            Scalar::zero(),
            Scalar::one(),
            -Scalar::one(),
            half,
            -half,
            half + Scalar::one(),
        ] {
            assert!(Exponent::from(&scalar).bits() <= MAGNITUDE_BITS);
            for width in 1..17 {
                assert_eq!(sum_of_digits(&scalar, width), scalar);
            }
        }
    }
}
