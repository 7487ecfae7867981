//! What compiling a circuit costs at most, known before a wire is allocated: whoever
//! compiles a stranger's specification refuses it by these bounds.
//!
//! Each operator states its own cost in its file. Here is what they share: the bounds of
//! the gadgets, each named like the gadget's function. A bound holds for every integer
//! within the interval that is given, so for all elements of a value.

use std::iter::Sum;
use std::ops::Add;

/// The most constraints of a circuit: measured, four gigabytes and some minutes to compile.
pub const MAX_CONSTRAINTS: u64 = 1 << 24;
/// The most terms of a prediction's combinations, those of its constraints and those of its
/// values: some minutes as well.
pub const MAX_TERMS: u64 = 1 << 28;
/// The most terms and bits that a prediction's values have at once, beside its parameters
/// and inputs: two gigabytes at the worst.
pub const MAX_KEPT: u64 = 1 << 23;

/// The most terms of range checks, which are all kept until the circuit ends, each with an
/// overhead of five: two gigabytes.
pub const MAX_CHECKED: u64 = 1 << 25;

/// What a range check takes beside its terms, in terms.
const CHECK_OVERHEAD: u64 = 5;

/// The most constraints of a permutation of Poseidon.
const PERMUTATION_CONSTRAINTS: u64 = 387;
/// The most terms in them: of 8 full rounds and 57 partial ones, whose combinations grow by
/// a term each, without what is absorbed.
const PERMUTATION_TERMS: u64 = 11_000;
/// Elements that a permutation absorbs.
const RATE: u64 = 8;

/// Constraints, and the terms of all their combinations. Sums stop at the greatest number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// How many constraints.
    pub constraints: u64,
    /// How many terms.
    pub terms: u64,
    /// Terms of range checks, with their overhead.
    pub checked: u64,
}

impl Cost {
    /// Nothing: a combination of others.
    pub(crate) const FREE: Self = Self {
        constraints: 0,
        terms: 0,
        checked: 0,
    };

    /// A constraint whose three combinations have so many terms together.
    pub(crate) fn constraint(terms: u64) -> Self {
        Self {
            constraints: 1,
            terms,
            ..Self::FREE
        }
    }

    /// Terms beside those of a gadget.
    pub(crate) fn terms(terms: u64) -> Self {
        Self {
            terms,
            ..Self::FREE
        }
    }

    /// The same so many times.
    pub(crate) fn times(self, count: u64) -> Self {
        Self {
            constraints: self.constraints.saturating_mul(count),
            terms: self.terms.saturating_mul(count),
            checked: self.checked.saturating_mul(count),
        }
    }

    /// `range::unsigned` and `range::signed`: a check of a single wire.
    pub(crate) fn range(bits: u32) -> Self {
        Self::check(1, bits)
    }

    /// A range check of a combination of so many terms to 1 bit or more, by bits, which is
    /// the dearest way: `b (1 - b) = 0` for each bit, the top one being what the lower ones
    /// leave over.
    pub(crate) fn check(terms: u64, bits: u32) -> Self {
        let top = terms + u64::from(bits);
        let low = Self::constraint(3).times(bits.saturating_sub(1).into());
        let check = Self {
            checked: terms + CHECK_OVERHEAD,
            ..Self::constraint(2 * top)
        };
        low + check
    }

    /// `product::mul` of combinations of so many terms.
    pub(crate) fn product(a: u64, b: u64) -> Self {
        Self::constraint(a + b + 1)
    }

    /// `sign::of`.
    pub(crate) fn sign(terms: u64, (lo, hi): (i128, i128)) -> Self {
        match lo >= 0 || hi < 0 {
            true => Self::FREE,
            // The top bit, and what it leaves over.
            false => match signed_bits(lo, hi) - 1 {
                // The integer plus 1 is the bit itself.
                0 => Self::constraint(2 * (terms + 1)),
                low => Self::constraint(3) + Self::check(terms + 2, low),
            },
        }
    }

    /// `max::relu`.
    pub(crate) fn relu(terms: u64, (lo, hi): (i128, i128)) -> Self {
        if lo >= 0 || hi <= 0 {
            return Self::FREE;
        }
        let sign = match signed_bits(lo, hi) {
            1 => terms + 1,
            _ => 1,
        };
        Self::sign(terms, (lo, hi)) + Self::product(sign, terms)
    }

    /// `poseidon::hash` of elements that have so many terms together.
    pub(crate) fn hash(elements: u64, terms: u64) -> Self {
        let permutation = Self {
            constraints: PERMUTATION_CONSTRAINTS,
            terms: PERMUTATION_TERMS,
            ..Self::FREE
        };
        permutation.times(elements.div_ceil(RATE).max(1)) + Self::terms(terms).times(3)
    }
}

impl Add for Cost {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            constraints: self.constraints.saturating_add(other.constraints),
            terms: self.terms.saturating_add(other.terms),
            checked: self.checked.saturating_add(other.checked),
        }
    }
}

impl Sum for Cost {
    fn sum<I: Iterator<Item = Self>>(costs: I) -> Self {
        costs.fold(Self::FREE, Self::add)
    }
}

/// Bits of the binary form of the distance between two integers; none between equals.
pub(crate) fn distance_bits(lo: i128, hi: i128) -> u32 {
    u128::BITS - hi.abs_diff(lo).leading_zeros()
}

/// The least n such that all from `lo` to `hi` lie in `-2^(n-1)..2^(n-1)`.
pub(crate) fn signed_bits(lo: i128, hi: i128) -> u32 {
    distance_bits(0, hi.max(-(lo + 1)).max(0)) + 1
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use assay_gadgets::harness::Counter;
    use assay_gadgets::{Linear, poseidon, range, stages};
    use bellman::ConstraintSystem;

    use super::*;

    fn counted(cs: &Counter) -> Cost {
        Cost {
            constraints: cs.constraints() as u64,
            terms: cs.nonzeros() as u64,
            checked: 0,
        }
    }

    #[track_caller]
    fn assert_within(counted: Cost, bound: Cost) {
        let is_within = counted.constraints <= bound.constraints && counted.terms <= bound.terms;
        assert!(is_within, "{counted:?} beyond {bound:?}");
    }

    /// A limb of 30 bytes has 240 terms.
    #[test]
    fn hashing_costs_no_more_than_its_bound() {
        for (elements, terms) in [(0, 1), (1, 1), (8, 240), (9, 240), (40, 100)] {
            let mut cs = Counter::new();
            let element = |_| -> Linear {
                let wires = (0..terms).map(|_| {
                    let wire = cs.alloc(|| "wire", || unreachable!()).unwrap();
                    (Linear::variable(wire, None), 1u64.into())
                });
                let wires: Vec<_> = wires.collect();
                Linear::sum(wires.iter().map(|(wire, one)| (*one, wire)))
            };
            let absorbed: Vec<Linear> = (0..elements).map(element).collect();
            poseidon::hash(&mut cs, 7, elements, &absorbed).unwrap();
            assert_within(counted(&cs), Cost::hash(elements, elements * terms));
        }
    }

    #[test]
    fn a_range_check_costs_no_more_than_its_bound() {
        let mut cs = Counter::new();
        stages::by_bits(&mut cs, |system| range::signed(system, None, 17)).unwrap();
        assert_within(counted(&cs), Cost::range(17));
        assert_eq!(cs.constraints(), 17);
    }

    #[test]
    fn costs_stop_at_the_greatest_number() {
        let huge = Cost::product(u64::MAX / 4, 0).times(u64::MAX) + Cost::constraint(1);
        assert_eq!((huge.constraints, huge.terms), (u64::MAX, u64::MAX));
    }
}
