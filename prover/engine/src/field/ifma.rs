//! Eight elements of the base field in the lanes of AVX-512 registers: limb by limb, 52 bits
//! each, multiplied by the instructions `vpmadd52luq` and `vpmadd52huq`.
//!
//! Montgomery's reduction takes a limb at a time with `R = 2^416`. As `p` has 381 bits,
//! products of elements below `8p` come out below `1.01 p` without any comparison.
#![cfg(target_arch = "x86_64")]
#![allow(unsafe_code)]

use std::arch::x86_64::*;

use super::quadratic::Pair;
use super::{Field, LANES, MODULUS, Mask, TWO_416, TWO_448, Words, portable};

const LIMBS: usize = 8;
const BITS: u32 = 52;
const LIMB: u64 = (1 << BITS) - 1;

/// `p`, `2p` and `4p` in limbs.
const P: [u64; LIMBS] = limbs(&MODULUS, 0);
const P2: [u64; LIMBS] = limbs(&MODULUS, 1);
const P4: [u64; LIMBS] = limbs(&MODULUS, 2);

/// `-1/p mod 2^52`.
const P_INVERSE: u64 = negated_inverse(MODULUS[0]) & LIMB;

/// Limb `i` holds bits `52 i` and on of eight elements.
///
/// Every function here runs instructions that the processor must have. A value comes only
/// from [`load`](Field::load) and [`one`](Field::one), and those are called only by code
/// that [`is_available`](Self::is_available) let through: see `crate::curve::backend`.
#[derive(Clone, Copy)]
pub(crate) struct Ifma([__m512i; LIMBS]);

impl Ifma {
    /// Whether this processor has the instructions.
    pub fn is_available() -> bool {
        is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512ifma")
    }
}

/// The limbs of `words 2^shift`, for a shift below four.
const fn limbs(words: &Words, shift: u32) -> [u64; LIMBS] {
    let mut limbs = [0; LIMBS];
    let mut i = 0;
    while i < LIMBS {
        let mut bit = 0;
        while bit < BITS {
            let from = (i as u32) * BITS + bit;
            if from >= shift && from - shift < 384 {
                let word = words[((from - shift) / 64) as usize];
                limbs[i] |= (word >> ((from - shift) % 64) & 1) << bit;
            }
            bit += 1;
        }
        i += 1;
    }
    limbs
}

/// `-1/odd mod 2^64` by Newton's iteration.
const fn negated_inverse(odd: u64) -> u64 {
    let mut inverse: u64 = 1;
    let mut i = 0;
    while i < 6 {
        inverse = inverse.wrapping_mul(2u64.wrapping_sub(odd.wrapping_mul(inverse)));
        i += 1;
    }
    inverse.wrapping_neg()
}

/// A constant in every lane.
#[inline(always)]
fn splat(value: u64) -> __m512i {
    // SAFETY: see `Ifma`; so for every block below that names no other reason.
    unsafe { _mm512_set1_epi64(value.cast_signed()) }
}

#[inline(always)]
fn splat_all(limbs: &[u64; LIMBS]) -> [__m512i; LIMBS] {
    limbs.map(splat)
}

/// `accumulator + low 52 bits of a b`.
#[inline(always)]
fn low(accumulator: __m512i, a: __m512i, b: __m512i) -> __m512i {
    // SAFETY: see `splat`.
    unsafe { _mm512_madd52lo_epu64(accumulator, a, b) }
}

/// `accumulator + bits of a b from 52 on`.
#[inline(always)]
fn high(accumulator: __m512i, a: __m512i, b: __m512i) -> __m512i {
    // SAFETY: see `splat`.
    unsafe { _mm512_madd52hi_epu64(accumulator, a, b) }
}

/// Propagates carries, which may be negative; the last limb keeps what exceeds it.
#[inline(always)]
fn carried(mut limbs: [__m512i; LIMBS]) -> [__m512i; LIMBS] {
    // SAFETY: see `splat`.
    unsafe {
        for i in 0..LIMBS - 1 {
            let carry = _mm512_srai_epi64::<BITS>(limbs[i]);
            limbs[i] = _mm512_and_si512(limbs[i], splat(LIMB));
            limbs[i + 1] = _mm512_add_epi64(limbs[i + 1], carry);
        }
    }
    limbs
}

#[inline(always)]
fn zip(
    a: &[__m512i; LIMBS],
    b: &[__m512i; LIMBS],
    f: impl Fn(__m512i, __m512i) -> __m512i,
) -> [__m512i; LIMBS] {
    let mut limbs = *a;
    for i in 0..LIMBS {
        limbs[i] = f(a[i], b[i]);
    }
    limbs
}

#[inline(always)]
fn plus(a: __m512i, b: __m512i) -> __m512i {
    // SAFETY: see `splat`.
    unsafe { _mm512_add_epi64(a, b) }
}

#[inline(always)]
fn minus(a: __m512i, b: __m512i) -> __m512i {
    // SAFETY: see `splat`.
    unsafe { _mm512_sub_epi64(a, b) }
}

/// A sum of products under way: limb `i` collects what has weight `2^(52 i)`, and after
/// each step of the reduction the limbs move down by one. Each limb takes at most
/// `8 (2 + 2) + 1` parts below `2^52` (with two products), far from 64 bits.
struct Accumulator([__m512i; LIMBS + 1]);

impl Accumulator {
    #[inline(always)]
    fn new() -> Self {
        Self([splat(0); LIMBS + 1])
    }

    /// Adds `a b_i`.
    #[inline(always)]
    fn add(&mut self, a: &[__m512i; LIMBS], b: __m512i) {
        for (limb, &a) in self.0.iter_mut().zip(a) {
            *limb = low(*limb, a, b);
        }
        for (limb, &a) in self.0[1..].iter_mut().zip(a) {
            *limb = high(*limb, a, b);
        }
    }

    /// Adds the multiple of `p` that clears the lowest limb, and divides by `2^52`.
    #[inline(always)]
    fn reduce(&mut self) {
        let factor = low(splat(0), self.0[0], splat(P_INVERSE));
        self.add(&splat_all(&P), factor);
        // SAFETY: see `splat`.
        let carry = unsafe { _mm512_srli_epi64::<BITS>(self.0[0]) };
        self.0.rotate_left(1);
        self.0[0] = plus(self.0[0], carry);
        self.0[LIMBS] = splat(0);
    }

    #[inline(always)]
    fn finish(self) -> Ifma {
        let [l0, l1, l2, l3, l4, l5, l6, l7, _] = self.0;
        Ifma(carried([l0, l1, l2, l3, l4, l5, l6, l7]))
    }
}

impl Ifma {
    /// Subtracts a multiple of `p` where that leaves no less than zero.
    #[inline(always)]
    fn less(self, multiple: &[u64; LIMBS]) -> Self {
        let difference = carried(zip(&self.0, &splat_all(multiple), minus));
        // SAFETY: see `splat`.
        unsafe {
            let negative = _mm512_movepi64_mask(difference[LIMBS - 1]);
            Self(zip(&difference, &self.0, |difference, own| {
                _mm512_mask_mov_epi64(difference, negative, own)
            }))
        }
    }
}

impl Field for Ifma {
    type Stored = Words;

    #[inline(always)]
    fn load(elements: [&Words; LANES]) -> Self {
        // SAFETY: the mask has the load read six words of each element, which are there.
        let rows = elements
            .map(|words| unsafe { _mm512_maskz_loadu_epi64(0b11_1111, words.as_ptr().cast()) });
        let [w0, w1, w2, w3, w4, w5, _, _] = transposed(&rows);
        Self([
            masked(w0),
            masked(or(right::<52>(w0), left::<12>(w1))),
            masked(or(right::<40>(w1), left::<24>(w2))),
            masked(or(right::<28>(w2), left::<36>(w3))),
            masked(or(right::<16>(w3), left::<48>(w4))),
            masked(right::<4>(w4)),
            masked(or(right::<56>(w4), left::<8>(w5))),
            right::<44>(w5),
        ])
    }

    #[inline(always)]
    fn store(self) -> [Words; LANES] {
        let [l0, l1, l2, l3, l4, l5, l6, l7] = self.0;
        let rows = transposed(&[
            or(l0, left::<52>(l1)),
            or(right::<12>(l1), left::<40>(l2)),
            or(right::<24>(l2), left::<28>(l3)),
            or(right::<36>(l3), left::<16>(l4)),
            or(or(right::<48>(l4), left::<4>(l5)), left::<56>(l6)),
            or(right::<8>(l6), left::<44>(l7)),
            splat(0),
            splat(0),
        ]);
        let mut elements = [[0; 6]; LANES];
        for (words, row) in elements.iter_mut().zip(rows) {
            // SAFETY: the mask has the store write six words, which are there.
            unsafe { _mm512_mask_storeu_epi64(words.as_mut_ptr().cast(), 0b11_1111, row) };
        }
        elements
    }

    #[inline(always)]
    fn reduce(self) -> Self {
        self.less(&P2).less(&P)
    }

    #[inline(always)]
    fn one() -> Self {
        Self(splat_all(&limbs_of_one()))
    }

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        Self(carried(zip(&self.0, &other.0, plus)))
    }

    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        let raised = zip(&self.0, &splat_all(&P2), plus);
        Self(carried(zip(&raised, &other.0, minus)))
    }

    #[inline(always)]
    fn sub_both(self, a: Self, b: Self) -> Self {
        let raised = zip(&self.0, &splat_all(&P2), plus);
        let less = zip(&raised, &a.0, minus);
        Self(carried(zip(&less, &b.0, minus)))
    }

    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        let mut sum = Accumulator::new();
        for limb in other.0 {
            sum.add(&self.0, limb);
            sum.reduce();
        }
        sum.finish()
    }

    #[inline(always)]
    fn square(self) -> Self {
        self.mul(self)
    }

    #[inline(always)]
    fn scaled(self) -> Self {
        self
    }

    #[inline(always)]
    fn unscaled(self) -> Self {
        self
    }

    #[inline(always)]
    fn inverse(self) -> Self {
        let mut elements = self.reduce().store();
        portable::invert(&mut elements);
        // Of a stored `x` blst inverts `2^32 x`; the stored inverse is `2^64` times that.
        let elements = elements.map(|words| portable::mul(&words, &TWO_448));
        Self::load(elements.each_ref())
    }

    #[inline(always)]
    fn equal(self, other: Self) -> Mask {
        let limbs = self.0.iter().zip(&other.0);
        // SAFETY: see `splat`.
        limbs.fold(Mask::MAX, |mask, (&a, &b)| unsafe {
            _mm512_mask_cmpeq_epi64_mask(mask, a, b)
        })
    }

    #[inline(always)]
    fn is_zero(self) -> Mask {
        let [first, rest @ ..] = self.0;
        let any = rest.into_iter().fold(first, or);
        // SAFETY: see `splat`.
        unsafe { _mm512_testn_epi64_mask(any, any) }
    }

    #[inline(always)]
    fn select(self, mask: Mask, other: Self) -> Self {
        // SAFETY: see `splat`.
        Self(zip(&self.0, &other.0, |own, other| unsafe {
            _mm512_mask_mov_epi64(own, mask, other)
        }))
    }

    #[inline(always)]
    fn negate(self, mask: Mask) -> Self {
        if mask == 0 {
            return self;
        }
        let negative = Self(carried(zip(&splat_all(&P), &self.0, minus)));
        self.select(mask, negative)
    }
}

impl Pair for Ifma {
    #[inline(always)]
    fn zero() -> Self {
        Self([splat(0); LIMBS])
    }

    #[inline(always)]
    fn opposite(self) -> Self {
        Self(carried(zip(&splat_all(&P4), &self.0, minus)))
    }

    #[inline(always)]
    fn mul_add(self, b: Self, c: Self, d: Self) -> Self {
        let mut sum = Accumulator::new();
        for (b, d) in b.0.into_iter().zip(d.0) {
            sum.add(&self.0, b);
            sum.add(&c.0, d);
            sum.reduce();
        }
        sum.finish()
    }
}

const fn limbs_of_one() -> [u64; LIMBS] {
    limbs(&TWO_416, 0)
}

#[inline(always)]
fn or(a: __m512i, b: __m512i) -> __m512i {
    // SAFETY: see `splat`.
    unsafe { _mm512_or_si512(a, b) }
}

#[inline(always)]
fn left<const SHIFT: u32>(a: __m512i) -> __m512i {
    // SAFETY: see `splat`.
    unsafe { _mm512_slli_epi64::<SHIFT>(a) }
}

#[inline(always)]
fn right<const SHIFT: u32>(a: __m512i) -> __m512i {
    // SAFETY: see `splat`.
    unsafe { _mm512_srli_epi64::<SHIFT>(a) }
}

#[inline(always)]
fn masked(a: __m512i) -> __m512i {
    // SAFETY: see `splat`.
    unsafe { _mm512_and_si512(a, splat(LIMB)) }
}

/// Word `j` of row `i` becomes word `i` of row `j`.
#[inline(always)]
fn transposed(rows: &[__m512i; LANES]) -> [__m512i; LANES] {
    // SAFETY: see `splat`.
    unsafe {
        let low = |i: usize| _mm512_unpacklo_epi64(rows[2 * i], rows[2 * i + 1]);
        let high = |i: usize| _mm512_unpackhi_epi64(rows[2 * i], rows[2 * i + 1]);
        let even = quarters([low(0), low(1), low(2), low(3)]);
        let odd = quarters([high(0), high(1), high(2), high(3)]);
        [
            even[0], odd[0], even[1], odd[1], even[2], odd[2], even[3], odd[3],
        ]
    }
}

/// Transposes a matrix of pairs of words.
#[inline(always)]
fn quarters([a, b, c, d]: [__m512i; 4]) -> [__m512i; 4] {
    // SAFETY: see `splat`.
    unsafe {
        let [ab_even, ab_odd] = [
            _mm512_shuffle_i64x2::<0x88>(a, b),
            _mm512_shuffle_i64x2::<0xdd>(a, b),
        ];
        let [cd_even, cd_odd] = [
            _mm512_shuffle_i64x2::<0x88>(c, d),
            _mm512_shuffle_i64x2::<0xdd>(c, d),
        ];
        [
            _mm512_shuffle_i64x2::<0x88>(ab_even, cd_even),
            _mm512_shuffle_i64x2::<0x88>(ab_odd, cd_odd),
            _mm512_shuffle_i64x2::<0xdd>(ab_even, cd_even),
            _mm512_shuffle_i64x2::<0xdd>(ab_odd, cd_odd),
        ]
    }
}
