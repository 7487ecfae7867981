//! The quadratic extension `u^2 = -1`, which G2's coordinates are in.

use super::{Field, LANES, Mask};

/// `c0 + c1 u` in each lane.
#[derive(Clone, Copy)]
pub(crate) struct Quadratic<F> {
    c0: F,
    c1: F,
}

impl<F: Pair> Field for Quadratic<F> {
    type Stored = [F::Stored; 2];

    #[inline(always)]
    fn load(elements: [&Self::Stored; LANES]) -> Self {
        Self {
            c0: F::load(elements.map(|[c0, _]| c0)),
            c1: F::load(elements.map(|[_, c1]| c1)),
        }
    }

    #[inline(always)]
    fn store(self) -> [Self::Stored; LANES] {
        let (c0, c1) = (self.c0.store(), self.c1.store());
        std::array::from_fn(|lane| [c0[lane], c1[lane]])
    }

    #[inline(always)]
    fn reduce(self) -> Self {
        Self {
            c0: self.c0.reduce(),
            c1: self.c1.reduce(),
        }
    }

    #[inline(always)]
    fn one() -> Self {
        Self {
            c0: F::one(),
            c1: F::zero(),
        }
    }

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        Self {
            c0: self.c0.add(other.c0),
            c1: self.c1.add(other.c1),
        }
    }

    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        Self {
            c0: self.c0.sub(other.c0),
            c1: self.c1.sub(other.c1),
        }
    }

    #[inline(always)]
    fn sub_both(self, a: Self, b: Self) -> Self {
        Self {
            c0: self.c0.sub_both(a.c0, b.c0),
            c1: self.c1.sub_both(a.c1, b.c1),
        }
    }

    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        Self {
            c0: self.c0.mul_add(other.c0, self.c1, other.c1.opposite()),
            c1: self.c0.mul_add(other.c1, self.c1, other.c0),
        }
    }

    #[inline(always)]
    fn square(self) -> Self {
        let difference = self.c0.add(self.c1.opposite());
        Self {
            c0: self.c0.add(self.c1).mul(difference),
            c1: self.c0.add(self.c0).mul(self.c1),
        }
    }

    #[inline(always)]
    fn scaled(self) -> Self {
        Self {
            c0: self.c0.scaled(),
            c1: self.c1.scaled(),
        }
    }

    #[inline(always)]
    fn unscaled(self) -> Self {
        Self {
            c0: self.c0.unscaled(),
            c1: self.c1.unscaled(),
        }
    }

    #[inline(always)]
    fn inverse(self) -> Self {
        let norm = self.c0.mul_add(self.c0, self.c1, self.c1).inverse();
        Self {
            c0: self.c0.mul(norm),
            c1: self.c1.opposite().mul(norm),
        }
    }

    #[inline(always)]
    fn equal(self, other: Self) -> Mask {
        self.c0.equal(other.c0) & self.c1.equal(other.c1)
    }

    #[inline(always)]
    fn is_zero(self) -> Mask {
        self.c0.is_zero() & self.c1.is_zero()
    }

    #[inline(always)]
    fn select(self, mask: Mask, other: Self) -> Self {
        Self {
            c0: self.c0.select(mask, other.c0),
            c1: self.c1.select(mask, other.c1),
        }
    }

    #[inline(always)]
    fn negate(self, mask: Mask) -> Self {
        Self {
            c0: self.c0.negate(mask),
            c1: self.c1.negate(mask),
        }
    }
}

/// What the extension needs of its base field beyond [`Field`].
pub(crate) trait Pair: Field {
    /// Zero in every lane.
    fn zero() -> Self;

    /// The negatives of elements below `4p`: at most `4p`.
    fn opposite(self) -> Self;

    /// `a b + c d`, reduced once; all below `8p`.
    fn mul_add(self, b: Self, c: Self, d: Self) -> Self;
}
