//! Proofs.

use assay_groth16::Proof;
use bellman::Circuit;
use bls12_381::{G1Projective, Scalar};
use ff::Field;
use group::Curve as _;
use rayon::prelude::*;
use zeroize::Zeroize;

use crate::assignment::Assignment;
use crate::curve::{G1, G2};
use crate::exponent::Exponent;
use crate::key::randomness;
use crate::multiexp::multiexp;
use crate::progress::Parts;
use crate::shape::Matrix;
use crate::{EngineError, Progress, ProvingKey};

/// Proves that the circuit's witness satisfies it. The witness is not checked: where it
/// doesn't satisfy the circuit, the proof won't verify. Constraints are taken from the key,
/// so the circuit only computes its wires.
///
/// # Errors
/// [`EngineError`] if the circuit has no witness or another number of wires than the key.
pub fn prove<C: Circuit<Scalar>>(key: &ProvingKey, circuit: C) -> Result<Proof, EngineError> {
    prove_with(key, circuit, &())
}

/// As [`prove`], with reports to the caller, who may give up.
///
/// # Errors
/// Those of [`prove`], and [`EngineError::Cancelled`].
pub fn prove_with<C: Circuit<Scalar>>(
    key: &ProvingKey,
    circuit: C,
    progress: &dyn Progress,
) -> Result<Proof, EngineError> {
    let parts = Parts::new(progress, 7);
    let wires = parts.run(|| Assignment::of(circuit, key.shape.wires()))??;
    if wires.0.len() != key.shape.wires() {
        return Err(EngineError::WrongKey {
            part: "number of wires",
        });
    }
    let mut rng = randomness()?;
    let (r, s) = (Scalar::random(&mut rng), Scalar::random(&mut rng));
    let sums = Sums::of(key, &wires, &parts)?;

    let singles = &key.singles;
    let a = sums.a + singles.alpha_g1 + singles.delta_g1 * r;
    let b_g1 = sums.b_g1 + singles.beta_g1 + singles.delta_g1 * s;
    let b_g2 = sums.b_g2 + singles.beta_g2 + singles.delta_g2 * s;
    let c = sums.c + a * s + b_g1 * r - singles.delta_g1 * (r * s);
    Ok(Proof::new(
        &a.to_affine(),
        &b_g2.to_affine(),
        &c.to_affine(),
    )?)
}

/// What the wires make of the key's points.
struct Sums {
    a: G1Projective,
    b_g1: G1Projective,
    b_g2: bls12_381::G2Projective,
    /// The private wires and the quotient.
    c: G1Projective,
}

/// Exponents of the witness; overwritten when dropped. No `Debug`.
struct Exponents(Vec<Exponent>);

impl Exponents {
    fn of(scalars: &[Scalar]) -> Self {
        Self(scalars.par_iter().map(Exponent::from).collect())
    }
}

impl Drop for Exponents {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl Sums {
    fn of(key: &ProvingKey, wires: &Assignment, parts: &Parts) -> Result<Self, EngineError> {
        let queries = &key.queries;
        let quotient = || -> Result<G1Projective, EngineError> {
            let quotient = parts.run(|| quotient(key, wires))?;
            parts.run(|| multiexp::<G1>(&queries.h, |i| &quotient.0[i]))
        };
        let exponents = Exponents::of(&wires.0);
        let of_a = |i: usize| &exponents.0[key.a_wires[i] as usize];
        let of_b = |i: usize| &exponents.0[key.b_wires[i] as usize];
        let (b_g2, (h, (l, (a, b_g1)))) = rayon::join(
            || parts.run(|| multiexp::<G2>(&queries.b_g2, of_b)),
            || {
                rayon::join(quotient, || {
                    rayon::join(
                        || parts.run(|| multiexp::<G1>(&queries.l, |i| &exponents.0[i])),
                        || {
                            rayon::join(
                                || parts.run(|| multiexp::<G1>(&queries.a, of_a)),
                                || parts.run(|| multiexp::<G1>(&queries.b_g1, of_b)),
                            )
                        },
                    )
                })
            },
        );
        Ok(Self {
            a: a?,
            b_g1: b_g1?,
            b_g2: b_g2?,
            c: l? + h?,
        })
    }
}

/// `a b` at the coset's points, in reversed order.
fn quotient(key: &ProvingKey, wires: &Assignment) -> Exponents {
    let extended = |matrix: &Matrix| {
        let mut values = vec![Scalar::zero(); key.shape.domain()];
        let products = matrix.multiply(&key.shape.coefficients, &wires.0);
        for (row, product) in products.into_iter().enumerate() {
            values[key.domain.reversed(row)] = product;
        }
        key.domain.extend(&mut values);
        values
    };
    let (mut a, mut b) = rayon::join(|| extended(&key.shape.a), || extended(&key.shape.b));
    let scale = key.domain.inverse().square();
    let exponents = a
        .par_iter()
        .zip(&b)
        .map(|(a, b)| Exponent::from(&(a * b * scale)));
    let exponents = Exponents(exponents.collect());
    a.zeroize();
    b.zeroize();
    exponents
}
#[cfg(test)]
#[allow(clippy::unwrap_used)]
pub(crate) mod tests {
    use super::*;
    use assay_groth16::{Error, PreparedVerifyingKey, verify_native};
    use bellman::{ConstraintSystem, SynthesisError};

    /// "I know two factors of the public input."
    #[derive(Clone, Default)]
    pub(crate) struct Product(Option<[u64; 2]>);

    impl Product {
        pub(crate) fn of(a: u64, b: u64) -> Self {
            Self(Some([a, b]))
        }
    }

    impl Circuit<Scalar> for Product {
        fn synthesize<CS>(self, cs: &mut CS) -> Result<(), SynthesisError>
        where
            CS: ConstraintSystem<Scalar>,
        {
            let [a, b] = self.0.map_or([None; 2], |factors| factors.map(Some));
            let product = a.zip(b).map(|(a, b)| a * b);
            let scalar =
                |x: Option<u64>| x.map(Scalar::from).ok_or(SynthesisError::AssignmentMissing);
            let x = cs.alloc(|| "a", || scalar(a))?;
            let y = cs.alloc(|| "b", || scalar(b))?;
            let z = cs.alloc_input(|| "product", || scalar(product))?;
            cs.enforce(|| "product", |lc| lc + x, |lc| lc + y, |lc| lc + z);
            Ok(())
        }
    }

    #[test]
    fn a_proof_holds_for_its_statement_only() {
        let key = crate::setup(Product::default()).unwrap();
        let proof = prove(&key, Product::of(3, 5)).unwrap();
        let verifying = PreparedVerifyingKey::from(key.verifying_key());
        assert_eq!(verify_native(&verifying, &Scalar::from(15), &proof), Ok(()));
        let other = verify_native(&verifying, &Scalar::from(16), &proof);
        assert_eq!(other, Err(Error::EquationFails));
    }

    /// One constraint more than [`Product`].
    #[derive(Clone)]
    struct Longer(Product);

    impl Circuit<Scalar> for Longer {
        fn synthesize<CS>(self, cs: &mut CS) -> Result<(), SynthesisError>
        where
            CS: ConstraintSystem<Scalar>,
        {
            self.0.synthesize(cs)?;
            let one = cs.alloc(|| "one", || Ok(Scalar::one()))?;
            cs.enforce(
                || "one",
                |lc| lc + one,
                |lc| lc + CS::one(),
                |lc| lc + CS::one(),
            );
            Ok(())
        }
    }

    #[test]
    fn a_key_of_another_size_is_refused() {
        let key = crate::setup(Product::default()).unwrap();
        let refused = prove(&key, Longer(Product::of(3, 5)));
        assert!(matches!(refused, Err(EngineError::WrongKey { .. })));
    }

    #[test]
    fn a_proof_needs_a_witness() {
        let key = crate::setup(Product::default()).unwrap();
        assert!(matches!(
            prove(&key, Product::default()),
            Err(EngineError::Synthesis(_))
        ));
    }
}
