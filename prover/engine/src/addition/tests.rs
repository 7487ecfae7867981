use super::*;
use crate::curve::{G1, G2};
use bls12_381::Scalar;
use group::Curve as _;
use group::Group;
use proptest::prelude::*;

/// A point by its multiple of the generator, and whether its negative.
type Signed = (usize, bool);
type Added<C> = fn(&[PointOf<C>], &[Addition], &mut [PointOf<C>]);

/// Small multiples of the generator, so that equal and opposite ones and the identity meet.
fn multiples<C: Curve>() -> Vec<PointOf<C>> {
    let multiple = |k: u64| C::Projective::generator() * Scalar::from(k);
    (0..6)
        .map(|k| C::from_affine(&multiple(k).to_affine()))
        .collect()
}

fn term() -> impl Strategy<Value = (usize, bool)> {
    (0..6usize, any::<bool>())
}

fn expected<C: Curve>((index, negative): (usize, bool)) -> C::Projective {
    let point = C::Projective::generator() * Scalar::from(index as u64);
    if negative { -point } else { point }
}

fn check<C: Curve>(pairs: &[(Signed, Signed)], add: Added<C>) {
    let points = multiples::<C>();
    let at = |(index, negative): (usize, bool)| Term::new(index as u32, negative);
    let additions: Vec<_> = pairs
        .iter()
        .enumerate()
        .map(|(sum, &(left, right))| Addition {
            left: at(left),
            right: at(right),
            sum: sum as u32,
        })
        .collect();
    let mut sums = vec![Point::identity(); pairs.len()];
    add(&points, &additions, &mut sums);
    for (sum, &(left, right)) in sums.iter().zip(pairs) {
        let both = expected::<C>(left) + expected::<C>(right);
        assert_eq!(
            *sum,
            C::from_affine(&both.to_affine()),
            "{left:?} {right:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn sums_are_those_of_the_group(pairs in prop::collection::vec((term(), term()), 1..40)) {
        check::<G1>(&pairs, add::<G1>);
        check::<G2>(&pairs, add::<G2>);
        check::<G1>(&pairs, add_with::<G1, Portable>);
        check::<G2>(&pairs, add_with::<G2, Portable>);
    }
}

#[test]
fn points_keep_their_coordinates() {
    for point in multiples::<G1>() {
        assert_eq!(G1::from_affine(&G1::to_affine(&point)), point);
    }
    for point in multiples::<G2>() {
        assert_eq!(G2::from_affine(&G2::to_affine(&point)), point);
    }
}
