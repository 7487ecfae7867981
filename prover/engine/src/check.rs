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
mod tests;
