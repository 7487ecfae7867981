use super::*;
use crate::{ProvingKey, setup};
use bellman::{ConstraintSystem, SynthesisError};
use std::sync::Arc;

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
    let against = |other: Small| part(check(&setup(other).unwrap(), Small::default()));
    assert_eq!(
        against(Small {
            a: 1,
            ..Small::default()
        }),
        "number of A points"
    );
    assert_eq!(
        against(Small {
            b: 1,
            ..Small::default()
        }),
        "number of B points"
    );
    assert_eq!(
        against(Small {
            c: 1,
            ..Small::default()
        }),
        "L points"
    );
    let dropped = Small {
        without_boolean: true,
        ..Small::default()
    };
    assert_ne!(against(dropped), "");
    let [one, two] = [1, 2].map(|a| Small {
        a,
        ..Small::default()
    });
    assert_eq!(part(check(&setup(one).unwrap(), two)), "A points");
    let [one, two] = [1, 2].map(|b| Small {
        b,
        ..Small::default()
    });
    assert_eq!(part(check(&setup(one).unwrap(), two)), "B points in G1");
}

/// A key with one of its points exchanged.
fn tampered(change: impl Fn(&mut ProvingKey)) -> &'static str {
    let mut key = setup(Small::default()).unwrap();
    change(&mut key);
    part(check(&key, Small::default()))
}

fn negate(points: &mut Arc<Vec<G1Affine>>, index: usize) {
    let mut changed = points.to_vec();
    changed[index] = -changed[index];
    *points = Arc::new(changed);
}

#[test]
fn every_point_of_a_key_counts() {
    assert_eq!(tampered(|k| negate(&mut k.powers.g1, 0)), "first power");
    assert_eq!(tampered(|k| negate(&mut k.powers.g1, 3)), "powers");
    assert_eq!(tampered(|k| k.powers.tau_g2 = -k.powers.tau_g2), "powers");
    assert_eq!(
        tampered(|k| negate(&mut k.parameters.h, 0)),
        "first H point"
    );
    assert_eq!(tampered(|k| negate(&mut k.parameters.h, 2)), "H points");
    assert_eq!(tampered(|k| negate(&mut k.parameters.a, 1)), "A points");
    assert_eq!(
        tampered(|k| negate(&mut k.parameters.b_g1, 1)),
        "B points in G1"
    );
    assert_eq!(tampered(|k| negate(&mut k.parameters.l, 2)), "L points");
    assert_eq!(
        tampered(|k| k.parameters.vk.ic[1] = -k.parameters.vk.ic[1]),
        "public input's points"
    );
    assert_eq!(
        tampered(|k| k.parameters.vk.beta_g1 = -k.parameters.vk.beta_g1),
        "beta"
    );
    assert_eq!(
        tampered(|k| k.parameters.vk.delta_g1 = -k.parameters.vk.delta_g1),
        "delta"
    );
    assert_eq!(
        tampered(|k| k.parameters.vk.alpha_g1 = -k.parameters.vk.alpha_g1),
        "L points"
    );
    assert_eq!(
        tampered(|k| k.parameters.vk.gamma_g2 = -k.parameters.vk.gamma_g2),
        "public input's points"
    );
    let swapped = tampered(|k| {
        let mut points = k.parameters.b_g2.to_vec();
        points.swap(0, 1);
        k.parameters.b_g2 = Arc::new(points);
    });
    assert_eq!(swapped, "B points in G2");
}

#[test]
fn a_key_of_another_length_is_caught() {
    assert_eq!(
        tampered(|k| {
            Arc::make_mut(&mut k.parameters.h).pop();
        }),
        "number of H points"
    );
    assert_eq!(
        tampered(|k| {
            Arc::make_mut(&mut k.powers.g1).pop();
        }),
        "number of powers"
    );
    assert_eq!(
        tampered(|k| {
            Arc::make_mut(&mut k.parameters.l).pop();
        }),
        "number of private wires"
    );
}

/// (0, 2) is on the curve y^2 = x^3 + 4 and has order 3.
#[test]
fn a_point_outside_the_subgroup_is_caught() {
    let mut bytes = [0; 96];
    bytes[95] = 2;
    let low_order = G1Affine::from_uncompressed_unchecked(&bytes).unwrap();
    assert!(bool::from(low_order.is_on_curve()));
    let part = tampered(|k| Arc::make_mut(&mut k.parameters.l)[0] = low_order);
    assert_eq!(part, "points of G1");
}
