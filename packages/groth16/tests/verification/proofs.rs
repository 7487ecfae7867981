//! Whatever is done to a proof, both evaluators give the same error.

use crate::points::*;
use crate::trapdoor::{Trapdoor, rng};
use crate::verdict;
use assay_groth16::{Error, Proof, Scalar};
use ff::Field;
use proptest::prelude::*;
use std::ops::Range;

const A: Range<usize> = 0..48;
const B: Range<usize> = 48..144;
const C: Range<usize> = 144..192;
/// B's coordinate is c1 u + c0, in this order.
const B_C1: Range<usize> = 48..96;
const B_C0: Range<usize> = 96..144;

fn digest() -> Scalar {
    Scalar::from(42)
}

fn valid() -> Vec<u8> {
    Trapdoor::random(1).prove_random(digest(), 1).to_bytes()
}

fn with(range: Range<usize>, bytes: &[u8]) -> Vec<u8> {
    let mut proof = valid();
    proof[range].copy_from_slice(bytes);
    proof
}

fn with_first_byte(position: usize, change: impl Fn(u8) -> u8) -> Vec<u8> {
    let mut proof = valid();
    proof[position] = change(proof[position]);
    proof
}

/// A valid proof with one coordinate written as x + p.
fn non_canonical(coordinate: Range<usize>) -> Vec<u8> {
    let candidates = (0..).map(|seed| Trapdoor::random(1).prove_random(digest(), seed).to_bytes());
    let mut changed = candidates.filter_map(|mut proof| {
        let written = plus_modulus(&proof[coordinate.clone()])?;
        proof[coordinate.clone()].copy_from_slice(&written);
        Some(proof)
    });
    changed.next().unwrap()
}

fn malformed() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("all zero", vec![0; Proof::LEN]),
        ("all ones", vec![0xff; Proof::LEN]),
        ("A is the identity", with(A, &identity_g1())),
        ("B is the identity", with(B, &identity_g2())),
        ("C is the identity", with(C, &identity_g1())),
        (
            "A has the identity's flag",
            with_first_byte(A.start, |byte| byte | 0x40),
        ),
        (
            "B has the identity's flag",
            with_first_byte(B.start, |byte| byte | 0x40),
        ),
        (
            "C has the identity's flag",
            with_first_byte(C.start, |byte| byte | 0x40),
        ),
        (
            "A lacks the compression flag",
            with_first_byte(A.start, |byte| byte & 0x7f),
        ),
        (
            "B lacks the compression flag",
            with_first_byte(B.start, |byte| byte & 0x7f),
        ),
        (
            "C lacks the compression flag",
            with_first_byte(C.start, |byte| byte & 0x7f),
        ),
        (
            "B has a flag in its second half",
            with_first_byte(B_C0.start, |byte| byte | 0x80),
        ),
        ("A is off the curve", with(A, &off_curve_g1())),
        ("B is off the curve", with(B, &off_curve_g2())),
        ("C is off the curve", with(C, &off_curve_g1())),
        ("A is outside the subgroup", with(A, &outside_subgroup_g1())),
        ("B is outside the subgroup", with(B, &outside_subgroup_g2())),
        ("C is outside the subgroup", with(C, &outside_subgroup_g1())),
        ("A is not canonical", non_canonical(A)),
        ("B is not canonical in c1", non_canonical(B_C1)),
        ("B is not canonical in c0", non_canonical(B_C0)),
        ("C is not canonical", non_canonical(C)),
    ]
}

#[test]
fn a_valid_proof_is_accepted() {
    assert_eq!(
        verdict(&Trapdoor::random(1).prepared(), &digest(), &valid()),
        Ok(())
    );
}

#[test]
fn a_malformed_point_is_refused_by_both_evaluators_with_one_error() {
    let key = Trapdoor::random(1).prepared();
    for (name, proof) in malformed() {
        assert_eq!(
            verdict(&key, &digest(), &proof),
            Err(Error::MalformedProof),
            "{name}"
        );
    }
}

#[test]
fn the_reference_decoder_refuses_the_same_points() {
    for (name, proof) in malformed() {
        assert!(
            groth16::Proof::<bls12_381::Bls12>::read(&proof[..]).is_err(),
            "{name}"
        );
    }
}

#[test]
fn every_other_length_is_refused() {
    let key = Trapdoor::random(1).prepared();
    for len in (0..192).chain(193..240).chain(241..400) {
        let proof: Vec<_> = valid().into_iter().cycle().take(len).collect();
        assert_eq!(
            verdict(&key, &digest(), &proof),
            Err(Error::ProofLength { len })
        );
    }
}

#[test]
fn a_point_other_than_the_proofs_fails_the_equation() {
    let trapdoor = Trapdoor::random(1);
    let other = trapdoor.prove_random(digest(), 2).to_bytes();
    let negated = |position| with_first_byte(position, |byte| byte ^ 0x20);
    let altered = [
        (
            "A and C swapped",
            [&valid()[C], &valid()[B], &valid()[A]].concat(),
        ),
        ("A of another proof", with(A, &other[A])),
        ("B of another proof", with(B, &other[B])),
        ("C of another proof", with(C, &other[C])),
        ("A negated", negated(A.start)),
        ("B negated", negated(B.start)),
        ("C negated", negated(C.start)),
    ];
    for (name, proof) in altered {
        let verdict = verdict(&trapdoor.prepared(), &digest(), &proof);
        assert_eq!(verdict, Err(Error::EquationFails), "{name}");
    }
}

#[test]
fn a_proof_with_a_and_b_negated_is_the_same_statements_proof() {
    let mut proof = valid();
    proof[A.start] ^= 0x20;
    proof[B.start] ^= 0x20;
    assert_eq!(
        verdict(&Trapdoor::random(1).prepared(), &digest(), &proof),
        Ok(())
    );
}

#[test]
fn any_bit_of_a_points_first_byte_matters() {
    let key = Trapdoor::random(1).prepared();
    for (position, bit) in [A, B, B_C0, C]
        .iter()
        .flat_map(|r| (0..8).map(|bit| (r.start, bit)))
    {
        let proof = with_first_byte(position, |byte| byte ^ (1 << bit));
        assert!(
            verdict(&key, &digest(), &proof).is_err(),
            "bit {bit} of byte {position}"
        );
    }
}

#[test]
fn a_provers_identity_is_refused() {
    let [a, c] = [crate::trapdoor::g1(Scalar::one()); 2];
    let b = crate::trapdoor::g2(Scalar::one());
    let (no_g1, no_g2) = (
        bls12_381::G1Affine::identity(),
        bls12_381::G2Affine::identity(),
    );
    assert!(Proof::new(&a, &b, &c).is_ok());
    assert_eq!(Proof::new(&no_g1, &b, &c), Err(Error::MalformedProof));
    assert_eq!(Proof::new(&a, &no_g2, &c), Err(Error::MalformedProof));
    assert_eq!(Proof::new(&a, &b, &no_g1), Err(Error::MalformedProof));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn a_changed_byte_is_refused_by_both_evaluators(position in 0..Proof::LEN, mask in 1..=u8::MAX) {
        let mut proof = valid();
        proof[position] ^= mask;
        prop_assert!(verdict(&Trapdoor::random(1).prepared(), &digest(), &proof).is_err());
    }

    #[test]
    fn random_bytes_are_refused_by_both_evaluators(
        bytes in proptest::collection::vec(any::<u8>(), Proof::LEN), flagged: bool,
    ) {
        let mut proof = bytes;
        if flagged {
            for range in [A, B, B_C0, C] {
                proof[range.start] &= 0b0000_1111;
            }
            for range in [A, B, C] {
                proof[range.start] |= 0b1000_0000;
            }
        }
        prop_assert!(verdict(&Trapdoor::random(1).prepared(), &digest(), &proof).is_err());
    }

    #[test]
    fn a_proofs_bytes_are_the_references_and_come_back(seed: u64) {
        let mut rng = rng(seed);
        let proof = Trapdoor::random(seed).prove_random(Scalar::random(&mut rng), seed);
        let bytes = proof.to_bytes();
        prop_assert_eq!(Proof::from_bytes(&bytes), Ok(proof));
        let reference = groth16::Proof::<bls12_381::Bls12>::read(&bytes[..]).unwrap();
        let mut written = Vec::new();
        reference.write(&mut written).unwrap();
        prop_assert_eq!(written, bytes);
    }
}
