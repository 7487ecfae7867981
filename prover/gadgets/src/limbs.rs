//! Bytes and small integers packed into limbs for hashing: free.
//!
//! A limb holds 30 bytes, little-endian, so it stays below 2^240 and two byte strings of
//! one length never share their limbs. That holds for *bytes*: packing takes integers
//! whose proved bound fits their place, or the packing would bind nothing.

use bls12_381::Scalar;

use crate::int::power_of_two;
use crate::{Bit, Error, Int, Linear};

/// Bytes in a limb.
pub const LIMB_BYTES: usize = 30;

/// Packs bytes, each proved to be in 0..=255, into 30-byte little-endian limbs; the last
/// one may be short.
///
/// # Errors
/// [`Error::NotPackable`] where a bound is wider than a byte.
pub fn pack_bytes(bytes: &[Int]) -> Result<Vec<Linear>, Error> {
    pack(bytes, 1)
}

/// Packs unsigned integers of `bytes` (1, 2, 3 or 5) little-endian bytes each: the limbs
/// of the byte string they form.
///
/// # Errors
/// [`Error::NotPackable`] where a bound is wider than `bytes` bytes;
/// [`Error::ElementBytes`] for another width.
pub fn pack(elements: &[Int], bytes: usize) -> Result<Vec<Linear>, Error> {
    let (1 | 2 | 3 | 5) = bytes else {
        return Err(Error::ElementBytes { bytes });
    };
    let wide = |element: &Int| element.lo() < 0 || element.hi() >= 1 << (8 * bytes);
    if let Some(index) = elements.iter().position(wide) {
        let (lo, hi) = elements[index].bounds();
        return Err(Error::NotPackable {
            index,
            lo,
            hi,
            bytes,
        });
    }
    let shift = power_of_two(8 * bytes as u32);
    let powers = || std::iter::successors(Some(Scalar::one()), |power| Some(power * shift));
    let limb = |limb: &[Int]| Linear::sum(powers().zip(limb.iter().map(Int::linear)));
    Ok(elements.chunks(LIMB_BYTES / bytes).map(limb).collect())
}

/// The two's complement of a signed integer, as the unsigned integer of the same width,
/// from the bits that [`range::signed`](crate::range::signed) returns: free, as only the
/// top bit is flipped.
///
/// # Errors
/// [`Error::Width`] without bits or beyond 120.
pub fn twos_complement(bits: &[Bit]) -> Result<Int, Error> {
    let Some((top, low)) = bits.split_last() else {
        return Err(Error::Width { bits: 0 });
    };
    let flipped: Vec<Bit> = low.iter().cloned().chain([top.not()]).collect();
    Int::from_bits(&flipped)
}
