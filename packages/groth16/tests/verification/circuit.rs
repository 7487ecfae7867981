//! Keys and proofs made by the crates `bellman` and `groth16` for a real circuit.

use crate::trapdoor::rng;
use crate::verdict;
use assay_groth16::{Error, PreparedVerifyingKey, Proof, Scalar, VerifyingKey};
use bellman::{Circuit, ConstraintSystem, SynthesisError};
use bls12_381::Bls12;
use ff::Field;

/// "I know a cube root of the public input."
#[derive(Clone, Copy)]
struct CubeRoot(Option<Scalar>);

impl Circuit<Scalar> for CubeRoot {
    fn synthesize<CS: ConstraintSystem<Scalar>>(self, cs: &mut CS) -> Result<(), SynthesisError> {
        let root = || self.0.ok_or(SynthesisError::AssignmentMissing);
        let x = cs.alloc(|| "x", root)?;
        let square = cs.alloc(|| "x^2", || root().map(|x| x.square()))?;
        let cube = cs.alloc_input(|| "x^3", || root().map(|x| x.cube()))?;
        cs.enforce(|| "x x = x^2", |lc| lc + x, |lc| lc + x, |lc| lc + square);
        cs.enforce(
            || "x^2 x = x^3",
            |lc| lc + square,
            |lc| lc + x,
            |lc| lc + cube,
        );
        Ok(())
    }
}

fn setup() -> groth16::Parameters<Bls12> {
    groth16::generate_random_parameters(CubeRoot(None), &mut rng(1)).unwrap()
}

fn key(parameters: &groth16::Parameters<Bls12>) -> PreparedVerifyingKey {
    let vk = &parameters.vk;
    let ic = vk.ic[..].try_into().unwrap();
    let key = VerifyingKey::new(vk.alpha_g1, vk.beta_g2, vk.gamma_g2, vk.delta_g2, ic).unwrap();
    PreparedVerifyingKey::from(&VerifyingKey::from_bytes(&key.to_bytes()).unwrap())
}

#[test]
fn a_circuits_proofs_are_accepted_for_their_input_alone() {
    let parameters = setup();
    let (key, reference) = (
        key(&parameters),
        groth16::prepare_verifying_key(&parameters.vk),
    );
    for seed in 0..10 {
        let mut rng = rng(seed);
        let root = Scalar::random(&mut rng);
        let theirs =
            groth16::create_random_proof(CubeRoot(Some(root)), &parameters, &mut rng).unwrap();
        let proof = Proof::new(&theirs.a, &theirs.b, &theirs.c)
            .unwrap()
            .to_bytes();
        for input in [
            root.cube(),
            root.square(),
            root,
            Scalar::zero(),
            Scalar::one(),
        ] {
            let accepted = groth16::verify_proof(&reference, &theirs, &[input]).is_ok();
            assert_eq!(accepted, input == root.cube());
            let expected = if accepted {
                Ok(())
            } else {
                Err(Error::EquationFails)
            };
            assert_eq!(verdict(&key, &input, &proof), expected);
        }
    }
}
