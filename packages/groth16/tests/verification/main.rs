//! Keys, proofs and the equation: both evaluators against each other and against the
//! crate `groth16`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod circuit;
mod equation;
mod keys;
mod points;
mod prepared_keys;
mod proofs;
mod scalars;
mod trapdoor;

use assay_groth16::{Error, PreparedVerifyingKey, Proof, Scalar, verify_host, verify_native};
use cosmwasm_std::testing::MockApi;

/// From a proof's bytes to the verdict, which must be the same from both evaluators.
fn verdict(key: &PreparedVerifyingKey, digest: &Scalar, proof: &[u8]) -> Result<(), Error> {
    let native = Proof::from_bytes(proof).and_then(|proof| verify_native(key, digest, &proof));
    let host = Proof::from_bytes(proof)
        .and_then(|proof| verify_host(&MockApi::default(), key, digest, &proof));
    assert_eq!(native, host, "native and host disagree");
    native
}
