//! Whether points are in the subgroup of prime order, many at a time ([Scott 2021],
//! sections 4 and 6; corrected by [El Housni et al. 2022]).
//!
//! With the curve's parameter `x = -0xd201000000010000`, a point `P` of the curve over the
//! base field is in the subgroup exactly if `phi(P) = -[x^2] P` for the endomorphism
//! `phi(x, y) = (beta x, y)`, and one of the twist exactly if `psi(P) = [x] P` for the
//! untwisted Frobenius `psi`. Multiples by `x` are made of batches of additions.
//!
//! [Scott 2021]: https://eprint.iacr.org/2021/1130
//! [El Housni et al. 2022]: https://eprint.iacr.org/2022/352

use rayon::prelude::*;

use crate::addition::{Addition, BATCH, Term, add};
use crate::curve::{Curve, Point, PointOf};

/// The absolute value of the curve's parameter.
const X: u64 = 0xd201_0000_0001_0000;

/// Whether all points are canonical, on the curve and in the subgroup; the identity is.
pub(crate) fn all_in_subgroup<C: Curve>(points: &[PointOf<C>]) -> bool {
    points.par_chunks(BATCH).all(|points| {
        // The curves have no point of order two: no sum of points that are on them divides
        // by zero.
        points.iter().all(C::is_on_curve) && in_subgroup::<C>(points)
    })
}

fn in_subgroup<C: Curve>(points: &[PointOf<C>]) -> bool {
    let multiples = (0..C::SUBGROUP_POWER).fold(points.to_vec(), |points, _| by_x::<C>(&points));
    let pairs = points.iter().zip(&multiples);
    // [-|x|] P and -[x^2] P: either is the negative of what was computed.
    let mut pairs = pairs.map(|(point, multiple)| (C::endomorphism(point), multiple));
    pairs.all(|(image, multiple)| image == Point::new(*multiple.x(), C::negative(multiple.y())))
}

/// `|x| P` of at most [`BATCH`] points.
fn by_x<C: Curve>(points: &[PointOf<C>]) -> Vec<PointOf<C>> {
    let count = points.len();
    // The multiples so far, then the points themselves.
    let mut operands = points.repeat(2);
    let mut sums = points.to_vec();
    let mut add_all = |right: usize| {
        let additions: Vec<_> = (0..count)
            .map(|i| Addition {
                left: Term::positive(i),
                right: Term::positive(right + i),
                sum: i as u32,
            })
            .collect();
        add::<C>(&operands, &additions, &mut sums);
        operands[..count].copy_from_slice(&sums);
    };
    for bit in (0..X.ilog2()).rev() {
        add_all(0);
        if X >> bit & 1 == 1 {
            add_all(count);
        }
    }
    sums
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::curve::{G1, G2};
    use bls12_381::{G1Affine, G2Affine, Scalar};
    use group::Curve as _;
    use group::Group;

    fn multiples<C: Curve>() -> Vec<PointOf<C>> {
        let multiple = |k: u64| C::Projective::generator() * Scalar::from(k);
        (0..70)
            .map(|k| C::from_affine(&multiple(k).to_affine()))
            .collect()
    }

    /// A point of the curve, most of which are outside the subgroup.
    fn of_the_curve<const N: usize, T>(decode: fn(&[u8; N]) -> Option<T>) -> T {
        let encoding = |byte| {
            let mut bytes = [0; N];
            bytes[0] = 0x80;
            bytes[N - 1] = byte;
            bytes
        };
        (1..).find_map(|byte| decode(&encoding(byte))).unwrap()
    }

    #[test]
    fn multiples_of_the_generators_are_in_the_subgroups() {
        assert!(all_in_subgroup::<G1>(&multiples::<G1>()));
        assert!(all_in_subgroup::<G2>(&multiples::<G2>()));
    }

    #[test]
    fn one_point_outside_its_subgroup_is_found_among_many() {
        let point: G1Affine = of_the_curve(|b| G1Affine::from_compressed_unchecked(b).into());
        assert!(bool::from(point.is_on_curve() & !point.is_torsion_free()));
        let mut points = multiples::<G1>();
        points[33] = G1::from_affine(&point);
        assert!(!all_in_subgroup::<G1>(&points));
        let point: G2Affine = of_the_curve(|b| G2Affine::from_compressed_unchecked(b).into());
        assert!(bool::from(point.is_on_curve() & !point.is_torsion_free()));
        let mut points = multiples::<G2>();
        points[33] = G2::from_affine(&point);
        assert!(!all_in_subgroup::<G2>(&points));
    }

    #[test]
    fn one_point_off_its_curve_is_found_among_many() {
        let mut points = multiples::<G1>();
        points[1] = Point::new(*points[2].x(), *points[3].y());
        assert!(!all_in_subgroup::<G1>(&points));
        let mut points = multiples::<G2>();
        points[1] = Point::new(*points[2].x(), *points[3].y());
        assert!(!all_in_subgroup::<G2>(&points));
    }
}
