//! Bytes and small integers packed into limbs for hashing: free.
//!
//! A limb holds 30 bytes, little-endian, so it stays below 2^240 and two byte strings of
//! one length never share their limbs. That holds for *bytes*: packing takes integers
//! whose proved bound fits their place, or the packing would bind nothing.

use bls12_381::Scalar;

use crate::int::power_of_two;
use crate::range::check_width;
use crate::{Error, Int, Linear, System, rescale};

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
    for (index, element) in elements.iter().enumerate() {
        check_fits(index, element, bytes)?;
    }
    let shift = power_of_two(8 * bytes as u32);
    let powers = || std::iter::successors(Some(Scalar::one()), |power| Some(power * shift));
    let limb = |limb: &[Int]| Linear::sum(powers().zip(limb.iter().map(Int::linear)));
    Ok(elements.chunks(LIMB_BYTES / bytes).map(limb).collect())
}

/// Packs unsigned integers of various widths, each with its number of little-endian bytes:
/// the limbs of the byte string they form. An integer that lies across two limbs is cut
/// there, which costs two range checks; all else is free.
///
/// # Errors
/// [`Error::Width`] unless an integer has 1 to 15 bytes; [`Error::NotPackable`] where its
/// bound is wider than those.
pub fn pack_widths<CS>(mut cs: CS, elements: &[(Int, usize)]) -> Result<Vec<Linear>, Error>
where
    CS: System,
{
    let mut limbs = Vec::new();
    let (mut limb, mut filled): (Vec<(Scalar, Linear)>, usize) = (Vec::new(), 0);
    let sum = |limb: &[(Scalar, Linear)]| Linear::sum(limb.iter().map(|(c, part)| (*c, part)));
    for (index, (element, bytes)) in elements.iter().enumerate() {
        check_width(u32::try_from(bytes.saturating_mul(8)).unwrap_or(u32::MAX))?;
        check_fits(index, element, *bytes)?;
        let power = power_of_two(8 * filled as u32);
        let room = LIMB_BYTES - filled;
        if *bytes < room {
            limb.push((power, element.linear().clone()));
            filled += bytes;
            continue;
        }
        let (low, high) = match bytes - room {
            0 => (element.clone(), None),
            rest => {
                let bits = 8 * room as u32;
                let cs = cs.namespace(|| format!("cut {index}"));
                let high = rescale::floor(cs, element, bits)?;
                // What it leaves over is the remainder, which it has range-checked.
                let low = element.sub(&high.scale(1 << bits)?)?;
                (low, Some((high, rest)))
            }
        };
        limb.push((power, low.linear().clone()));
        limbs.push(sum(&limb));
        (limb, filled) = match high {
            Some((high, rest)) => (vec![(Scalar::one(), high.linear().clone())], rest),
            None => (Vec::new(), 0),
        };
    }
    if filled > 0 {
        limbs.push(sum(&limb));
    }
    Ok(limbs)
}

fn check_fits(index: usize, element: &Int, bytes: usize) -> Result<(), Error> {
    let (lo, hi) = element.bounds();
    match lo < 0 || hi >= 1 << (8 * bytes) {
        true => Err(Error::NotPackable {
            index,
            lo,
            hi,
            bytes,
        }),
        false => Ok(()),
    }
}
