//! Keys and proofs of this engine and of the crates `groth16` and `ark-groth16` hold for one
//! another: same curve, same equation, same encodings.
#![allow(clippy::unwrap_used)]

mod arkworks;
mod bellman_groth16;
mod circuit;

use assay_engine::{ProvingKey, prove, setup};
use assay_groth16::{Error, G1Affine, G2Affine, Proof, Scalar, VerifyingKey, verify_once};
use circuit::Squares;

/// Ours, for a circuit of a hundred constraints.
fn ours() -> (ProvingKey, Proof) {
    let key = setup(Squares::SHAPE).unwrap();
    let proof = prove(&key, Squares::from(3)).unwrap();
    (key, proof)
}

/// Whether our verifier takes the proof for its own statement and for no other.
fn our_verifier_tells_statements_apart(key: &VerifyingKey, proof: &Proof) {
    let result = Squares::from(3).result().unwrap();
    assert_eq!(verify_once(key, &result, proof), Ok(()));
    let other = result + Scalar::one();
    assert_eq!(verify_once(key, &other, proof), Err(Error::EquationFails));
}

#[test]
fn our_verifier_takes_our_proof() {
    let (key, proof) = ours();
    our_verifier_tells_statements_apart(key.verifying_key(), &proof);
}

#[test]
fn the_crate_groth16_takes_our_proofs() {
    let (key, proof) = ours();
    let result = Squares::from(3).result().unwrap();
    assert!(bellman_groth16::verifies(
        key.verifying_key(),
        &proof,
        &result
    ));
    let other = result + Scalar::one();
    assert!(!bellman_groth16::verifies(
        key.verifying_key(),
        &proof,
        &other
    ));
}

#[test]
fn we_take_the_proofs_of_the_crate_groth16() {
    let (key, proof) = bellman_groth16::prove(Squares::SHAPE, Squares::from(3));
    our_verifier_tells_statements_apart(&key, &proof);
}

#[test]
fn arkworks_takes_our_proofs() {
    let (key, proof) = ours();
    let result = Squares::from(3).result().unwrap();
    assert!(arkworks::verifies(key.verifying_key(), &proof, &result));
    let other = result + Scalar::one();
    assert!(!arkworks::verifies(key.verifying_key(), &proof, &other));
}

#[test]
fn we_take_the_proofs_of_arkworks() {
    let (key, proof) = arkworks::prove(&Squares::from(3));
    our_verifier_tells_statements_apart(&key, &proof);
}

/// A point of G1 by its compressed encoding.
fn g1(bytes: &[u8]) -> G1Affine {
    G1Affine::from_compressed(bytes.try_into().unwrap()).unwrap()
}

/// A point of G2 by its compressed encoding.
fn g2(bytes: &[u8]) -> G2Affine {
    G2Affine::from_compressed(bytes.try_into().unwrap()).unwrap()
}
