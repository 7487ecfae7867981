//! Every way to change valid files, with the name of what refuses it.

mod answer;
mod challenges;
mod envelope;
mod fingerprints;
mod registration;
mod schema;

pub use answer::answers;
pub use challenges::challenges;
pub use envelope::envelopes;
pub use fingerprints::fingerprints;
pub use registration::{keys, other_kinds};

use assay_groth16::Scalar;
use assay_protocol::id::Sha256Digest;
use assay_verifier::{CircuitFile, ProofFile, VerifyingKeyFile};
use serde_json::{Value, json};

use super::files::{ANOTHER_PROOF, Files, facts, with_its_id};
use crate::bytes::proof_changes;
use crate::vector::File::{Key, Proof};
use crate::vector::{Set, Vector};

/// A field element that is no other value in the vectors.
fn element() -> Value {
    hex(&Scalar::from(99).to_bytes())
}

fn hex(bytes: &[u8]) -> Value {
    bytes
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect::<String>()
        .into()
}

fn flipped(bytes: &[u8], position: usize) -> Value {
    let mut bytes = bytes.to_vec();
    bytes[position] ^= 1;
    hex(&bytes)
}

/// What every kind has in common: statement, context, circuit and the proof's points.
/// `stranger` are files of another kind.
pub fn set(files: &Files, stranger: &Files) -> Set {
    let proof = files.proof_value();
    let mut vectors = vec![Vector::valid("valid", json!(files.facts()))];
    vectors.extend(other_proofs(files));
    vectors.extend(statements(&proof));
    vectors.extend(contexts(&proof));
    vectors.extend(strangers(files, stranger));
    for (name, bytes, error) in proof_changes(&files.proof.proof, &files.other_proof) {
        vectors.push(Vector::refused(name, error).with(Proof, "/proof", hex(&bytes)));
    }
    Set {
        key: files.key_value(),
        proof,
        vectors,
    }
}

/// Valid too: proofs can be made anew, and a schema need not be told.
fn other_proofs(files: &Files) -> Vec<Vector> {
    let mut negated = files.proof.proof.clone();
    negated[0] ^= 0x20;
    negated[48] ^= 0x20;
    let facts_of = json!(files.facts());
    let valid = |name: &str| Vector::valid(name, facts_of.clone());
    let mut vectors = vec![
        valid(ANOTHER_PROOF).with(Proof, "/proof", hex(&files.other_proof)),
        valid("A and B negated: another proof of the same statement").with(
            Proof,
            "/proof",
            hex(&negated),
        ),
    ];
    let mut untold = files.proof_value();
    if let Some(schema) = untold.as_object_mut().unwrap().remove("schema") {
        let untold: ProofFile = serde_json::from_value(without_envelope(untold)).unwrap();
        let facts = json!(facts(&files.key, &untold));
        vectors.push(Vector::valid("schema not told", facts).without(Proof, "/schema"));
        let told = serde_json::from_value(schema).unwrap();
        vectors.extend(schema::schemas(files, &told));
    }
    vectors
}

fn without_envelope(mut value: Value) -> Value {
    let object = value.as_object_mut().unwrap();
    object.remove("format");
    object.remove("version");
    value
}

/// Every element of the statement that isn't in the context.
fn statements(proof: &Value) -> Vec<Vector> {
    let mut vectors = Vec::new();
    for name in ["dataset", "parameters", "model", "schema_digest"] {
        if proof.get(name).is_none() {
            continue;
        }
        let pointer = format!("/{name}");
        // The digest of a schema that is told is compared with it first.
        let changed = match name {
            "schema_digest" => {
                Vector::refused("another schema_digest", "equation_fails").without(Proof, "/schema")
            }
            _ => Vector::refused(format!("another {name}"), "equation_fails"),
        };
        vectors.push(changed.with(Proof, &pointer, element()));
        let damaged = |what: &str| Vector::refused(format!("{name} {what}"), "damaged");
        let above = "ff".repeat(32);
        vectors.extend([
            damaged("not below the order").with(Proof, &pointer, above),
            damaged("in upper case").with(Proof, &pointer, format!("AB{}", "0".repeat(62))),
            damaged("too short").with(Proof, &pointer, "00".repeat(31)),
            damaged("a number").with(Proof, &pointer, 7),
            damaged("missing").without(Proof, &pointer),
        ]);
        if name == "schema_digest" {
            vectors.push(
                Vector::refused("another schema_digest than the schema's", "other_schema").with(
                    Proof,
                    &pointer,
                    element(),
                ),
            );
        }
    }
    if proof.get("minimum_rows").is_some() {
        let pointer = "/minimum_rows";
        let refused = |name: &str, error: &str| Vector::refused(name, error);
        vectors.extend([
            refused("more rows", "equation_fails").with(Proof, pointer, 7),
            refused("fewer rows", "equation_fails").with(Proof, pointer, 5),
            refused("rows negative", "damaged").with(Proof, pointer, -1),
            refused("rows over 32 bits", "damaged").with(Proof, pointer, 1u64 << 32),
            refused("rows a fraction", "damaged").with(Proof, pointer, 6.5),
        ]);
    }
    vectors
}

/// Every part of the context.
fn contexts(proof: &Value) -> Vec<Vector> {
    let assignment = proof["assignment"].as_object().unwrap();
    let subject = ["job", "model", "request"]
        .into_iter()
        .find(|subject| assignment.contains_key(*subject))
        .unwrap();
    let other = if subject == "job" { "request" } else { "job" };
    let at = |name: &str| format!("/assignment/{name}");
    let changed = |name: &str, value: Value| {
        Vector::refused(format!("another {name}"), "equation_fails").with(Proof, &at(name), value)
    };
    let damaged = |what: &str| Vector::refused(what, "damaged");
    vec![
        changed("chain_id", "assay-2".into()),
        changed("contract", "assay1other".into()),
        changed(subject, 8.into()),
        changed("slot", 3.into()),
        changed("payee", "assay1thief".into()),
        Vector::refused("a byte moved between neighbouring parts", "equation_fails")
            .with(Proof, &at("chain_id"), "assay-1a")
            .with(Proof, &at("contract"), "ssay1contract"),
        Vector::refused("bound to nothing", "equation_fails").with(
            Proof,
            "/assignment",
            json!({ "chain_id": "", "contract": "", subject: 0, "slot": 0, "payee": "" }),
        ),
        damaged("no payee").without(Proof, &at("payee")),
        damaged("a payee with a line break").with(Proof, &at("payee"), "assay1payee\nkey"),
        damaged("a payee that is written from right to left").with(
            Proof,
            &at("payee"),
            "assay1\u{202e}eeyap",
        ),
        damaged("a payee of 129 characters").with(Proof, &at("payee"), "a".repeat(129)),
        damaged("another kind of subject")
            .without(Proof, &at(subject))
            .with(Proof, &at(other), 7),
        damaged("two subjects").with(Proof, &at(other), 7),
        damaged("a subject that is no number").with(Proof, &at(subject), "7"),
        damaged("no assignment").without(Proof, "/assignment"),
        damaged("something more").with(Proof, "/note", "trust me"),
    ]
}

/// Files that don't belong together.
fn strangers(files: &Files, stranger: &Files) -> Vec<Vector> {
    let claims_to_be = |circuit: Value| {
        let mut proof = stranger.proof_value();
        proof["circuit"] = circuit;
        proof.to_string()
    };
    let other_key = other_circuit(&files.key.0);
    let another = json!(other_key.id);
    vec![
        Vector::refused("another circuit's id", "other_circuit").with(
            Proof,
            "/circuit",
            "11".repeat(32),
        ),
        Vector::refused("another circuit's key", "other_circuit").in_place(Key, text(&other_key)),
        Vector::refused(
            "another circuit's key, and the proof says so",
            "equation_fails",
        )
        .in_place(Key, text(&other_key))
        .with(Proof, "/circuit", another),
        Vector::refused("a proof of another kind", "other_circuit")
            .in_place(Proof, stranger.proof_value().to_string()),
        Vector::refused(
            "a proof of another kind that claims this circuit",
            "other_kind",
        )
        .in_place(Proof, claims_to_be(json!(files.key.0.id))),
    ]
}

/// The same key, registered for another constraint system.
fn other_circuit(file: &CircuitFile) -> CircuitFile {
    with_its_id(CircuitFile {
        constraint_system: Sha256Digest([77; 32]),
        ..file.clone()
    })
}

fn text(file: &CircuitFile) -> String {
    assay_verifier::file::to_text(&VerifyingKeyFile(file.clone())).unwrap()
}
