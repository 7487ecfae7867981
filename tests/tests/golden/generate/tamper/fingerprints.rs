//! Parameters that are bound by their fingerprint, and proofs of other fingerprints.

use assay_groth16::Scalar;
use assay_protocol::fingerprint::fingerprint;
use assay_verifier::{CircuitFile, Claim, Parameters, ProofFile, VerifyingKeyFile};
use serde_json::json;

use super::hex;
use crate::bytes::{key_of_other_kind, proof_of_other_kind};
use crate::elements::{commitment, drawn, prove_elements, trapdoor};
use crate::generate::files::{Files, facts, with_its_id};
use crate::vector::File::{Key, Proof};
use crate::vector::Vector;

/// The parameters' bytes in a file with a fingerprint.
fn parameters(proof: &ProofFile) -> &[u8] {
    match &proof.claim {
        Claim::TrainingPublic {
            parameters: Parameters::Blob(bytes),
            ..
        } => bytes,
        _ => panic!("no fingerprint"),
    }
}

/// Other bytes, and what is no bytes.
pub fn fingerprints(files: &Files) -> Vec<Vector> {
    let pointer = "/parameter_bytes";
    let bytes = parameters(&files.proof);
    let other = |name: String, bytes: &[u8]| {
        Vector::refused(name, "equation_fails").with(Proof, pointer, hex(bytes))
    };
    let mut vectors = Vec::new();
    for position in 0..bytes.len() {
        let mut changed = bytes.to_vec();
        changed[position] ^= 1;
        vectors.push(other(
            format!("byte {position} of the parameters"),
            &changed,
        ));
    }
    let zeros =
        |before: usize, after: usize| [&vec![0; before][..], bytes, &vec![0; after]].concat();
    for (name, changed) in [
        ("zero after", zeros(0, 1)),
        ("limb of zeros after", zeros(0, 30)),
        ("zero before", zeros(1, 0)),
        ("limb of zeros before", zeros(30, 0)),
    ] {
        vectors.push(other(format!("parameters with a {name}"), &changed));
    }
    vectors.push(other(
        "parameters truncated".into(),
        &bytes[..bytes.len() - 1],
    ));
    vectors.push(other("no parameters' bytes".into(), &[]));
    let damaged = |what: &str| Vector::refused(format!("parameters {what}"), "damaged");
    vectors.extend([
        damaged("in upper case").with(Proof, pointer, "AB"),
        damaged("with half a byte").with(Proof, pointer, "0"),
        damaged("missing").without(Proof, pointer),
        damaged("by a root")
            .without(Proof, pointer)
            .with(Proof, "/parameters", "11".repeat(32)),
        damaged("by a root as well").with(Proof, "/parameters", "11".repeat(32)),
    ]);
    let (name, proof, error) = proof_of_other_kind(&files.proof.proof);
    vectors.push(Vector::refused(name, error).with(Proof, "/proof", hex(&proof)));
    vectors.push(without_challenges(files));
    vectors.extend(other_fingerprints(files));
    vectors
}

/// A key without challenges, with the id of that content.
fn without_challenges(files: &Files) -> Vector {
    let (name, verifying_key, _) = key_of_other_kind(&files.key.0.verifying_key);
    let circuit = with_its_id(CircuitFile {
        verifying_key,
        ..files.key.0.clone()
    });
    Vector::refused(name, "spec_refused")
        .with(Key, "/verifying_key", hex(&circuit.verifying_key))
        .with(Key, "/id", json!(circuit.id))
        .with(Proof, "/circuit", json!(circuit.id))
}

/// Proofs that only the trapdoor makes: they hold, but not for these bytes' fingerprint at
/// the challenge that their D gives.
fn other_fingerprints(files: &Files) -> Vec<Vector> {
    let circuit = with_its_id(CircuitFile {
        verifying_key: trapdoor().key().to_bytes(),
        ..files.key.0.clone()
    });
    let mut proof = ProofFile {
        circuit: circuit.id,
        ..files.proof.clone()
    };
    let (kind, elements) = (proof.kind(), proof.elements());
    let bytes = parameters(&proof);
    let [first, second] = drawn(kind, &elements, 1);
    let value = fingerprint(bytes, second);
    let digest_last = [elements[0], elements[1], Scalar::zero()];
    let [early_first, early_second] = drawn(kind, &digest_last, 1);
    let early = fingerprint(bytes, early_second);
    let attempts: [(&str, &[Scalar]); 9] = [
        (
            "another fingerprint",
            &[first, second, value + Scalar::one()],
        ),
        ("a fingerprint of zero", &[first, second, Scalar::zero()]),
        (
            "a fingerprint at the first challenge",
            &[first, second, fingerprint(bytes, first)],
        ),
        ("no fingerprint", &[first, second]),
        (
            "a fingerprint before the challenges",
            &[value, first, second],
        ),
        ("a fingerprint without challenges", &[value]),
        ("neither challenges nor fingerprint", &[]),
        (
            "challenges drawn without the parameters' digest",
            &[early_first, early_second, early],
        ),
        (
            "challenges swapped, and the fingerprint at the other",
            &[second, first, fingerprint(bytes, first)],
        ),
    ];
    let key = VerifyingKeyFile(circuit);
    let prove = |tail: &[Scalar]| prove_elements(kind, &[&elements[..], tail].concat(), 1);
    let mut vectors = Vec::new();
    for (name, tail) in attempts {
        let refused = Vector::refused(format!("a proof with {name}"), "equation_fails");
        vectors.push((refused, prove(tail).to_bytes()));
    }
    let right = prove(&[first, second, value]);
    assert_eq!(right.commitment(), Some(&commitment(1)));
    proof.proof = right.to_bytes();
    let valid = Vector::valid(
        "another key, and a proof with it",
        json!(facts(&key, &proof)),
    );
    vectors.push((valid, proof.proof));
    let under_the_key = |(vector, proof): (Vector, Vec<u8>)| {
        vector
            .with(Key, "/verifying_key", hex(&key.0.verifying_key))
            .with(Key, "/id", json!(key.0.id))
            .with(Proof, "/circuit", json!(key.0.id))
            .with(Proof, "/proof", hex(&proof))
    };
    vectors.into_iter().map(under_the_key).collect()
}
