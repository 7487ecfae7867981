//! The base field of BLS12-381 and its quadratic extension, eight elements at a time.
//!
//! Batches of curve points are added with one inversion for the whole batch, so that nearly
//! all of the time goes into multiplications that don't wait for one another: eight of them
//! share one instruction stream. [`ifma`] does them with AVX-512's 52-bit multipliers,
//! [`portable`] with blst, one after the other.
//!
//! A *stored* element is what a point in memory or in a key file is made of: `x 2^416 mod p`,
//! six little-endian words, less than `p`. That is the Montgomery form for eight limbs of 52
//! bits. For six words of 64 bits it is the Montgomery form of `2^32 x`; [`Field::scaled`]
//! says where that factor matters.

mod ifma;
mod portable;
mod quadratic;

use bytemuck::Pod;

#[cfg(target_arch = "x86_64")]
pub(crate) use ifma::Ifma;
pub(crate) use portable::Portable;
pub(crate) use quadratic::{Pair, Quadratic};

/// Elements that are worked on together.
pub(crate) const LANES: usize = 8;

/// An element of the base field in memory: `x 2^416 mod p`, canonical.
pub(crate) type Words = [u64; 6];

/// One bit for each lane.
pub(crate) type Mask = u8;

/// Eight elements of a field.
///
/// Elements are residues below a small multiple of `p`: the result of a multiplication is
/// below `1.01 p`, of a subtraction below `2p` more than what it is subtracted from. What
/// each operation can take is said there. Values loaded from memory are canonical.
pub(crate) trait Field: Copy {
    /// One element in memory.
    type Stored: Pod + Eq + Send + Sync;

    /// Reads a canonical element into each lane.
    fn load(elements: [&Self::Stored; LANES]) -> Self;

    /// Writes canonical elements.
    fn store(self) -> [Self::Stored; LANES];

    /// The canonical form of elements below `4p`.
    fn reduce(self) -> Self;

    /// The element one in every lane.
    fn one() -> Self;

    /// The sum, below the sum of the bounds.
    fn add(self, other: Self) -> Self;

    /// The difference; `other` is below `2p`.
    fn sub(self, other: Self) -> Self;

    /// `self - a - b`, below `2p` more than `self`; `a` and `b` are at most `p`.
    fn sub_both(self, a: Self, b: Self) -> Self;

    /// The product of elements below `8p`.
    fn mul(self, other: Self) -> Self;

    /// The square of elements below `4p`.
    fn square(self) -> Self;

    /// Makes a slope's square an element on the scale of stored coordinates.
    ///
    /// A backend sees a stored coordinate as `s x` with a constant `s`. Slopes, being
    /// quotients, come out right by themselves; squared, they need the factor `s` before a
    /// coordinate is subtracted.
    fn scaled(self) -> Self;

    /// Divides by that constant.
    fn unscaled(self) -> Self;

    /// The inverses of elements below `4p`; no lane is zero.
    fn inverse(self) -> Self;

    /// Where two canonical values are equal.
    fn equal(self, other: Self) -> Mask;

    /// Where a canonical value is zero.
    fn is_zero(self) -> Mask;

    /// `other` where the mask is set.
    fn select(self, mask: Mask, other: Self) -> Self;

    /// Canonical values, negated where the mask is set: at most `p`.
    fn negate(self, mask: Mask) -> Self;
}

/// The modulus.
const MODULUS: Words = [
    0xb9fe_ffff_ffff_aaab,
    0x1eab_fffe_b153_ffff,
    0x6730_d2a0_f6b0_f624,
    0x6477_4b84_f385_12bf,
    0x4b1b_a7b6_434b_acd7,
    0x1a01_11ea_397f_e69a,
];

/// `2^352 mod p`: as blst sees it, `2^-32`.
const TWO_352: Words = [0, 0, 0, 0, 0, 1 << 32];

/// `2^384 mod p`: as blst sees it, one.
const TWO_384: Words = [
    0x7609_0000_0002_fffd,
    0xebf4_000b_c40c_0002,
    0x5f48_9857_53c7_58ba,
    0x77ce_5853_7052_5745,
    0x5c07_1a97_a256_ec6d,
    0x15f6_5ec3_fa80_e493,
];

/// `2^416 mod p`: the stored element one; as blst sees it, `2^32`.
const TWO_416: Words = [
    0x44f6_480e_a8e9_b9af,
    0xa96f_7d65_766c_8fe4,
    0xe82e_fd42_28b5_40fe,
    0x6723_e5f0_ade5_3b2e,
    0x25ff_6eb6_fdd4_230a,
    0x14c8_ee06_ef23_c24a,
];

/// `2^448 mod p`: as blst sees it, `2^64`.
const TWO_448: Words = [
    0x42b7_fde3_7dba_9366,
    0x7784_894e_2752_5bc3,
    0xb2b9_1b9d_c1f5_b1e9,
    0x206f_497d_fcaf_b872,
    0x5941_37cc_89a9_b0bb,
    0x0411_cd9d_20d7_e399,
];

/// The stored element of 48 bytes, big-endian, below the modulus.
pub(crate) fn from_bytes(bytes: &[u8; 48]) -> Words {
    portable::mul(&portable::from_bytes(bytes), &TWO_416)
}

/// 48 bytes, big-endian.
pub(crate) fn to_bytes(stored: &Words) -> [u8; 48] {
    portable::to_bytes(&portable::mul(stored, &TWO_352))
}

/// The product of an element and a factor in blst's form, `2^384` times itself.
pub(crate) fn mul(words: &Words, factor: &Words) -> Words {
    portable::mul(words, factor)
}

/// The sum of canonical elements.
pub(crate) fn add(a: &Words, b: &Words) -> Words {
    portable::add(a, b)
}

/// The negative of a canonical element.
pub(crate) fn negate(words: &Words) -> Words {
    portable::negate(words)
}

/// Whether the words are below the modulus.
pub(crate) fn is_canonical(words: &Words) -> bool {
    words.iter().rev().lt(MODULUS.iter().rev())
}

#[cfg(test)]
mod tests;
