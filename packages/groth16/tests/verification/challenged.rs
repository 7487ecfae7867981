//! Keys and proofs with challenges: what holds of A, B and C holds of D.

use crate::points::*;
use crate::trapdoor::{Trapdoor, g1, rng};
use crate::verdict;
use assay_groth16::{CompressedG1, Equation, Error, G1Affine, Proof, Scalar};
use ff::Field;
use proptest::prelude::*;
use std::ops::Range;

const POINTS: [Range<usize>; 4] = [0..48, 48..144, 144..192, D];
const D: Range<usize> = 192..240;

fn digest() -> Scalar {
    Scalar::from(42)
}

fn trapdoor() -> Trapdoor {
    Trapdoor::challenged(1)
}

fn valid() -> Vec<u8> {
    trapdoor().prove_random(digest(), 1).to_bytes()
}

fn with(range: &Range<usize>, bytes: &[u8]) -> Vec<u8> {
    let mut proof = valid();
    proof[range.clone()].copy_from_slice(bytes);
    proof
}

fn with_first_byte(range: &Range<usize>, change: impl Fn(u8) -> u8) -> Vec<u8> {
    with(
        &(range.start..range.start + 1),
        &[change(valid()[range.start])],
    )
}

/// The verdict under the key of [`trapdoor`].
fn found(proof: &[u8]) -> Result<(), Error> {
    verdict(&trapdoor().prepared(), &digest(), proof)
}

/// A valid proof with D's coordinate written as x + p.
fn non_canonical() -> Vec<u8> {
    let candidates = (0..).map(|seed| trapdoor().prove_random(digest(), seed).to_bytes());
    let mut changed = candidates.filter_map(|mut proof| {
        let written = plus_modulus(&proof[D])?;
        proof[D].copy_from_slice(&written);
        Some(proof)
    });
    changed.next().unwrap()
}

#[test]
fn a_valid_proof_is_accepted_for_its_digest_alone() {
    assert_eq!(found(&valid()), Ok(()));
    for other in [Scalar::zero(), Scalar::from(41), -digest()] {
        let verdict = verdict(&trapdoor().prepared(), &other, &valid());
        assert_eq!(verdict, Err(Error::EquationFails));
    }
}

#[test]
fn d_follows_the_other_points_and_comes_back() {
    let (a, b, d) = (Scalar::from(3), Scalar::from(5), Scalar::from(7));
    let proof = trapdoor().prove_committed(digest(), [a, b, d]);
    let bytes = proof.to_bytes();
    assert_eq!((bytes.len(), Proof::CHALLENGED_LEN), (240, 240));
    assert_eq!(bytes[D], g1(d).to_compressed());
    assert_eq!(proof.commitment().unwrap()[..], bytes[D]);
    assert_eq!(Proof::from_bytes(&bytes), Ok(proof));
    let plain = Proof::from_bytes(&bytes[..D.start]).unwrap();
    assert_eq!((plain.commitment(), plain.d), (None, None));
    assert_eq!(plain.with_commitment(proof.d.unwrap()), proof);
}

#[test]
fn every_other_length_is_refused() {
    let (key, valid) = (trapdoor().prepared(), valid());
    for len in (0..192).chain(193..240).chain(241..500) {
        let proof: Vec<_> = valid.iter().copied().cycle().take(len).collect();
        let expected = Err(Error::ProofLength { len });
        assert_eq!(verdict(&key, &digest(), &proof), expected);
    }
}

#[test]
fn a_malformed_d_is_refused_by_every_evaluator_with_one_error() {
    let attempts = [
        ("the identity", with(&D, &identity_g1())),
        ("off the curve", with(&D, &off_curve_g1())),
        ("outside the subgroup", with(&D, &outside_subgroup_g1())),
        ("not canonical", non_canonical()),
        ("all zero", with(&D, &[0; 48])),
        ("all ones", with(&D, &[0xff; 48])),
        ("flagged identity", with_first_byte(&D, |byte| byte | 0x40)),
        ("not flagged", with_first_byte(&D, |byte| byte & 0x7f)),
    ];
    for (name, proof) in attempts {
        assert_eq!(found(&proof), Err(Error::MalformedProof), "{name}");
    }
    assert_eq!(CompressedG1::encode(&G1Affine::identity()), None);
}

#[test]
fn another_malformed_point_beside_a_sound_d_is_refused() {
    for range in &POINTS[..3] {
        let proof = with_first_byte(range, |byte| byte & 0x7f);
        assert_eq!(found(&proof), Err(Error::MalformedProof), "{range:?}");
    }
    assert_eq!(
        found(&with(&POINTS[0], &outside_subgroup_g1())),
        Err(Error::MalformedProof)
    );
}

#[test]
fn each_point_of_the_proof_matters() {
    let other = trapdoor().prove_random(digest(), 2).to_bytes();
    assert_eq!(found(&other), Ok(()));
    for range in POINTS {
        let replaced = with(&range, &other[range.clone()]);
        let negated = with_first_byte(&range, |byte| byte ^ 0x20);
        for proof in [replaced, negated] {
            assert_eq!(found(&proof), Err(Error::EquationFails), "{range:?}");
        }
    }
    let swapped = [&valid()[..144], &valid()[D], &valid()[144..192]].concat();
    assert_eq!(found(&swapped), Err(Error::EquationFails));
}

#[test]
fn each_point_of_the_key_matters() {
    let (key, other) = (trapdoor(), Trapdoor::challenged(2));
    let changes: [fn(&mut Trapdoor, Trapdoor); 7] = [
        |key, other| key.alpha = other.alpha,
        |key, other| key.beta = other.beta,
        |key, other| key.gamma = other.gamma,
        |key, other| key.delta = other.delta,
        |key, other| key.epsilon = other.epsilon,
        |key, other| key.ic[0] = other.ic[0],
        |key, other| key.ic[1] = other.ic[1],
    ];
    for (i, change) in changes.into_iter().enumerate() {
        let mut changed = key;
        change(&mut changed, other);
        let verdict = verdict(&changed.prepared(), &digest(), &valid());
        assert_eq!(verdict, Err(Error::EquationFails), "point {i}");
    }
}

#[test]
fn a_proof_without_d_proves_nothing_under_a_key_with_challenges() {
    let plain = Trapdoor::random(1).prove_random(digest(), 1);
    let without_d = Proof {
        d: None,
        ..trapdoor().prove_random(digest(), 1)
    };
    for proof in [plain, without_d] {
        assert_eq!(found(&proof.to_bytes()), Err(Error::ProofKind));
        let equation = Equation::new(&trapdoor().prepared(), &digest(), &proof);
        assert_eq!(equation, Err(Error::ProofKind));
    }
}

#[test]
fn a_proof_with_d_proves_nothing_under_a_key_without_challenges() {
    let key = Trapdoor::random(1);
    let d = CompressedG1::encode(&g1(Scalar::from(7))).unwrap();
    let with_d = key.prove_random(digest(), 1).with_commitment(d);
    for proof in [with_d.to_bytes(), valid()] {
        let verdict = verdict(&key.prepared(), &digest(), &proof);
        assert_eq!(verdict, Err(Error::ProofKind));
    }
}

/// With t delta added to D and t epsilon subtracted from C the equation holds as before,
/// for the *same* digest: only a digest that is computed from D again refuses it. Anyone
/// can do this who sees a proof and the points that the setup publishes.
#[test]
fn the_equation_alone_does_not_bind_d() {
    let (trapdoor, t) = (trapdoor(), Scalar::from(1234));
    let mut proof = trapdoor.prove_random(digest(), 1);
    let (c, d) = (
        proof.c.decode().unwrap(),
        proof.d.unwrap().decode().unwrap(),
    );
    let c = G1Affine::from(c - g1(trapdoor.epsilon.unwrap()) * t);
    let d = G1Affine::from(d + g1(trapdoor.delta) * t);
    proof.c = CompressedG1::encode(&c).unwrap();
    let moved = proof.with_commitment(CompressedG1::encode(&d).unwrap());
    assert_ne!(moved.commitment().unwrap()[..], valid()[D]);
    assert_eq!(found(&moved.to_bytes()), Ok(()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn a_changed_byte_is_refused_by_every_evaluator(
        position in 0..Proof::CHALLENGED_LEN, mask in 1..=u8::MAX,
    ) {
        let mut proof = valid();
        proof[position] ^= mask;
        prop_assert!(found(&proof).is_err());
    }

    #[test]
    fn a_changed_byte_of_d_is_refused_by_every_evaluator(position in D, mask in 1..=u8::MAX) {
        let mut proof = valid();
        proof[position] ^= mask;
        prop_assert!(found(&proof).is_err());
    }

    #[test]
    fn a_proof_is_accepted_exactly_for_what_it_proves(seed: u64, altered: bool) {
        let trapdoor = Trapdoor::challenged(seed);
        let mut rng = rng(seed ^ 1);
        let (proved, other) = (Scalar::random(&mut rng), Scalar::random(&mut rng));
        let digest = if altered { other } else { proved };
        let proof = trapdoor.prove_random(proved, seed).to_bytes();
        let expected = if altered { Err(Error::EquationFails) } else { Ok(()) };
        prop_assert_eq!(verdict(&trapdoor.prepared(), &digest, &proof), expected);
    }
}
