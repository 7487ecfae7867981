//! The setup: a key for a circuit's shape, from one party's randomness ([Groth 2016],
//! section 3.2).
//!
//! [Groth 2016]: https://eprint.iacr.org/2016/260

use bls12_381::{G1Projective, G2Projective, Scalar};
use ff::Field;
use group::Curve as _;
use rand_core::Rng;
use rayon::prelude::*;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::curve::{G1, G2};
use crate::domain::Domain;
use crate::fixed_base::FixedBase;
use crate::key::{Epsilon, Queries, Singles, randomness};
use crate::progress::Parts;
use crate::shape::{Matrix, Shape};
use crate::{EngineError, Progress, ProvingKey, StagedCircuit};

/// What must be forgotten: whoever knows it can forge. Overwritten when dropped. No `Debug`.
#[derive(Zeroize, ZeroizeOnDrop)]
struct Trapdoor {
    alpha: Scalar,
    beta: Scalar,
    gamma: Scalar,
    delta: Scalar,
    /// Without use where no wire is committed to.
    epsilon: Scalar,
    tau: Scalar,
}

/// Makes a key for a circuit's shape; the circuit needs no witness. Takes about 10
/// microseconds a constraint on two cores with AVX-512, four times as much without.
///
/// # Errors
/// [`EngineError`] if the circuit can't be synthesised or hasn't exactly one public input.
pub fn setup<C: StagedCircuit>(circuit: C) -> Result<ProvingKey, EngineError> {
    setup_with(circuit, &())
}

/// As [`setup`], with reports to the caller, who may give up.
///
/// # Errors
/// Those of [`setup`], and [`EngineError::Cancelled`].
pub fn setup_with<C: StagedCircuit>(
    circuit: C,
    progress: &dyn Progress,
) -> Result<ProvingKey, EngineError> {
    let trapdoor = Trapdoor::random(&mut randomness()?);
    generate(circuit, &trapdoor, progress)
}

impl Trapdoor {
    fn random(rng: &mut impl Rng) -> Self {
        Self {
            alpha: Scalar::random(&mut *rng),
            beta: Scalar::random(&mut *rng),
            gamma: Scalar::random(&mut *rng),
            delta: Scalar::random(&mut *rng),
            epsilon: Scalar::random(&mut *rng),
            tau: Scalar::random(&mut *rng),
        }
    }
}

/// Scalars that would give the trapdoor away; overwritten when dropped. No `Debug`.
struct Secret(Vec<Scalar>);

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

fn generate<C: StagedCircuit>(
    circuit: C,
    trapdoor: &Trapdoor,
    progress: &dyn Progress,
) -> Result<ProvingKey, EngineError> {
    let parts = Parts::new(progress, 8);
    let shape = parts.run(|| Shape::of(circuit))??;
    let domain = Domain::new(shape.domain());
    let exponents = parts.run(|| Exponents::of(&shape, &domain, trapdoor))??;
    let count = 4 * shape.wires() + 2 * shape.domain();
    let (g1, g2) = parts.run(|| {
        rayon::join(
            || FixedBase::<G1>::generator(count),
            || FixedBase::<G2>::generator(shape.wires()),
        )
    })?;
    let multiples = |scalars: &Secret| parts.run(|| g1.multiply(&scalars.0));
    let (a, b) = (exponents.of_a(), exponents.of_b());
    let queries = Queries {
        a: multiples(&a)?.into(),
        b_g1: multiples(&b)?.into(),
        b_g2: parts.run(|| g2.multiply(&b.0))?.into(),
        l: multiples(&exponents.l)?.into(),
        h: multiples(&exponents.h)?.into(),
    };
    let powers = g1.multiply(&exponents.powers.0);
    let singles = trapdoor.singles(&shape, &domain, &exponents);
    ProvingKey::new(shape, singles, queries, powers.into())
}

/// The logarithms of the key's points.
struct Exponents {
    a: Secret,
    b: Secret,
    /// Which wires occur in A and in B.
    a_wires: Vec<u32>,
    b_wires: Vec<u32>,
    ic: [Scalar; 2],
    l: Secret,
    h: Secret,
    powers: Secret,
}

impl Exponents {
    fn of(shape: &Shape, domain: &Domain, trapdoor: &Trapdoor) -> Result<Self, EngineError> {
        let tau = &trapdoor.tau;
        let by_gamma = invert(trapdoor.gamma)?;
        let by_delta = invert(trapdoor.delta)?;
        let by_epsilon = invert(trapdoor.epsilon)?;
        let half_by_delta = invert(trapdoor.delta.double())?;
        let quotient = (domain.power(tau) - Scalar::one()) * half_by_delta;

        let lagrange = Secret(domain.lagrange(tau, false)?);
        let at_tau = |matrix: &Matrix| {
            Secret(matrix.multiply_left(&shape.coefficients, &lagrange.0, shape.wires()))
        };
        let (a, (b, c)) = rayon::join(
            || at_tau(&shape.a),
            || rayon::join(|| at_tau(&shape.b), || at_tau(&shape.c)),
        );
        let combined =
            |wire: usize| trapdoor.beta * a.0[wire] + trapdoor.alpha * b.0[wire] + c.0[wire];
        let private = (shape.public..shape.wires()).into_par_iter();
        let l = private.map(|wire| match wire < shape.first_uncommitted() {
            true => combined(wire) * by_epsilon,
            false => combined(wire) * by_delta,
        });
        let l = Secret(l.collect());
        if let Some(wire) = l.0.iter().position(|value| *value == Scalar::zero()) {
            return Err(EngineError::UnconstrainedWire { wire });
        }
        let mut h = Secret(domain.lagrange(tau, true)?);
        h.0.par_iter_mut().for_each(|value| *value *= -quotient);
        let powers = std::iter::successors(Some(Scalar::one()), |power| Some(power * tau));
        let powers = Secret(powers.take(shape.domain() + 1).collect());
        Ok(Self {
            ic: std::array::from_fn(|wire| combined(wire) * by_gamma),
            a_wires: shape.a.wires(shape.wires()),
            b_wires: shape.b.wires(shape.wires()),
            a,
            b,
            l,
            h,
            powers,
        })
    }

    /// Wires that don't occur have no point.
    fn of_a(&self) -> Secret {
        Secret(
            self.a_wires
                .iter()
                .map(|&wire| self.a.0[wire as usize])
                .collect(),
        )
    }

    fn of_b(&self) -> Secret {
        Secret(
            self.b_wires
                .iter()
                .map(|&wire| self.b.0[wire as usize])
                .collect(),
        )
    }
}

impl Trapdoor {
    fn singles(&self, shape: &Shape, domain: &Domain, exponents: &Exponents) -> Singles {
        let one = |scalar: &Scalar| (G1Projective::generator() * scalar).to_affine();
        let two = |scalar: &Scalar| (G2Projective::generator() * scalar).to_affine();
        Singles {
            alpha_g1: one(&self.alpha),
            beta_g1: one(&self.beta),
            delta_g1: one(&self.delta),
            ic: exponents.ic.each_ref().map(one),
            beta_g2: two(&self.beta),
            gamma_g2: two(&self.gamma),
            delta_g2: two(&self.delta),
            tau_g2: two(&self.tau),
            tau_n_g2: two(&domain.power(&self.tau)),
            epsilon: shape.is_challenged().then(|| Epsilon {
                g1: one(&self.epsilon),
                g2: two(&self.epsilon),
            }),
        }
    }
}

fn invert(scalar: Scalar) -> Result<Scalar, EngineError> {
    Option::from(scalar.invert()).ok_or(EngineError::Unlucky)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::curve::Curve;
    use crate::prove::tests::Product;
    use bls12_381::Bls12;

    /// Points as the crate `bls12_381` has them.
    fn affine<C: Curve>(points: &[crate::curve::PointOf<C>]) -> Vec<C::Affine> {
        points.iter().map(C::to_affine).collect()
    }

    #[test]
    fn the_key_is_the_one_that_groth16_makes_of_the_same_trapdoor() {
        let [alpha, beta, gamma, delta, epsilon, tau] = [2, 3, 5, 7, 13, 11].map(Scalar::from);
        let trapdoor = Trapdoor {
            alpha,
            beta,
            gamma,
            delta,
            epsilon,
            tau,
        };
        let ours = generate(Product::default(), &trapdoor, &()).unwrap();
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
        let theirs = theirs.unwrap();
        let singles = &ours.singles;
        assert_eq!(
            [singles.alpha_g1, singles.beta_g1, singles.delta_g1],
            [theirs.vk.alpha_g1, theirs.vk.beta_g1, theirs.vk.delta_g1]
        );
        assert_eq!(
            [singles.beta_g2, singles.gamma_g2, singles.delta_g2],
            [theirs.vk.beta_g2, theirs.vk.gamma_g2, theirs.vk.delta_g2]
        );
        assert_eq!(singles.ic[..], theirs.vk.ic);
        assert_eq!(affine::<G1>(&ours.queries.a), *theirs.a);
        assert_eq!(affine::<G1>(&ours.queries.b_g1), *theirs.b_g1);
        assert_eq!(affine::<G2>(&ours.queries.b_g2), *theirs.b_g2);
        assert_eq!(affine::<G1>(&ours.queries.l), *theirs.l);
    }

    #[test]
    fn a_wire_in_no_constraint_is_refused_by_number() {
        use bellman::{Circuit, ConstraintSystem, SynthesisError};

        struct Loose;
        impl Circuit<Scalar> for Loose {
            fn synthesize<CS>(self, cs: &mut CS) -> Result<(), SynthesisError>
            where
                CS: ConstraintSystem<Scalar>,
            {
                Product::default().synthesize(cs)?;
                cs.alloc(|| "loose", || Err(SynthesisError::AssignmentMissing))?;
                Ok(())
            }
        }
        assert!(matches!(
            setup(Loose),
            Err(EngineError::UnconstrainedWire { wire: 2 })
        ));
    }

    #[test]
    fn a_setup_can_be_cancelled() {
        struct Impatient;
        impl Progress for Impatient {
            fn report(&self, _: usize, _: usize) {}
            fn is_cancelled(&self) -> bool {
                true
            }
        }
        let cancelled = setup_with(Product::default(), &Impatient);
        assert!(matches!(cancelled, Err(EngineError::Cancelled)));
    }
}
