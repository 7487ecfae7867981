//! Many multiples of one point, by tables of its multiples.

use std::ops::AddAssign;

use bls12_381::Scalar;
use ff::PrimeField;
use group::Group;
use group::prime::PrimeCurve;
use rayon::prelude::*;

/// Bits of a window: a table for each, of 255 points, that fit a core's second cache.
const WINDOW_BITS: usize = 8;
const WINDOWS: usize = 256 / WINDOW_BITS;
/// Points that are brought to affine coordinates with one inversion.
const BATCH: usize = 1 << 10;

/// `[d 2^(8 i)] P` for every window `i` and every digit `d` from 1.
pub(crate) struct FixedBase<G: PrimeCurve> {
    windows: Vec<Vec<G::Affine>>,
}

impl<G> FixedBase<G>
where
    G: PrimeCurve + Group<Scalar = Scalar> + AddAssign<G::Affine> + Send + Sync,
    G::Affine: Copy + Send + Sync,
{
    /// The tables of a point.
    pub fn new(point: G) -> Self {
        let bases: Vec<G> = std::iter::successors(Some(point), |base| {
            Some((0..WINDOW_BITS).fold(*base, |base, _| base.double()))
        })
        .take(WINDOWS)
        .collect();
        let window = |base: &G| {
            let multiples = std::iter::successors(Some(*base), |multiple| Some(*multiple + base));
            affine(&multiples.take((1 << WINDOW_BITS) - 1).collect::<Vec<_>>())
        };
        Self {
            windows: bases.par_iter().map(window).collect(),
        }
    }

    /// The point times each scalar, in order.
    pub fn multiply(&self, scalars: &[Scalar]) -> Vec<G::Affine> {
        let batches = scalars.par_chunks(BATCH).map(|scalars| {
            let multiples: Vec<G> = scalars.iter().map(|scalar| self.multiple(scalar)).collect();
            affine(&multiples)
        });
        batches.collect::<Vec<_>>().concat()
    }

    fn multiple(&self, scalar: &Scalar) -> G {
        let mut sum = G::identity();
        for (digit, window) in scalar.to_repr().iter().zip(&self.windows) {
            if let Some(index) = usize::from(*digit).checked_sub(1) {
                sum += window[index];
            }
        }
        sum
    }
}

fn affine<G: PrimeCurve>(points: &[G]) -> Vec<G::Affine>
where
    G::Affine: Copy,
{
    let mut affine = vec![G::identity().to_affine(); points.len()];
    G::batch_normalize(points, &mut affine);
    affine
}

#[cfg(test)]
mod tests {
    use super::*;
    use bls12_381::{G1Projective, G2Projective};
    use group::Curve;

    #[test]
    fn multiples_are_those_of_the_group() {
        let scalars = [
            Scalar::zero(),
            Scalar::one(),
            -Scalar::one(),
            Scalar::from(255),
            Scalar::from(256),
            Scalar::from_raw([u64::MAX, 7, 1 << 63, u64::MAX >> 2]),
        ];
        let (g1, g2) = (G1Projective::generator(), G2Projective::generator());
        let many = FixedBase::new(g1).multiply(&scalars);
        let twice = FixedBase::new(g2).multiply(&scalars);
        for ((scalar, one), other) in scalars.iter().zip(many).zip(twice) {
            assert_eq!(one, (g1 * scalar).to_affine());
            assert_eq!(other, (g2 * scalar).to_affine());
        }
    }
}
