//! Bytes to field elements: 30-byte little-endian limbs.
//!
//! Thirty bytes hold whole integers of one, two, three or five bytes, so an
//! integer of such a width never straddles two limbs, and a limb stays below
//! 2^240, far from the field's order: the encoding is injective for a known
//! length.

use crate::Scalar;

/// Bytes in a limb.
pub const LIMB_BYTES: usize = 30;

/// A 30-byte (or shorter) little-endian integer as a field element.
/// Bytes after the thirtieth are not read.
pub fn limb(bytes: &[u8]) -> Scalar {
    let mut wide = [0u8; 32];
    for (to, from) in wide.iter_mut().zip(bytes.iter().take(LIMB_BYTES)) {
        *to = *from;
    }
    let word = |i: usize| {
        let mut eight = [0u8; 8];
        eight.copy_from_slice(&wide[8 * i..8 * i + 8]);
        u64::from_le_bytes(eight)
    };
    Scalar::from_raw([word(0), word(1), word(2), word(3)])
}

/// The limbs of a byte string, in order; the last one may be short.
pub fn limbs(bytes: &[u8]) -> impl Iterator<Item = Scalar> + '_ {
    bytes.chunks(LIMB_BYTES).map(limb)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn a_limb_is_the_little_endian_integer() {
        assert_eq!(limb(&[0x34, 0x12]), Scalar::from(0x1234));
        let mut bytes = [0u8; 30];
        bytes[29] = 1;
        assert_eq!(limb(&bytes).to_bytes()[29], 1);
    }

    #[test]
    fn a_byte_string_is_cut_every_thirty_bytes() {
        let bytes = [7u8; 61];
        assert_eq!(limbs(&bytes).count(), 3);
        assert_eq!(limbs(&bytes).collect::<Vec<_>>()[2], Scalar::from(7));
        assert_eq!(limbs(&[]).count(), 0);
    }
}
