//! Whether a key was made for a circuit: the structure of every query, checked against the
//! circuit's constraints with random combinations and pairings.
//!
//! With independent random 128-bit `r_i`, an equation between combinations `sum r_i X_i`
//! holds for wrong `X_i` with probability at most 2^-128 (Schwartz and Zippel; Bellare,
//! Garay and Rabin 1998 for groups of prime order, hence the subgroup checks first). A key
//! that passes is exactly what an honest setup makes of this circuit for *some* trapdoor.
//! It can't be told who knows that trapdoor.

use std::ops::Range;

use bls12_381::multi_miller_loop;
use bls12_381::{G1Affine, G1Projective, G2Affine, G2Prepared, G2Projective, Gt, Scalar};
use group::Curve as _;
use rand_core::Rng;
use rayon::prelude::*;

use crate::curve::{Curve, G1, G2, PointOf};
use crate::exponent::Exponent;
use crate::key::{Epsilon, randomness};
use crate::multiexp::multiexp;
use crate::shape::{Matrix, Shape};
use crate::subgroup::all_in_subgroup;
use crate::{EngineError, ProvingKey, StagedCircuit};

/// Checks that `key` is what a setup makes of `circuit`, which needs no witness: a proof
/// under it shows this circuit and no weaker one, to everyone who doesn't hold the
/// trapdoor. Takes as long as a few proofs.
///
/// # Errors
/// [`EngineError::WrongKey`] with the part that doesn't belong; those of the circuit.
pub fn check<C: StagedCircuit>(key: &ProvingKey, circuit: C) -> Result<(), EngineError> {
    require(key.shape == Shape::of(circuit)?, "constraint system")?;
    check_points(key)?;
    check_queries(key)
}

/// Checks what can be told of a key without its circuit: every point is canonical, on its
/// curve and in the subgroup of prime order, and the powers and single points are those of one
/// trapdoor. Takes about as long as a proof.
///
/// # Errors
/// [`EngineError::WrongKey`] with the part that is wrong.
pub fn check_points(key: &ProvingKey) -> Result<(), EngineError> {
    check_groups(key)?;
    check_powers(key)
}

fn require(holds: bool, part: &'static str) -> Result<(), EngineError> {
    holds.then_some(()).ok_or(EngineError::WrongKey { part })
}

/// Every point is canonical, on its curve and in the subgroup of prime order.
fn check_groups(key: &ProvingKey) -> Result<(), EngineError> {
    let queries = &key.queries;
    let arrays = [
        &queries.a,
        &queries.b_g1,
        &queries.l,
        &queries.h,
        &key.powers,
    ];
    let valid = arrays.iter().all(|points| all_in_subgroup::<G1>(points));
    require(valid, "points of G1")?;
    require(all_in_subgroup::<G2>(&queries.b_g2), "points of G2")
}

/// The powers are powers of one tau, and the single points fit them and one another.
fn check_powers(key: &ProvingKey) -> Result<(), EngineError> {
    let (singles, powers) = (&key.singles, &key.powers);
    let (g, h) = (G1Affine::generator(), G2Affine::generator());
    let (Some(first), Some(last)) = (powers.first(), powers.last()) else {
        return require(false, "number of powers");
    };
    require(G1::to_affine(first) == g, "first power")?;
    // With tau in the domain all but one constraint would vanish, for everyone to see.
    let outside = singles.tau_n_g2 != h && !bool::from(singles.tau_g2.is_identity());
    require(outside, "tau")?;
    let weights = Weights::random(powers.len() - 1)?;
    let low = weights.combine::<G1>(&powers[..powers.len() - 1], |i| i);
    let high = weights.combine::<G1>(&powers[1..], |i| i);
    let shifted = equal(&[(high, h)], &[(low, singles.tau_g2)]);
    require(shifted, "powers")?;
    let last = G1::to_affine(last).into();
    let is_last = equal(&[(last, h)], &[(g.into(), singles.tau_n_g2)]);
    require(is_last, "last power in G2")?;
    let is_beta = equal(
        &[(singles.beta_g1.into(), h)],
        &[(g.into(), singles.beta_g2)],
    );
    require(is_beta, "beta")?;
    let is_delta = equal(
        &[(singles.delta_g1.into(), h)],
        &[(g.into(), singles.delta_g2)],
    );
    require(is_delta, "delta")?;
    let is_epsilon = |epsilon: &Epsilon| {
        let (one, two) = (epsilon.g1.into(), epsilon.g2);
        equal(&[(one, h)], &[(g.into(), two)])
    };
    require(singles.epsilon.iter().all(is_epsilon), "epsilon")
}

/// A, B, L, H and IC are what the constraints make of the powers.
fn check_queries(key: &ProvingKey) -> Result<(), EngineError> {
    let (shape, queries, singles) = (&key.shape, &key.queries, &key.singles);
    let (g, h) = (G1Projective::generator(), G2Affine::generator());
    let weights = Weights::random(shape.wires())?;
    let public = weights.of(0..shape.public);
    let private = [
        (
            shape.public..shape.first_uncommitted(),
            singles.epsilon.map(|epsilon| epsilon.g2),
        ),
        (
            shape.first_uncommitted()..shape.wires(),
            Some(singles.delta_g2),
        ),
    ];
    let at_tau = |matrix: &Matrix, weights: &Weights| {
        interpolate(key, matrix.multiply(&shape.coefficients, &weights.scalars))
    };
    let of_a = |weights: &Weights| weights.combine::<G1>(&queries.a, |i| key.a_wires[i] as usize);
    let of_b1 =
        |weights: &Weights| weights.combine::<G1>(&queries.b_g1, |i| key.b_wires[i] as usize);
    let of_b2 =
        |weights: &Weights| weights.combine::<G2>(&queries.b_g2, |i| key.b_wires[i] as usize);

    require(of_a(&weights) == at_tau(&shape.a, &weights), "A points")?;
    let b_g1 = of_b1(&weights);
    require(b_g1 == at_tau(&shape.b, &weights), "B points in G1")?;
    let same = equal(&[(b_g1, h)], &[(g, of_b2(&weights).to_affine())]);
    require(same, "B points in G2")?;

    // Of these wires, `beta a + alpha b + c`.
    let combined = |weights: &Weights| {
        let (a, b, c) = (of_a(weights), of_b2(weights), at_tau(&shape.c, weights));
        let alpha = singles.alpha_g1.into();
        [(a, singles.beta_g2), (alpha, b.to_affine()), (c, h)]
    };
    let by_gamma: G1Projective = (0..shape.public)
        .map(|wire| singles.ic[wire] * weights.scalars[wire])
        .sum();
    let is_public = equal(&[(by_gamma, singles.gamma_g2)], &combined(&public));
    require(is_public, "public input's points")?;

    // A wire without a point could be changed after the proof, or after the challenges.
    let every_wire = queries.l.iter().all(|point| !point.is_identity());
    require(every_wire, "L points")?;
    for (wires, denominator) in private {
        let points = &queries.l[wires.start - shape.public..wires.end - shape.public];
        let Some(denominator) = denominator else {
            require(points.is_empty(), "epsilon")?;
            continue;
        };
        let first = wires.start;
        let divided = weights.combine::<G1>(points, |i| first + i);
        let is_private = equal(&[(divided, denominator)], &combined(&weights.of(wires)));
        require(is_private, "L points")?;
    }

    // Twice H, so that nothing is divided.
    let vanishing = (G2Projective::from(singles.tau_n_g2) - h).to_affine();
    let weights = Weights::random(shape.domain())?;
    let by_delta = weights.combine::<G1>(&queries.h, |i| i).double();
    let mut coefficients = weights.scalars;
    key.domain.coset_coefficients(&mut coefficients);
    let at_tau = on_powers(key, &coefficients);
    let is_quotient = equal(&[(-by_delta, singles.delta_g2)], &[(at_tau, vanishing)]);
    require(is_quotient, "H points")
}

/// The polynomial with these values on the domain, in natural order, at tau.
fn interpolate(key: &ProvingKey, values: Vec<Scalar>) -> G1Projective {
    let mut reversed = vec![Scalar::zero(); key.shape.domain()];
    for (row, value) in values.into_iter().enumerate() {
        reversed[key.domain.reversed(row)] = value;
    }
    key.domain.coefficients(&mut reversed);
    on_powers(key, &reversed)
}

/// The polynomial with `1/n` of these coefficients at tau.
fn on_powers(key: &ProvingKey, coefficients: &[Scalar]) -> G1Projective {
    let scale = key.domain.inverse();
    let exponent = |coefficient| Exponent::from(&(coefficient * scale));
    let exponents: Vec<Exponent> = coefficients.par_iter().map(exponent).collect();
    multiexp::<G1>(&key.powers[..exponents.len()], |i| &exponents[i])
}

/// Random numbers of 128 bits.
struct Weights {
    scalars: Vec<Scalar>,
    exponents: Vec<Exponent>,
}

impl Weights {
    fn random(count: usize) -> Result<Self, EngineError> {
        let mut rng = randomness()?;
        let weight = |_| Scalar::from_raw([rng.next_u64(), rng.next_u64(), 0, 0]);
        Ok(Self::new((0..count).map(weight).collect()))
    }

    fn new(scalars: Vec<Scalar>) -> Self {
        Self {
            exponents: scalars.iter().map(Exponent::from).collect(),
            scalars,
        }
    }

    /// Those of these wires, zero elsewhere.
    fn of(&self, wires: Range<usize>) -> Self {
        let weight = |(wire, weight): (usize, &Scalar)| match wires.contains(&wire) {
            true => *weight,
            false => Scalar::zero(),
        };
        Self::new(self.scalars.iter().enumerate().map(weight).collect())
    }

    /// The points' combination; point `i` has the weight of `wire(i)`.
    fn combine<C: Curve>(
        &self,
        points: &[PointOf<C>],
        wire: impl Fn(usize) -> usize + Sync,
    ) -> C::Projective {
        multiexp::<C>(points, |i| &self.exponents[wire(i)])
    }
}

/// Whether two products of pairings are equal.
pub(crate) fn equal(left: &[(G1Projective, G2Affine)], right: &[(G1Projective, G2Affine)]) -> bool {
    let negated = right.iter().map(|&(p, q)| (-p, q));
    let prepared: Vec<(G1Affine, G2Prepared)> = left
        .iter()
        .copied()
        .chain(negated)
        .map(|(p, q)| (p.to_affine(), q.into()))
        .collect();
    let pairs: Vec<(&G1Affine, &G2Prepared)> = prepared.iter().map(|(p, q)| (p, q)).collect();
    multi_miller_loop(&pairs).final_exponentiation() == Gt::identity()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
