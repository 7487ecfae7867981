//! The setup: a key for a circuit's shape, from one party's randomness ([Groth 2016],
//! section 3.2), in the form and order of the crate `groth16`.
//!
//! [Groth 2016]: https://eprint.iacr.org/2016/260

use std::sync::Arc;

use bellman::{Circuit, SynthesisError};
use bls12_381::{Bls12, G1Projective, G2Projective, Scalar};
use ff::Field;
use groth16::{Parameters, VerifyingKey};
use group::Curve;
use rayon::prelude::*;

use crate::fixed_base::FixedBase;
use crate::key::{Powers, randomness};
use crate::qap::{Qap, vanishing};
use crate::{EngineError, ProvingKey};

/// What must be forgotten: whoever knows it can forge. No `Debug`.
struct Trapdoor {
    alpha: Scalar,
    beta: Scalar,
    gamma: Scalar,
    delta: Scalar,
    tau: Scalar,
}

/// Makes a key for a circuit's shape; the circuit needs no witness. Takes about 0.1 ms a
/// constraint on two cores.
///
/// # Errors
/// [`EngineError`] if the circuit can't be synthesised or hasn't exactly one public input.
pub fn setup<C: Circuit<Scalar>>(circuit: C) -> Result<ProvingKey, EngineError> {
    let mut rng = randomness()?;
    let [alpha, beta, gamma, delta, tau] = std::array::from_fn(|_| Scalar::random(&mut rng));
    let trapdoor = Trapdoor {
        alpha,
        beta,
        gamma,
        delta,
        tau,
    };
    let (parameters, powers) = generate(circuit, &trapdoor)?;
    ProvingKey::new(parameters, powers)
}

fn generate<C: Circuit<Scalar>>(
    circuit: C,
    trapdoor: &Trapdoor,
) -> Result<(Parameters<Bls12>, Powers), SynthesisError> {
    let &Trapdoor {
        alpha,
        beta,
        gamma,
        delta,
        tau,
    } = trapdoor;
    let qap = Qap::of(circuit)?;
    let domain = qap.domain()?;
    let wires = qap.evaluate(tau)?;
    let by_gamma = invert(gamma)?;
    let by_delta = invert(delta)?;
    let combined: Vec<Scalar> = (0..wires.a.len())
        .map(|wire| {
            let sum = beta * wires.a[wire] + alpha * wires.b[wire] + wires.c[wire];
            sum * if wire < qap.inputs() {
                by_gamma
            } else {
                by_delta
            }
        })
        .collect();
    let (public, private) = combined.split_at(qap.inputs());
    if private
        .iter()
        .any(|combined| bool::from(combined.is_zero()))
    {
        return Err(SynthesisError::UnconstrainedVariable);
    }
    let powers: Vec<Scalar> = successive(Scalar::one(), tau, domain + 1);
    let h = successive(vanishing(tau, domain) * by_delta, tau, domain - 1);

    let g1 = FixedBase::new(G1Projective::generator());
    let g2 = FixedBase::new(G2Projective::generator());
    let (a, b) = (nonzero(&wires.a), nonzero(&wires.b));
    let one = |scalar: Scalar| (G1Projective::generator() * scalar).to_affine();
    let two = |scalar: Scalar| (G2Projective::generator() * scalar).to_affine();
    let parameters = Parameters {
        vk: VerifyingKey {
            alpha_g1: one(alpha),
            beta_g1: one(beta),
            beta_g2: two(beta),
            gamma_g2: two(gamma),
            delta_g1: one(delta),
            delta_g2: two(delta),
            ic: g1.multiply(public),
        },
        h: Arc::new(g1.multiply(&h)),
        l: Arc::new(g1.multiply(private)),
        a: Arc::new(g1.multiply(&a)),
        b_g1: Arc::new(g1.multiply(&b)),
        b_g2: Arc::new(g2.multiply(&b)),
    };
    let powers = Powers {
        g1: Arc::new(g1.multiply(&powers)),
        tau_g2: two(tau),
    };
    Ok((parameters, powers))
}

/// `first * ratio^i` for `i < count`.
fn successive(first: Scalar, ratio: Scalar, count: usize) -> Vec<Scalar> {
    std::iter::successors(Some(first), |power| Some(power * ratio))
        .take(count)
        .collect()
}

/// Wires whose polynomial is zero have no point in a query.
fn nonzero(scalars: &[Scalar]) -> Vec<Scalar> {
    let is_some = |scalar: &&Scalar| !bool::from(scalar.is_zero());
    scalars.par_iter().filter(is_some).copied().collect()
}

fn invert(scalar: Scalar) -> Result<Scalar, SynthesisError> {
    Option::from(scalar.invert()).ok_or(SynthesisError::UnexpectedIdentity)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::prove::tests::Product;

    #[test]
    fn the_key_is_the_one_that_groth16_makes_of_the_same_trapdoor() {
        let [alpha, beta, gamma, delta, tau] = [2, 3, 5, 7, 11].map(Scalar::from);
        let trapdoor = Trapdoor {
            alpha,
            beta,
            gamma,
            delta,
            tau,
        };
        let (ours, powers) = generate(Product::default(), &trapdoor).unwrap();
        let (g1, g2) = (G1Projective::generator(), G2Projective::generator());
        let theirs = groth16::generate_parameters::<Bls12, _>(
            Product::default(),
            g1,
            g2,
            alpha,
            beta,
            gamma,
            delta,
            tau,
        );
        assert!(ours == theirs.unwrap());
        let powers: Vec<_> = powers.g1.iter().copied().collect();
        let expected: Vec<_> = (0..powers.len() as u64)
            .map(|i| (g1 * tau.pow_vartime(&[i, 0, 0, 0])).to_affine())
            .collect();
        assert_eq!(powers, expected);
    }
}
