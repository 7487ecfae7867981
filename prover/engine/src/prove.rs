//! Proofs.

use assay_groth16::{CompressedG1, Proof};
use bls12_381::{G1Projective, Scalar};
use ff::Field;
use group::Curve as _;
use rayon::prelude::*;
use zeroize::Zeroize;

use crate::assignment::{Assignment, Synthesis};
use crate::curve::{G1, G2};
use crate::exponent::Exponent;
use crate::key::randomness;
use crate::multiexp::multiexp;
use crate::progress::Parts;
use crate::shape::Matrix;
use crate::{EngineError, Progress, ProvingKey, SecondStage, StagedCircuit};

/// Proves that the circuit's witness satisfies it. The witness is not checked: where it
/// doesn't satisfy the circuit, the proof won't verify. Constraints are taken from the key,
/// so the circuit only computes its wires.
///
/// # Errors
/// [`EngineError`] if the circuit has no witness or another number of wires than the key.
pub fn prove<C: StagedCircuit>(key: &ProvingKey, circuit: C) -> Result<Proof, EngineError> {
    prove_with(key, circuit, &())
}

/// As [`prove`], with reports to the caller, who may give up.
///
/// # Errors
/// Those of [`prove`], and [`EngineError::Cancelled`].
pub fn prove_with<C: StagedCircuit>(
    key: &ProvingKey,
    circuit: C,
    progress: &dyn Progress,
) -> Result<Proof, EngineError> {
    let parts = Parts::new(progress, 7 + 2 * usize::from(key.shape.is_challenged()));
    let mut rng = randomness()?;
    let [r, s, v] = std::array::from_fn(|_| Scalar::random(&mut rng));
    let (wires, commitment) = assign(key, circuit, &v, &parts)?;
    let sums = Sums::of(key, &wires, &parts)?;

    let singles = &key.singles;
    let a = sums.a + singles.alpha_g1 + singles.delta_g1 * r;
    let b_g1 = sums.b_g1 + singles.beta_g1 + singles.delta_g1 * s;
    let b_g2 = sums.b_g2 + singles.beta_g2 + singles.delta_g2 * s;
    let mut c = sums.c + a * s + b_g1 * r - singles.delta_g1 * (r * s);
    if let Some(epsilon) = singles.epsilon {
        c -= epsilon.g1 * v;
    }
    let proof = Proof::new(&a.to_affine(), &b_g2.to_affine(), &c.to_affine())?;
    Ok(match commitment {
        Some(commitment) => proof.with_commitment(commitment),
        None => proof,
    })
}

/// The circuit's wires, and the commitment to those of its first stage, if it has a second.
fn assign<C: StagedCircuit>(
    key: &ProvingKey,
    circuit: C,
    v: &Scalar,
    parts: &Parts,
) -> Result<(Assignment, Option<CompressedG1>), EngineError> {
    let fits = |fits: bool| {
        let part = "number of wires";
        fits.then_some(()).ok_or(EngineError::WrongKey { part })
    };
    let mut synthesis = Synthesis::new(key.shape.private);
    let second = parts.run(|| circuit.first_stage(&mut synthesis))??;
    fits(second.is_some() == key.shape.is_challenged())?;
    let commitment = match second {
        None => None,
        Some(second) => {
            fits(synthesis.private().len() == key.shape.committed)?;
            let commitment = parts.run(|| commit(key, synthesis.private(), v))??;
            parts.run(|| second.synthesize(&mut synthesis, Some(&commitment)))??;
            Some(commitment)
        }
    };
    let wires = synthesis.finish();
    fits(wires.0.len() == key.shape.wires())?;
    Ok((wires, commitment))
}

/// D, the sum of the committed wires' points, blinded by `v` times delta: without that, small
/// witnesses could be found by trying.
fn commit(key: &ProvingKey, wires: &[Scalar], v: &Scalar) -> Result<CompressedG1, EngineError> {
    let exponents = Exponents::of(wires);
    let sum = multiexp::<G1>(&key.queries.l[..wires.len()], |i| &exponents.0[i]);
    let d = sum + key.singles.delta_g1 * v;
    CompressedG1::encode(&d.to_affine()).ok_or(EngineError::Unlucky)
}

/// What the wires make of the key's points.
struct Sums {
    a: G1Projective,
    b_g1: G1Projective,
    b_g2: bls12_381::G2Projective,
    /// The private wires that aren't committed to, and the quotient.
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
        let first = key.shape.first_uncommitted();
        let l = &queries.l[key.shape.committed..];
        let (b_g2, (h, (l, (a, b_g1)))) = rayon::join(
            || parts.run(|| multiexp::<G2>(&queries.b_g2, of_b)),
            || {
                rayon::join(quotient, || {
                    rayon::join(
                        || parts.run(|| multiexp::<G1>(l, |i| &exponents.0[first + i])),
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

/// `a b - c` at the coset's points, in reversed order.
fn quotient(key: &ProvingKey, wires: &Assignment) -> Exponents {
    let values = |matrix: &Matrix| {
        let mut values = vec![Scalar::zero(); key.shape.domain()];
        let products = matrix.multiply(&key.shape.coefficients, &wires.0);
        for (row, product) in products.into_iter().enumerate() {
            values[key.domain.reversed(row)] = product;
        }
        values
    };
    let (mut a, mut b) = rayon::join(|| values(&key.shape.a), || values(&key.shape.b));
    // On the domain itself, c is the product.
    let mut c: Vec<Scalar> = a.par_iter().zip(&b).map(|(a, b)| a * b).collect();
    rayon::join(
        || key.domain.extend(&mut a),
        || rayon::join(|| key.domain.extend(&mut b), || key.domain.extend(&mut c)),
    );
    // The extension multiplies by the size.
    let by_size = key.domain.inverse();
    let rows = a.par_iter().zip(&b).zip(&c);
    let exponents = rows.map(|((a, b), c)| Exponent::from(&((a * b * by_size - c) * by_size)));
    let exponents = Exponents(exponents.collect());
    a.zeroize();
    b.zeroize();
    c.zeroize();
    exponents
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
pub(crate) mod tests {
    use super::*;
    use assay_groth16::{Error, PreparedVerifyingKey, verify_native};
    use bellman::{Circuit, ConstraintSystem, SynthesisError};

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
