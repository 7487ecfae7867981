//! Multiplication of a fixed point by a public scalar, in a quarter of the doublings.
//!
//! The scalar is d0 + 2^64 d1 + 2^128 d2 + 2^192 d3, and 2^(64 i) P are known, so the four
//! 64-bit multiplications share their doublings (Straus 1964: one table of the 15 sums of
//! the four points). That makes 64 doublings and at most 75 additions, where
//! `bls12_381`'s constant-time multiplication makes 255 of each. The running time depends
//! on the scalar, which is public.

use core::array;

use bls12_381::{G1Affine, G1Projective, Scalar};

/// Bits of a digit.
const DIGIT_BITS: usize = 64;
/// Digits of a scalar.
const DIGITS: usize = 4;

/// `2^(64 i) point` for i = 0..4.
pub fn shifts(point: &G1Affine) -> [G1Affine; DIGITS] {
    let mut shifted = G1Projective::from(point);
    let projective: [_; DIGITS] = array::from_fn(|i| {
        if i > 0 {
            shifted = (0..DIGIT_BITS).fold(shifted, |point, _| point.double());
        }
        shifted
    });
    let mut affine = [G1Affine::identity(); DIGITS];
    G1Projective::batch_normalize(&projective, &mut affine);
    affine
}

/// `scalar * shifts[0]`, given [`shifts`] of a point.
pub fn multiply(shifts: &[G1Affine; DIGITS], scalar: &Scalar) -> G1Projective {
    let table = joint_sums(shifts);
    let bytes = scalar.to_bytes();
    (0..DIGIT_BITS)
        .rev()
        .fold(G1Projective::identity(), |sum, bit| {
            let sum = sum.double();
            match joint_bit(&bytes, bit) {
                0 => sum,
                index => sum + table[index],
            }
        })
}

/// Sums of the points whose bit is set in the index.
fn joint_sums(points: &[G1Affine; DIGITS]) -> [G1Projective; 1 << DIGITS] {
    let mut table = [G1Projective::identity(); 1 << DIGITS];
    for (i, point) in points.iter().enumerate() {
        let (known, new) = table.split_at_mut(1 << i);
        new[0] = point.into();
        for (sum, known) in new.iter_mut().zip(known).skip(1) {
            *sum = known.add_mixed(point);
        }
    }
    table
}

/// Bit `bit` of each of the four digits of a little-endian number, digit i at bit i.
fn joint_bit(bytes: &[u8; 32], bit: usize) -> usize {
    let digits = bytes.chunks_exact(DIGIT_BITS / 8).enumerate();
    digits
        .map(|(i, digit)| usize::from((digit[bit / 8] >> (bit % 8)) & 1) << i)
        .sum()
}
