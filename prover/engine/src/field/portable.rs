//! Eight elements of the base field, one after the other, by blst's assembly, or by its
//! portable code on processors it has none for.
//!
//! blst takes six words as the Montgomery form `y 2^384`: a stored element `x` is `2^32 x`
//! to it.
#![allow(unsafe_code)]

use blst::{
    blst_bendian_from_fp, blst_fp, blst_fp_add, blst_fp_cneg, blst_fp_eucl_inverse,
    blst_fp_from_bendian, blst_fp_mul, blst_fp_sub,
};

use super::quadratic::Pair;
use super::{Field, LANES, Mask, TWO_352, TWO_384, TWO_416, Words};

/// Eight elements, each canonical.
#[derive(Clone, Copy)]
pub(crate) struct Portable([blst_fp; LANES]);

/// The product as blst understands it: of the stored elements `x` and `y` it is `2^32 xy`.
pub(super) fn mul(a: &Words, b: &Words) -> Words {
    let mut product = blst_fp::default();
    // SAFETY: the three pointers are to live elements, the first of which is written.
    unsafe { blst_fp_mul(&raw mut product, &blst_fp { l: *a }, &blst_fp { l: *b }) };
    product.l
}

/// The inverses as blst understands them, with one inversion (Montgomery 1987).
pub(super) fn invert(elements: &mut [Words; LANES]) {
    let mut products = [TWO_384; LANES];
    for i in 1..LANES {
        products[i] = mul(&products[i - 1], &elements[i - 1]);
    }
    let mut inverse = blst_fp {
        l: mul(&products[LANES - 1], &elements[LANES - 1]),
    };
    // SAFETY: the function may write to its operand.
    unsafe { blst_fp_eucl_inverse(&raw mut inverse, &raw const inverse) };
    for (element, product) in elements.iter_mut().zip(products).rev() {
        let own = mul(&inverse.l, &product);
        inverse.l = mul(&inverse.l, element);
        *element = own;
    }
}

/// The sum.
pub(super) fn add(a: &Words, b: &Words) -> Words {
    let mut sum = blst_fp::default();
    // SAFETY: the three pointers are to live elements, the first of which is written.
    unsafe { blst_fp_add(&raw mut sum, &blst_fp { l: *a }, &blst_fp { l: *b }) };
    sum.l
}

/// The negative.
pub(super) fn negate(a: &Words) -> Words {
    let mut negative = blst_fp { l: *a };
    // SAFETY: the function may write to its operand.
    unsafe { blst_fp_cneg(&raw mut negative, &raw const negative, true) };
    negative.l
}

/// The Montgomery form of 48 bytes, big-endian.
pub(super) fn from_bytes(bytes: &[u8; 48]) -> Words {
    let mut element = blst_fp::default();
    // SAFETY: the function reads 48 bytes and writes the element.
    unsafe { blst_fp_from_bendian(&raw mut element, bytes.as_ptr()) };
    element.l
}

/// 48 bytes, big-endian, of the Montgomery form.
pub(super) fn to_bytes(element: &Words) -> [u8; 48] {
    let mut bytes = [0; 48];
    // SAFETY: the function writes 48 bytes and reads the element.
    unsafe { blst_bendian_from_fp(bytes.as_mut_ptr(), &blst_fp { l: *element }) };
    bytes
}

type Binary = unsafe extern "C" fn(*mut blst_fp, *const blst_fp, *const blst_fp);

impl Portable {
    fn zip(mut self, other: &Self, function: Binary) -> Self {
        for (a, b) in self.0.iter_mut().zip(&other.0) {
            // SAFETY: blst's functions of two operands may write to one of them.
            unsafe { function(a, &*a, b) };
        }
        self
    }
}

impl Field for Portable {
    type Stored = Words;

    fn load(elements: [&Words; LANES]) -> Self {
        Self(elements.map(|&l| blst_fp { l }))
    }

    fn store(self) -> [Words; LANES] {
        self.0.map(|element| element.l)
    }

    fn reduce(self) -> Self {
        self
    }

    fn one() -> Self {
        Self([blst_fp { l: TWO_384 }; LANES])
    }

    fn add(self, other: Self) -> Self {
        self.zip(&other, blst_fp_add)
    }

    fn sub(self, other: Self) -> Self {
        self.zip(&other, blst_fp_sub)
    }

    fn sub_both(self, a: Self, b: Self) -> Self {
        self.sub(a).sub(b)
    }

    fn mul(self, other: Self) -> Self {
        self.zip(&other, blst_fp_mul)
    }

    fn square(self) -> Self {
        self.mul(self)
    }

    fn scaled(self) -> Self {
        self.mul(Self([blst_fp { l: TWO_416 }; LANES]))
    }

    fn unscaled(self) -> Self {
        self.mul(Self([blst_fp { l: TWO_352 }; LANES]))
    }

    fn inverse(self) -> Self {
        let mut elements = self.store();
        invert(&mut elements);
        Self(elements.map(|l| blst_fp { l }))
    }

    fn equal(self, other: Self) -> Mask {
        let pairs = self.0.iter().zip(&other.0);
        mask(pairs.map(|(a, b)| a.l == b.l))
    }

    fn is_zero(self) -> Mask {
        mask(self.0.iter().map(|a| a.l == [0; 6]))
    }

    fn select(mut self, mask: Mask, other: Self) -> Self {
        for (lane, (a, b)) in self.0.iter_mut().zip(other.0).enumerate() {
            if mask >> lane & 1 == 1 {
                *a = b;
            }
        }
        self
    }

    fn negate(mut self, mask: Mask) -> Self {
        for (lane, a) in self.0.iter_mut().enumerate() {
            // SAFETY: the function may write to its operand.
            unsafe { blst_fp_cneg(a, &*a, mask >> lane & 1 == 1) };
        }
        self
    }
}

impl Pair for Portable {
    fn zero() -> Self {
        Self([blst_fp::default(); LANES])
    }

    fn opposite(self) -> Self {
        self.negate(Mask::MAX)
    }

    fn mul_add(self, b: Self, c: Self, d: Self) -> Self {
        self.mul(b).add(c.mul(d))
    }
}

fn mask(lanes: impl Iterator<Item = bool>) -> Mask {
    lanes
        .enumerate()
        .fold(0, |mask, (lane, set)| mask | Mask::from(set) << lane)
}
