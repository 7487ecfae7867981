//! Many multiples of one point, by tables of its multiples.

use bls12_381::Scalar;
use group::{Curve as _, Group};
use rayon::prelude::*;

use crate::addition::Term;
use crate::curve::{Curve, PointOf};
use crate::exponent::{Exponent, MAGNITUDE_BITS, digits};
use crate::sums::Groups;

/// Widest digits: a table of 28 MB for G1.
const MAX_WIDTH: usize = 15;
/// Multiples that are computed together, so that their additions share inversions.
const CHUNK: usize = 512;

/// `d 2^(width w) P` for every window `w` and every `d` from 1 to `2^(width - 1)`.
pub(crate) struct FixedBase<C: Curve> {
    width: usize,
    multiples: Vec<PointOf<C>>,
}

impl<C: Curve> FixedBase<C> {
    /// The generator's tables, as large as pays for `count` multiplications.
    pub fn generator(count: usize) -> Self {
        let additions = |&width: &usize| digits(MAGNITUDE_BITS, width) * (count + (1 << width));
        let width = (2..=MAX_WIDTH).min_by_key(additions).unwrap_or(MAX_WIDTH);
        let windows: Vec<C::Projective> =
            std::iter::successors(Some(C::Projective::generator()), |base| {
                Some((0..width).fold(*base, |base, _| base.double()))
            })
            .take(digits(MAGNITUDE_BITS, width))
            .collect();
        let table = |base: &C::Projective| multiples_to::<C>(base, 1 << (width - 1));
        let multiples = windows.par_iter().map(table).collect::<Vec<_>>().concat();
        Self { width, multiples }
    }

    /// The point times each scalar, in order.
    pub fn multiply(&self, scalars: &[Scalar]) -> Vec<PointOf<C>> {
        let chunks = scalars.par_chunks(CHUNK).map(|scalars| {
            let windows = digits(MAGNITUDE_BITS, self.width);
            let mut groups = Groups::with_capacity(scalars.len() * windows, scalars.len());
            for scalar in scalars {
                let exponent = Exponent::from(scalar);
                groups.push((0..windows).filter_map(|window| self.term(&exponent, window)));
            }
            groups.sum::<C>(&self.multiples)
        });
        chunks.collect::<Vec<_>>().concat()
    }

    fn term(&self, exponent: &Exponent, window: usize) -> Option<Term> {
        let digit = exponent.digit(window, self.width);
        let start = (window << (self.width - 1)) as u32;
        let index = digit.unsigned_abs().checked_sub(1)?;
        Some(Term::new(start + index, digit < 0))
    }
}

/// `base, 2 base, ..., count base`; `count` is a power of two.
fn multiples_to<C: Curve>(base: &C::Projective, count: usize) -> Vec<PointOf<C>> {
    let mut multiples = vec![C::from_affine(&base.to_affine())];
    while multiples.len() < count {
        let last = multiples.len() - 1;
        let mut pairs = Groups::with_capacity(2 * (last + 1), last + 1);
        for other in 0..=last {
            pairs.push([Term::positive(last), Term::positive(other)]);
        }
        let more = pairs.sum::<C>(&multiples);
        multiples.extend(more);
    }
    multiples
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curve::{G1, G2};
    use bls12_381::{G1Projective, G2Projective};

    #[test]
    fn multiples_are_those_of_the_group() {
        let scalars = [
            Scalar::zero(),
            Scalar::one(),
            -Scalar::one(),
            Scalar::from(255),
            -Scalar::from(256),
            Scalar::from_raw([u64::MAX, 7, 1 << 63, u64::MAX >> 2]),
        ];
        for count in [1, 1 << 12] {
            let one = FixedBase::<G1>::generator(count).multiply(&scalars);
            let two = FixedBase::<G2>::generator(count).multiply(&scalars);
            for ((scalar, one), two) in scalars.iter().zip(&one).zip(&two) {
                let expected = (G1Projective::generator() * scalar).to_affine();
                assert_eq!(G1::to_affine(one), expected);
                let expected = (G2Projective::generator() * scalar).to_affine();
                assert_eq!(G2::to_affine(two), expected);
            }
        }
    }
}
