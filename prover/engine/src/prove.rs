//! Proofs.

use assay_groth16::Proof;
use bellman::Circuit;
use bls12_381::Scalar;

use crate::check::check_lengths;
use crate::combination::Combination;
use crate::key::randomness;
use crate::{EngineError, ProvingKey};

/// Proves that the circuit's witness satisfies it. The witness is not checked: where it
/// doesn't satisfy the circuit, the proof won't verify.
///
/// The key's lengths are compared first, because bellman's workers panic over a query that
/// is too short.
///
/// # Errors
/// [`EngineError`] if the circuit has no witness or another shape than the key.
pub fn prove<C>(key: &ProvingKey, circuit: C) -> Result<Proof, EngineError>
where
    C: Circuit<Scalar> + Clone,
{
    check_lengths(key, &Combination::of(circuit.clone(), &mut randomness()?)?)?;
    let proof = groth16::create_random_proof(circuit, &key.parameters, &mut randomness()?)?;
    Ok(Proof::new(&proof.a, &proof.b, &proof.c)?)
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
