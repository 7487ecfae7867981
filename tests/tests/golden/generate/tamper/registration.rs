//! The key file: what is registered, and every point of the key.

use assay_protocol::circuit::SetupRecord;
use assay_protocol::id::Sha256Digest;
use assay_verifier::CircuitFile;
use serde_json::json;

use super::hex;
use crate::bytes::{Change, key_changes, key_of_other_kind, proof_of_other_kind};
use crate::generate::files::{Files, with_its_id};
use crate::vector::File::{Key, Proof};
use crate::vector::Vector;

/// The registration and every point of its key.
pub fn keys(files: &Files) -> Vec<Vector> {
    let refused = |name: &str, error: &str| Vector::refused(name, error);
    let mut vectors = vec![
        refused("another id", "wrong_circuit_id").with(Key, "/id", "11".repeat(32)),
        refused("another id, and the proof says so", "wrong_circuit_id")
            .with(Key, "/id", "11".repeat(32))
            .with(Proof, "/circuit", "11".repeat(32)),
        refused("another kind", "circuit_kind").with(Key, "/kind", "training_hidden"),
        refused("another method", "circuit_kind").with(Key, "/spec/method", "squared_hinge_hidden"),
        refused("more rows", "wrong_circuit_id").with(Key, "/spec/rows", 9),
        refused("a specification outside its conditions", "spec_refused").with(
            Key,
            "/spec/fraction_bits",
            3,
        ),
        refused("a specification with something more", "damaged").with(Key, "/spec/note", 1),
        refused("another constraint system", "wrong_circuit_id").with(
            Key,
            "/constraint_system",
            "11".repeat(32),
        ),
        refused("a ceremony that never was", "wrong_circuit_id").with(
            Key,
            "/setup",
            json!(SetupRecord::Ceremony {
                transcript: Sha256Digest([1; 32])
            }),
        ),
        refused("a setup that is none", "damaged").with(Key, "/setup", "trusted"),
        refused("something more in the key file", "damaged").with(Key, "/note", 1),
        refused("no key", "damaged").without(Key, "/verifying_key"),
    ];
    let changes = key_changes(&files.key.0.verifying_key);
    vectors.extend(changes.into_iter().map(|change| other_key(files, change)));
    vectors
}

/// A proof with challenges under a key without, and the other way round.
pub fn other_kinds(files: &Files) -> [Vector; 2] {
    let (name, bytes, error) = proof_of_other_kind(&files.proof.proof);
    [
        Vector::refused(name, error).with(Proof, "/proof", hex(&bytes)),
        other_key(files, key_of_other_kind(&files.key.0.verifying_key)),
    ]
}

/// Another key, with the id of the changed content, so that nothing but the key is at fault.
fn other_key(files: &Files, (name, bytes, error): Change) -> Vector {
    let changed = with_its_id(CircuitFile {
        verifying_key: bytes.clone(),
        ..files.key.0.clone()
    });
    Vector::refused(name, error)
        .with(Key, "/verifying_key", hex(&bytes))
        .with(Key, "/id", json!(changed.id))
        .with(Proof, "/circuit", json!(changed.id))
}
