//! Keys, proofs and the equation: the evaluators against each other and against the
//! crate `groth16`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod challenged;
mod circuit;
mod equation;
mod keys;
mod points;
mod prepared_keys;
mod proofs;
mod scalars;
mod trapdoor;

use assay_groth16::{
    Error, G1Affine, PreparedVerifyingKey, Proof, Scalar, VerifyingKey, verify_host, verify_native,
    verify_once,
};
use cosmwasm_std::testing::MockApi;

/// From a proof's bytes to the verdict, which must be the same from every evaluator.
fn verdict(key: &PreparedVerifyingKey, digest: &Scalar, proof: &[u8]) -> Result<(), Error> {
    let native = Proof::from_bytes(proof).and_then(|proof| verify_native(key, digest, &proof));
    let host = Proof::from_bytes(proof)
        .and_then(|proof| verify_host(&MockApi::default(), key, digest, &proof));
    assert_eq!(native, host, "native and host disagree");
    let once =
        Proof::from_bytes(proof).and_then(|proof| verify_once(&unprepared(key), digest, &proof));
    assert_eq!(native, once, "prepared and unprepared key disagree");
    native
}

/// The key that was prepared.
fn unprepared(key: &PreparedVerifyingKey) -> VerifyingKey {
    let bytes = key.to_bytes();
    let (compressed, uncompressed) = bytes[..PreparedVerifyingKey::LEN].split_at(336);
    let ic = uncompressed.chunks(96).take(2).flat_map(|point| {
        let point = G1Affine::from_uncompressed(point.try_into().unwrap()).unwrap();
        point.to_compressed()
    });
    let epsilon = &bytes[PreparedVerifyingKey::LEN..];
    let bytes = [compressed, &ic.collect::<Vec<_>>(), epsilon].concat();
    VerifyingKey::from_bytes(&bytes).unwrap()
}
