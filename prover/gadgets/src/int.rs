//! Integers that know how large they can be.

use std::sync::LazyLock;

use bellman::ConstraintSystem;
use bls12_381::Scalar;
use ff::Field;

use crate::{Bit, Error, Linear};

/// Bounds stay within ±2^120, far below half the field's order (2^253.8): a sum or a
/// product of two such integers is never reduced modulo the order.
pub const MAX_BITS: u32 = 120;

const LIMIT: i128 = 1 << MAX_BITS;

/// A linear combination that the constraints prove to be an integer in `lo..=hi`.
///
/// Nothing outside this crate can make one without the constraints behind its bound:
/// they come from [`range`](crate::range) checks and are carried on by interval
/// arithmetic. In an unsatisfied system the value may lie outside.
/// `Debug` shows the bound, not the value.
#[derive(Clone)]
pub struct Int {
    linear: Linear,
    value: Option<i128>,
    lo: i128,
    hi: i128,
}

impl Int {
    /// A constant: free.
    ///
    /// # Errors
    /// [`Error::BoundTooLarge`] beyond ±2^120.
    pub fn constant(value: i128) -> Result<Self, Error> {
        Self::with_proved_bounds(
            "a constant",
            Linear::constant(scalar(value)),
            Some(value),
            (value, value),
        )
    }

    /// The integer 0 or 1: free.
    pub fn from_bit(bit: &Bit) -> Self {
        Self {
            linear: bit.linear().clone(),
            value: bit.value().map(i128::from),
            lo: 0,
            hi: 1,
        }
    }

    /// The unsigned integer with these bits, least significant first: free.
    ///
    /// # Errors
    /// [`Error::Width`] beyond [`MAX_BITS`] bits.
    pub fn from_bits(bits: &[Bit]) -> Result<Self, Error> {
        let width = u32::try_from(bits.len()).unwrap_or(u32::MAX);
        if width > MAX_BITS {
            return Err(Error::Width { bits: width });
        }
        let powers = (0..width).map(power_of_two);
        let linear = Linear::sum(powers.zip(bits.iter().map(Bit::linear)));
        let value = bits.iter().enumerate().try_fold(0, |sum, (i, bit)| {
            bit.value().map(|bit| sum + (i128::from(bit) << i))
        });
        let hi = (1 << width) - 1;
        Self::with_proved_bounds("bits", linear, value, (0, hi))
    }

    /// The same integer as a wire of its own: a constraint, for what is used often and has
    /// many terms.
    ///
    /// # Errors
    /// Those of the constraint system.
    pub fn to_wire<CS>(&self, mut cs: CS) -> Result<Self, Error>
    where
        CS: ConstraintSystem<Scalar>,
    {
        let linear = Linear::alloc(&mut cs, || "integer", self.linear.value())?;
        linear.enforce_equal(cs, || "integer", &self.linear);
        Ok(Self {
            linear,
            ..self.clone()
        })
    }

    /// An integer whose bound the caller has just proved with constraints of its own.
    ///
    /// Every call is an obligation: the constraints emitted so far must imply
    /// `lo <= linear <= hi` as integers, and `linear` must carry `value`.
    pub(crate) fn with_proved_bounds(
        operation: &'static str,
        linear: Linear,
        value: Option<i128>,
        (lo, hi): (i128, i128),
    ) -> Result<Self, Error> {
        if lo > hi {
            return Err(Error::EmptyInterval { lo, hi });
        }
        if lo < -LIMIT || hi > LIMIT {
            return Err(Error::BoundTooLarge { operation });
        }
        Ok(Self {
            linear,
            value,
            lo,
            hi,
        })
    }

    /// The sum: free.
    ///
    /// # Errors
    /// [`Error::BoundTooLarge`], [`Error::ValueOverflow`].
    pub fn add(&self, other: &Self) -> Result<Self, Error> {
        Self::with_proved_bounds(
            "a sum",
            &self.linear + &other.linear,
            combine("a sum", self.value, other.value, i128::checked_add)?,
            (self.lo + other.lo, self.hi + other.hi),
        )
    }

    /// The difference: free.
    ///
    /// # Errors
    /// [`Error::BoundTooLarge`], [`Error::ValueOverflow`].
    pub fn sub(&self, other: &Self) -> Result<Self, Error> {
        Self::with_proved_bounds(
            "a difference",
            &self.linear - &other.linear,
            combine("a difference", self.value, other.value, i128::checked_sub)?,
            (self.lo - other.hi, self.hi - other.lo),
        )
    }

    /// The negation: free.
    ///
    /// # Errors
    /// [`Error::ValueOverflow`].
    pub fn neg(&self) -> Result<Self, Error> {
        self.scale(-1)
    }

    /// The product with a constant: free.
    ///
    /// # Errors
    /// [`Error::BoundTooLarge`], [`Error::ValueOverflow`].
    pub fn scale(&self, factor: i128) -> Result<Self, Error> {
        let operation = "a multiple";
        let bounds = product_bounds(self.bounds(), (factor, factor))
            .ok_or(Error::BoundTooLarge { operation })?;
        Self::with_proved_bounds(
            operation,
            self.linear.scale(scalar(factor)),
            combine(operation, self.value, Some(factor), i128::checked_mul)?,
            bounds,
        )
    }

    /// The sum of all `terms`, merged at once: free.
    ///
    /// # Errors
    /// [`Error::BoundTooLarge`], [`Error::ValueOverflow`].
    pub fn sum<'a>(terms: impl IntoIterator<Item = &'a Self>) -> Result<Self, Error> {
        let operation = "a sum";
        let terms: Vec<_> = terms.into_iter().collect();
        let linear = Linear::sum(terms.iter().map(|term| (Scalar::one(), &term.linear)));
        let (mut value, mut lo, mut hi) = (Some(0), 0_i128, 0_i128);
        for term in terms {
            value = combine(operation, value, term.value, i128::checked_add)?;
            lo = lo
                .checked_add(term.lo)
                .ok_or(Error::BoundTooLarge { operation })?;
            hi = hi
                .checked_add(term.hi)
                .ok_or(Error::BoundTooLarge { operation })?;
        }
        Self::with_proved_bounds(operation, linear, value, (lo, hi))
    }

    /// Enforces that this equals `other`: one constraint.
    pub fn enforce_equal<CS>(&self, cs: CS, other: &Self)
    where
        CS: ConstraintSystem<Scalar>,
    {
        self.linear.enforce_equal(cs, || "equal", &other.linear);
    }

    /// The integer as a linear combination.
    pub fn linear(&self) -> &Linear {
        &self.linear
    }

    /// The value, where the witness is known.
    pub fn value(&self) -> Option<i128> {
        self.value
    }

    /// Proved lower bound.
    pub fn lo(&self) -> i128 {
        self.lo
    }

    /// Proved upper bound.
    pub fn hi(&self) -> i128 {
        self.hi
    }

    /// The integer, if no wire takes part in it, whether or not the witness is known.
    pub fn as_constant(&self) -> Option<i128> {
        self.linear.as_constant().and_then(integer)
    }

    pub(crate) fn bounds(&self) -> (i128, i128) {
        (self.lo, self.hi)
    }
}

impl std::fmt::Debug for Int {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Int({}..={})", self.lo, self.hi)
    }
}

/// An integer as a field element.
pub fn scalar(value: i128) -> Scalar {
    let magnitude = value.unsigned_abs();
    // Not `PrimeField::from_u128`, which doubles and adds.
    let magnitude = Scalar::from_raw([magnitude as u64, (magnitude >> 64) as u64, 0, 0]);
    if value < 0 { -magnitude } else { magnitude }
}

/// The integer of least magnitude that `scalar` stands for, if it fits.
fn integer(scalar: Scalar) -> Option<i128> {
    let magnitude = |scalar: Scalar| {
        let bytes = scalar.to_bytes();
        let (low, high) = bytes.split_first_chunk::<16>()?;
        let fits = high.iter().all(|&byte| byte == 0);
        fits.then(|| i128::try_from(u128::from_le_bytes(*low)).ok())?
    };
    magnitude(scalar).or_else(|| magnitude(-scalar).map(|m| -m))
}

/// The powers of two below 2^256, in the field.
static POWERS_OF_TWO: LazyLock<Vec<Scalar>> =
    LazyLock::new(|| powers(Scalar::from(2)).take(256).collect());

/// Their inverses. Two is invertible, so the fallback is never taken.
static INVERSE_POWERS_OF_TWO: LazyLock<Vec<Scalar>> = LazyLock::new(|| {
    let half: Option<Scalar> = Scalar::from(2).invert().into();
    powers(half.unwrap_or(Scalar::ZERO)).take(256).collect()
});

fn powers(base: Scalar) -> impl Iterator<Item = Scalar> {
    std::iter::successors(Some(Scalar::ONE), move |power| Some(power * base))
}

/// `2^exponent` in the field.
pub(crate) fn power_of_two(exponent: u32) -> Scalar {
    let kept = POWERS_OF_TWO.get(exponent as usize).copied();
    kept.unwrap_or_else(|| Scalar::from(2).pow_vartime(&[u64::from(exponent), 0, 0, 0]))
}

/// `2^-exponent` in the field.
pub(crate) fn inverse_power_of_two(exponent: u32) -> Scalar {
    let kept = INVERSE_POWERS_OF_TWO.get(exponent as usize).copied();
    // No integer has so many bits.
    kept.unwrap_or_else(|| power_of_two(exponent).invert().unwrap_or(Scalar::ZERO))
}

/// The interval of all products of an element of `a` and one of `b`, unless it overflows.
pub(crate) fn product_bounds(a: (i128, i128), b: (i128, i128)) -> Option<(i128, i128)> {
    let corners = [
        a.0.checked_mul(b.0)?,
        a.0.checked_mul(b.1)?,
        a.1.checked_mul(b.0)?,
        a.1.checked_mul(b.1)?,
    ];
    let [first, rest @ ..] = corners;
    Some(
        rest.iter()
            .fold((first, first), |(lo, hi), &c| (lo.min(c), hi.max(c))),
    )
}

/// Applies checked arithmetic to values, where both are known.
pub(crate) fn combine(
    operation: &'static str,
    a: Option<i128>,
    b: Option<i128>,
    apply: fn(i128, i128) -> Option<i128>,
) -> Result<Option<i128>, Error> {
    match (a, b) {
        (Some(a), Some(b)) => apply(a, b)
            .map(Some)
            .ok_or(Error::ValueOverflow { operation }),
        _ => Ok(None),
    }
}
