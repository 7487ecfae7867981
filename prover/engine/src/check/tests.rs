use super::*;
use crate::array::Array;
use crate::curve::Point;
use crate::{ProvingKey, setup};
use bellman::{Circuit, ConstraintSystem, SynthesisError};

/// `bit` is Boolean, `bit + 2 other = public`, `other^2 = square`; each field weakens
/// one constraint in one of its combinations.
#[derive(Clone, Copy, Default)]
struct Small {
    a: u64,
    b: u64,
    c: u64,
    without_boolean: bool,
}

impl Circuit<Scalar> for Small {
    fn synthesize<CS>(self, cs: &mut CS) -> Result<(), SynthesisError>
    where
        CS: ConstraintSystem<Scalar>,
    {
        let missing = || Err(SynthesisError::AssignmentMissing);
        let bit = cs.alloc(|| "bit", missing)?;
        let other = cs.alloc(|| "other", missing)?;
        let square = cs.alloc(|| "square", missing)?;
        let public = cs.alloc_input(|| "public", missing)?;
        let times = |n: u64| Scalar::from(n);
        if !self.without_boolean {
            let not = |lc: bellman::LinearCombination<Scalar>| lc + CS::one() - bit;
            cs.enforce(
                || "boolean",
                |lc| lc + bit,
                |lc| not(lc) + (times(self.b), square),
                |lc| lc,
            );
        }
        cs.enforce(
            || "sum",
            |lc| lc + bit + (times(2), other) + (times(self.a), square),
            |lc| lc + CS::one(),
            |lc| lc + public,
        );
        let c = times(self.c);
        cs.enforce(
            || "square",
            |lc| lc + other,
            |lc| lc + other,
            |lc| lc + square + (c, bit),
        );
        Ok(())
    }
}

fn part(result: Result<(), EngineError>) -> &'static str {
    match result {
        Err(EngineError::WrongKey { part }) => part,
        _ => "",
    }
}

#[test]
fn an_honest_key_passes_also_from_its_file() {
    let key = setup(Small::default()).unwrap();
    check(&key, Small::default()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key");
    key.save(&path).unwrap();
    check(&ProvingKey::load(&path).unwrap(), Small::default()).unwrap();
}

#[test]
fn a_key_for_other_constraints_is_caught_wherever_they_differ() {
    let variants = [
        Small {
            a: 1,
            ..Small::default()
        },
        Small {
            b: 1,
            ..Small::default()
        },
        Small {
            c: 1,
            ..Small::default()
        },
        Small {
            without_boolean: true,
            ..Small::default()
        },
    ];
    for other in variants {
        let key = setup(other).unwrap();
        assert_eq!(part(check(&key, Small::default())), "constraint system");
    }
}

/// The points of a key for another circuit, claimed to be for this one.
fn disguised(other: Small, claimed: Small) -> &'static str {
    let mut key = setup(other).unwrap();
    key.shape = Shape::of(claimed).unwrap();
    part(check(&key, claimed))
}

#[test]
fn points_for_other_constraints_are_caught_wherever_they_differ() {
    let a = |a| Small {
        a,
        ..Small::default()
    };
    let b = |b| Small {
        b,
        ..Small::default()
    };
    let c = |c| Small {
        c,
        ..Small::default()
    };
    assert_eq!(disguised(a(1), a(2)), "A points");
    // Exchanged with A, where it brings in fewer wires.
    assert_eq!(disguised(b(1), b(2)), "A points");
    assert_eq!(disguised(c(1), c(0)), "L points");
}

/// A key with one of its points exchanged.
fn tampered(change: impl Fn(&mut ProvingKey)) -> &'static str {
    let mut key = setup(Small::default()).unwrap();
    change(&mut key);
    part(check(&key, Small::default()))
}

fn negate<T>(points: &mut Array<Point<T>>, index: usize, negative: fn(&T) -> T)
where
    T: bytemuck::Pod + Eq,
{
    let mut changed = points.to_vec();
    let point = changed[index];
    changed[index] = Point::new(*point.x(), negative(point.y()));
    *points = changed.into();
}

fn negate_g1(points: &mut Array<PointOf<G1>>, index: usize) {
    negate(points, index, G1::negative);
}

#[test]
fn every_point_of_a_key_counts() {
    assert_eq!(tampered(|k| negate_g1(&mut k.powers, 0)), "first power");
    assert_eq!(tampered(|k| negate_g1(&mut k.powers, 3)), "powers");
    let root = tampered(|k| k.singles.tau_n_g2 = G2Affine::generator());
    assert_eq!(root, "tau");
    let no_tau = tampered(|k| k.singles.tau_g2 = G2Affine::identity());
    assert_eq!(no_tau, "tau");
    let tau = tampered(|k| k.singles.tau_g2 = -k.singles.tau_g2);
    assert_eq!(tau, "powers");
    let last = tampered(|k| k.singles.tau_n_g2 = -k.singles.tau_n_g2);
    assert_eq!(last, "last power in G2");
    for index in 0..4 {
        assert_eq!(tampered(|k| negate_g1(&mut k.queries.h, index)), "H points");
    }
    for index in 0..3 {
        let l = tampered(|k| negate_g1(&mut k.queries.l, index));
        assert_eq!(l, "L points");
        let absent = tampered(|k| {
            let mut points = k.queries.l.to_vec();
            points[index] = Point::identity();
            k.queries.l = points.into();
        });
        assert_eq!(absent, "L points");
    }
    assert_eq!(tampered(|k| negate_g1(&mut k.queries.a, 1)), "A points");
    let b = tampered(|k| negate_g1(&mut k.queries.b_g1, 1));
    assert_eq!(b, "B points in G1");
    let b = tampered(|k| negate(&mut k.queries.b_g2, 1, G2::negative));
    assert_eq!(b, "B points in G2");
}

#[test]
fn every_single_point_of_a_key_counts() {
    let ic = tampered(|k| k.singles.ic[1] = -k.singles.ic[1]);
    assert_eq!(ic, "public input's points");
    let beta = tampered(|k| k.singles.beta_g1 = -k.singles.beta_g1);
    assert_eq!(beta, "beta");
    let delta = tampered(|k| k.singles.delta_g1 = -k.singles.delta_g1);
    assert_eq!(delta, "delta");
    let alpha = tampered(|k| k.singles.alpha_g1 = -k.singles.alpha_g1);
    assert_eq!(alpha, "public input's points");
    let gamma = tampered(|k| k.singles.gamma_g2 = -k.singles.gamma_g2);
    assert_eq!(gamma, "public input's points");
}

/// Without the circuit, points and powers are what there is to check.
#[test]
fn points_are_checked_without_a_circuit() {
    let mut key = setup(Small::default()).unwrap();
    check_points(&key).unwrap();
    negate_g1(&mut key.powers, 3);
    assert_eq!(part(check_points(&key)), "powers");
}

#[test]
fn exchanged_points_are_caught() {
    let swapped = tampered(|k| {
        let mut points = k.queries.b_g2.to_vec();
        points.swap(0, 1);
        k.queries.b_g2 = points.into();
    });
    assert_eq!(swapped, "B points in G2");
}

/// (0, 2) is on the curve y^2 = x^3 + 4 and has order 3.
#[test]
fn a_point_outside_the_subgroup_is_caught() {
    let mut bytes = [0; 96];
    bytes[95] = 2;
    let low_order = G1Affine::from_uncompressed_unchecked(&bytes).unwrap();
    assert!(bool::from(low_order.is_on_curve()));
    let part = tampered(|k| {
        let mut points = k.queries.l.to_vec();
        points[0] = G1::from_affine(&low_order);
        k.queries.l = points.into();
    });
    assert_eq!(part, "points of G1");
}

#[test]
fn a_coordinate_that_is_not_canonical_is_caught() {
    let part = tampered(|k| {
        let mut points = k.queries.h.to_vec();
        points[0] = Point::new([u64::MAX; 6], *points[0].y());
        k.queries.h = points.into();
    });
    assert_eq!(part, "points of G1");
}
