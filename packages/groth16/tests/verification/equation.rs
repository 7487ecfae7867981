//! The equation against the crate `groth16`, with keys whose trapdoor is known.

use crate::trapdoor::{Trapdoor, g1, rng};
use crate::verdict;
use assay_groth16::{Equation, Error, PreparedVerifyingKey, Proof, Scalar};
use bls12_381::{Bls12, G1Affine};
use ff::Field;
use proptest::prelude::*;

fn any_scalar() -> impl Strategy<Value = Scalar> {
    any::<u64>().prop_map(|seed| Scalar::random(&mut rng(seed)))
}

/// Scalars whose 64-bit digits are extreme, around every boundary between digits.
fn edge_scalars() -> Vec<Scalar> {
    let powers = [0, 1, 63, 64, 65, 127, 128, 191, 192, 193, 254]
        .map(|e| Scalar::from(2).pow(&[e, 0, 0, 0]));
    let around = powers
        .into_iter()
        .flat_map(|p| [p - Scalar::one(), p, p + Scalar::one()]);
    around.flat_map(|scalar| [scalar, -scalar]).collect()
}

fn reference_accepts(trapdoor: &Trapdoor, digest: Scalar, proof: &Proof) -> bool {
    let key = groth16::prepare_verifying_key(&trapdoor.reference_key());
    let proof = groth16::Proof::<Bls12>::read(&proof.to_bytes()[..]).unwrap();
    groth16::verify_proof(&key, &proof, &[digest]).is_ok()
}

fn vk_x(trapdoor: &Trapdoor, digest: Scalar) -> G1Affine {
    let proof = trapdoor.prove(Scalar::zero(), Scalar::from(3), Scalar::from(5));
    let equation = Equation::new(&trapdoor.prepared(), &digest, &proof);
    equation.unwrap().vk_x
}

#[test]
fn the_public_inputs_point_is_right_for_edge_scalars() {
    let trapdoor = Trapdoor::random(2);
    for digest in edge_scalars() {
        let expected = g1(trapdoor.ic[0]) + g1(trapdoor.ic[1]) * digest;
        assert_eq!(
            vk_x(&trapdoor, digest),
            G1Affine::from(expected),
            "{digest:?}"
        );
    }
}

#[test]
fn another_digest_or_another_key_is_refused() {
    let (trapdoor, other) = (Trapdoor::random(1), Trapdoor::random(2));
    let digest = Scalar::from(42);
    let proof = trapdoor.prove_random(digest, 1).to_bytes();
    assert_eq!(verdict(&trapdoor.prepared(), &digest, &proof), Ok(()));
    for wrong in [Scalar::zero(), Scalar::from(41), -digest] {
        assert_eq!(
            verdict(&trapdoor.prepared(), &wrong, &proof),
            Err(Error::EquationFails)
        );
    }
    assert_eq!(
        verdict(&other.prepared(), &digest, &proof),
        Err(Error::EquationFails)
    );
}

#[test]
fn the_identity_as_the_public_inputs_point_is_a_factor_of_one() {
    let digest = Scalar::from(42);
    let mut trapdoor = Trapdoor::random(3);
    trapdoor.ic[0] = -digest * trapdoor.ic[1];
    assert!(bool::from(vk_x(&trapdoor, digest).is_identity()));
    let proof = trapdoor.prove_random(digest, 3);
    assert_eq!(
        verdict(&trapdoor.prepared(), &digest, &proof.to_bytes()),
        Ok(())
    );
    assert!(reference_accepts(&trapdoor, digest, &proof));
    let wrong = Trapdoor::random(3).prove_random(digest, 3).to_bytes();
    assert_eq!(
        verdict(&trapdoor.prepared(), &digest, &wrong),
        Err(Error::EquationFails)
    );
}

#[test]
fn each_point_of_the_key_matters() {
    let (trapdoor, digest) = (Trapdoor::random(1), Scalar::from(42));
    let proof = trapdoor.prove_random(digest, 1).to_bytes();
    let other = Trapdoor::random(2);
    let changed = [
        Trapdoor {
            alpha: other.alpha,
            ..trapdoor
        },
        Trapdoor {
            beta: other.beta,
            ..trapdoor
        },
        Trapdoor {
            gamma: other.gamma,
            ..trapdoor
        },
        Trapdoor {
            delta: other.delta,
            ..trapdoor
        },
        Trapdoor {
            ic: [other.ic[0], trapdoor.ic[1]],
            ..trapdoor
        },
        Trapdoor {
            ic: [trapdoor.ic[0], other.ic[1]],
            ..trapdoor
        },
    ];
    for (i, key) in changed.iter().map(Trapdoor::prepared).enumerate() {
        assert_eq!(
            verdict(&key, &digest, &proof),
            Err(Error::EquationFails),
            "point {i}"
        );
    }
}

#[test]
fn a_key_read_back_from_storage_gives_the_same_equation() {
    let digest = Scalar::from(42);
    for trapdoor in [Trapdoor::random(1), Trapdoor::challenged(1)] {
        let proof = trapdoor.prove_random(digest, 1);
        let key = trapdoor.prepared();
        let stored = PreparedVerifyingKey::from_trusted_bytes(&key.to_bytes()).unwrap();
        assert_eq!(
            Equation::new(&stored, &digest, &proof).unwrap(),
            Equation::new(&key, &digest, &proof).unwrap()
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn the_public_inputs_point_is_right(seed: u64, digest in any_scalar()) {
        let trapdoor = Trapdoor::random(seed);
        let expected = g1(trapdoor.ic[0]) + g1(trapdoor.ic[1]) * digest;
        prop_assert_eq!(vk_x(&trapdoor, digest), G1Affine::from(expected));
    }

    #[test]
    fn a_proof_is_accepted_exactly_if_the_reference_accepts_it(
        seed: u64, proved in any_scalar(), other in any_scalar(), altered: bool,
    ) {
        let trapdoor = Trapdoor::random(seed);
        let digest = if altered { other } else { proved };
        let proof = trapdoor.prove_random(proved, seed);
        let accepted = verdict(&trapdoor.prepared(), &digest, &proof.to_bytes()).is_ok();
        prop_assert_eq!(accepted, reference_accepts(&trapdoor, digest, &proof));
        prop_assert_eq!(accepted, digest == proved);
    }
}
