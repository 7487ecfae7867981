//! Whether a key was made for a circuit: the structure of every query, checked against the
//! circuit's constraints with random combinations and pairings.
//!
//! With independent random 128-bit `r_i`, an equation between combinations `sum r_i X_i`
//! holds for wrong `X_i` with probability at most 2^-128 (Schwartz and Zippel; Bellare,
//! Garay and Rabin 1998 for groups of prime order, hence the subgroup checks first). A key
//! that passes is exactly what an honest setup makes of this circuit for *some* trapdoor.
//! It can't be told who knows that trapdoor.

use bellman::Circuit;
use bellman::multicore::Worker;
use bls12_381::{G1Affine, G1Projective, G2Affine, G2Projective, Gt, Scalar};
use bls12_381::{G2Prepared, multi_miller_loop};
use groth16::Parameters;
use group::Curve;
use rayon::prelude::*;

use crate::combination::{Combination, combine, combine_prefix, interpolate};
use crate::{EngineError, ProvingKey};

/// Checks that `key` is what a setup makes of `circuit`, which needs no witness: a proof
/// under it shows this circuit and no weaker one, to everyone who doesn't hold the
/// trapdoor. Takes about as long as a few proofs.
///
/// # Errors
/// [`EngineError::WrongKey`] with the part that doesn't belong; those of the circuit.
pub fn check<C: Circuit<Scalar>>(key: &ProvingKey, circuit: C) -> Result<(), EngineError> {
    let circuit = Combination::of(circuit, &mut crate::key::randomness()?)?;
    check_lengths(key, &circuit)?;
    check_groups(key)?;
    let worker = Worker::new();
    check_powers(key, &circuit, &worker)?;
    check_queries(key, &circuit, &worker)
}

fn wrong(part: &'static str) -> EngineError {
    EngineError::WrongKey { part }
}

fn require(holds: bool, part: &'static str) -> Result<(), EngineError> {
    holds.then_some(()).ok_or(wrong(part))
}

/// Every query has as many points as the circuit has wires or its domain elements.
pub(crate) fn check_lengths(key: &ProvingKey, circuit: &Combination) -> Result<(), EngineError> {
    let Parameters {
        vk,
        h,
        l,
        a,
        b_g1,
        b_g2,
    } = &key.parameters;
    let domain = circuit.domain();
    require(key.powers.g1.len() == domain + 1, "number of powers")?;
    require(h.len() == domain - 1, "number of H points")?;
    require(vk.ic.len() == circuit.inputs(), "number of public inputs")?;
    require(l.len() == circuit.aux(), "number of private wires")?;
    require(a.len() == circuit.a_wires().count(), "number of A points")?;
    let b_wires = circuit.b_wires().count();
    require(
        b_g1.len() == b_wires && b_g2.len() == b_wires,
        "number of B points",
    )
}

/// Every point is on its curve and in the subgroup of prime order.
fn check_groups(key: &ProvingKey) -> Result<(), EngineError> {
    let Parameters {
        vk,
        h,
        l,
        a,
        b_g1,
        b_g2,
    } = &key.parameters;
    let is_g1 = |p: &G1Affine| bool::from(p.is_on_curve()) && bool::from(p.is_torsion_free());
    let is_g2 = |p: &G2Affine| bool::from(p.is_on_curve()) && bool::from(p.is_torsion_free());
    let all_g1 = |points: &[G1Affine]| points.par_iter().all(is_g1);
    let queries = [&key.powers.g1[..], h, l, a, b_g1, &vk.ic];
    let singles = [vk.alpha_g1, vk.beta_g1, vk.delta_g1];
    require(
        queries.into_iter().all(all_g1) && all_g1(&singles),
        "points of G1",
    )?;
    let singles = [vk.beta_g2, vk.gamma_g2, vk.delta_g2, key.powers.tau_g2];
    require(
        b_g2.par_iter().all(is_g2) && singles.iter().all(is_g2),
        "points of G2",
    )
}

/// The powers are powers of one tau, and H and the single points fit them.
fn check_powers(
    key: &ProvingKey,
    circuit: &Combination,
    worker: &Worker,
) -> Result<(), EngineError> {
    let (vk, powers) = (&key.parameters.vk, &key.powers.g1);
    let (g, h) = (G1Affine::generator(), G2Affine::generator());
    let tau = key.powers.tau_g2;
    require(powers[0] == g, "first power")?;
    let r = circuit.weights(powers.len() - 1)?;
    let (low, high) = shifted(worker, powers, &r)?;
    require(equal(&[(high, h)], &[(low, tau)]), "powers")?;

    let query = &key.parameters.h;
    let vanishing = (G1Projective::from(powers[query.len() + 1]) - g).to_affine();
    require(
        equal(&[(query[0], vk.delta_g2)], &[(vanishing, h)]),
        "first H point",
    )?;
    let (low, high) = shifted(worker, query, &r[..query.len() - 1])?;
    require(equal(&[(high, h)], &[(low, tau)]), "H points")?;

    require(equal(&[(vk.beta_g1, h)], &[(g, vk.beta_g2)]), "beta")?;
    require(equal(&[(vk.delta_g1, h)], &[(g, vk.delta_g2)]), "delta")
}

/// `sum r_i points_i` and `sum r_i points_(i+1)`.
fn shifted(
    worker: &Worker,
    points: &std::sync::Arc<Vec<G1Affine>>,
    r: &[Scalar],
) -> Result<(G1Affine, G1Affine), EngineError> {
    let low = combine_prefix(worker, points, 0, r)?;
    let high = combine_prefix(worker, points, 1, r)?;
    Ok((low, high))
}

/// A, B, L and IC are what the constraints make of the powers.
fn check_queries(
    key: &ProvingKey,
    circuit: &Combination,
    worker: &Worker,
) -> Result<(), EngineError> {
    let Parameters {
        vk,
        l,
        a,
        b_g1,
        b_g2,
        ..
    } = &key.parameters;
    let (g, h) = (G1Affine::generator(), G2Affine::generator());
    let at_tau = |column: &[Scalar]| interpolate(worker, column, &key.powers.g1);

    let split = |weights: Vec<(bool, Scalar)>| -> [Vec<Scalar>; 2] {
        let part = |input| {
            weights
                .iter()
                .map(move |&(is, r)| if is == input { r } else { Scalar::zero() })
        };
        [part(true).collect(), part(false).collect()]
    };
    let [r_in, r_aux] = split(circuit.a_wires().collect());
    let a_in = combine::<G1Projective>(worker, a, &r_in)?;
    let a_aux = combine::<G1Projective>(worker, a, &r_aux)?;
    require(a_in + a_aux == at_tau(circuit.a())?, "A points")?;

    let [r_in, r_aux] = split(circuit.b_wires().collect());
    let b1 = |r: &[Scalar]| combine::<G1Projective>(worker, b_g1, r);
    let b2 = |r: &[Scalar]| combine::<G2Projective>(worker, b_g2, r);
    let (b1_in, b1_aux, b2_in, b2_aux) = (b1(&r_in)?, b1(&r_aux)?, b2(&r_in)?, b2(&r_aux)?);
    require(b1_in + b1_aux == at_tau(circuit.b())?, "B points in G1")?;
    let (b1, b2) = ((b1_in + b1_aux).to_affine(), (b2_in + b2_aux).to_affine());
    require(equal(&[(b1, h)], &[(g, b2)]), "B points in G2")?;

    let quotient =
        |query: G1Projective, denominator, a: G1Projective, b: G2Projective, c: G1Projective| {
            let terms = [
                (a.to_affine(), vk.beta_g2),
                (vk.alpha_g1, b.to_affine()),
                (c.to_affine(), h),
            ];
            equal(&[(query.to_affine(), denominator)], &terms)
        };
    let c_aux = at_tau(circuit.c_aux())?;
    let private = combine::<G1Projective>(worker, l, circuit.aux_weights())?;
    require(
        quotient(private, vk.delta_g2, a_aux, b2_aux, c_aux),
        "L points",
    )?;
    let c_in = at_tau(circuit.c_inputs())?;
    let public = vk.ic.iter().zip(circuit.input_weights());
    let public = public.fold(G1Projective::identity(), |sum, (point, r)| sum + point * r);
    require(
        quotient(public, vk.gamma_g2, a_in, b2_in, c_in),
        "public input's points",
    )
}

/// Whether two products of pairings are equal.
fn equal(left: &[(G1Affine, G2Affine)], right: &[(G1Affine, G2Affine)]) -> bool {
    let negated = right.iter().map(|&(p, q)| (-p, q));
    let prepared: Vec<(G1Affine, G2Prepared)> = left
        .iter()
        .copied()
        .chain(negated)
        .map(|(p, q)| (p, q.into()))
        .collect();
    let pairs: Vec<(&G1Affine, &G2Prepared)> = prepared.iter().map(|(p, q)| (p, q)).collect();
    multi_miller_loop(&pairs).final_exponentiation() == Gt::identity()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
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
}
