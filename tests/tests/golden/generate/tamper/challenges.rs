//! Proofs that only the trapdoor makes: they hold, but not for the challenges that their D
//! gives.

use assay_verifier::{CircuitFile, ProofFile, VerifyingKeyFile};
use serde_json::json;

use super::hex;
use crate::elements::{prove_otherwise, prove_rightly, trapdoor};
use crate::generate::files::{Files, facts, with_its_id};
use crate::vector::File::{Key, Proof};
use crate::vector::Vector;

/// The same statement under a key of a known trapdoor, registered for the same circuit.
pub fn challenges(files: &Files) -> Vec<Vector> {
    let circuit = with_its_id(CircuitFile {
        verifying_key: trapdoor().key().to_bytes(),
        ..files.key.0.clone()
    });
    let mut proof = ProofFile {
        circuit: circuit.id,
        ..files.proof.clone()
    };
    let (kind, elements) = (proof.kind(), proof.elements());
    proof.proof = prove_rightly(kind, &elements, 1).to_bytes();
    let key = VerifyingKeyFile(circuit);
    let valid = Vector::valid(
        "another key, and a proof with it",
        json!(facts(&key, &proof)),
    );
    let mut vectors = vec![(valid, proof.proof)];
    for (name, proof) in prove_otherwise(kind, &elements) {
        vectors.push((Vector::refused(name, "equation_fails"), proof.to_bytes()));
    }
    let under_the_key = |(vector, proof): (Vector, Vec<u8>)| {
        vector
            .with(Key, "/verifying_key", hex(&key.0.verifying_key))
            .with(Key, "/id", json!(key.0.id))
            .with(Proof, "/circuit", json!(key.0.id))
            .with(Proof, "/proof", hex(&proof))
    };
    vectors.into_iter().map(under_the_key).collect()
}
