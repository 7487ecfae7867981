//! Every way to change valid files, with the name of what refuses it.

use assay_groth16::Scalar;
use assay_protocol::circuit::{CircuitSpec, SetupRecord};
use assay_protocol::id::{SchemaDigest, Sha256Digest};
use assay_protocol::prediction::Output;
use assay_protocol::schema::Schema;
use assay_verifier::{CircuitFile, ProofFile, VerifyingKeyFile};
use serde_json::{Value, json};

use super::files::{Files, facts, with_its_id};
use crate::bytes::{key_changes, proof_changes};
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
        valid("another proof of the same statement").with(Proof, "/proof", hex(&files.other_proof)),
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
        let schema = serde_json::from_value(schema).unwrap();
        vectors.extend(schemas(files, &schema));
    }
    vectors
}

fn without_envelope(mut value: Value) -> Value {
    let object = value.as_object_mut().unwrap();
    object.remove("format");
    object.remove("version");
    value
}

/// Other schemas, with the digest that the statement holds or with their own.
fn schemas(files: &Files, schema: &Schema) -> Vec<Vector> {
    let changed = |change: fn(&mut Schema)| {
        let mut schema = schema.clone();
        change(&mut schema);
        schema
    };
    let told = |name: &str, change| {
        let schema = json!(changed(change));
        Vector::refused(name, "other_schema").with(Proof, "/schema", schema)
    };
    let stated = |name: &str, error, change| {
        let schema = changed(change);
        let digest = json!(SchemaDigest(schema.digest().unwrap()));
        Vector::refused(format!("{name}, and its digest"), error)
            .with(Proof, "/schema", json!(schema))
            .with(Proof, "/schema_digest", digest)
    };
    let fewer_columns = |schema: &mut Schema| schema.columns.truncate(1);
    let more_classes = |schema: &mut Schema| schema.label.classes.push("versicolor".into());
    let classes_count = match &files.key.0.spec {
        CircuitSpec::Prediction(prediction) => matches!(prediction.output, Output::Label { .. }),
        CircuitSpec::SquaredHinge(_) | CircuitSpec::SquaredHingeHidden(_) => true,
    };
    let misfit = if classes_count {
        "schema_shape"
    } else {
        "equation_fails"
    };
    vec![
        told("a column renamed", |schema| {
            schema.columns[0].name = "sepal length".into()
        }),
        told("a bound moved", |schema| {
            schema.columns[0].upper = "7.0".into()
        }),
        told("a class renamed", |schema| {
            schema.label.classes[1] = "versicolor".into()
        }),
        told("classes swapped", |schema| schema.label.classes.reverse()),
        told("columns swapped", |schema| schema.columns.reverse()),
        told("fewer columns", fewer_columns),
        stated("a class renamed", "equation_fails", |schema| {
            schema.label.classes[1] = "versicolor".into();
        }),
        stated("fewer columns", "schema_shape", fewer_columns),
        stated("more classes", misfit, more_classes),
        Vector::refused("no label", "damaged").without(Proof, "/schema/label"),
        Vector::refused("something more in the schema", "damaged").with(
            Proof,
            "/schema/note",
            "trust me",
        ),
    ]
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
        Vector::refused("another circuit's key", "other_circuit").as_text(Key, text(&other_key)),
        Vector::refused(
            "another circuit's key, and the proof says so",
            "equation_fails",
        )
        .as_text(Key, text(&other_key))
        .with(Proof, "/circuit", another),
        Vector::refused("a proof of another kind", "other_circuit")
            .as_text(Proof, stranger.proof_value().to_string()),
        Vector::refused(
            "a proof of another kind that claims this circuit",
            "other_kind",
        )
        .as_text(Proof, claims_to_be(json!(files.key.0.id))),
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

/// Every byte of input and output, and their lengths.
pub fn answers(files: &Files) -> Vec<Vector> {
    let answer = files.proof.claim.answer().unwrap();
    let mut vectors = Vec::new();
    for (name, bytes) in [("input", &answer.input), ("output", &answer.output)] {
        let pointer = format!("/{name}");
        for position in 0..bytes.len() {
            let changed =
                Vector::refused(format!("byte {position} of the {name}"), "equation_fails");
            vectors.push(changed.with(Proof, &pointer, flipped(bytes, position)));
        }
        let length = format!("{name}_length");
        let refused = |what: &str, error: &str| Vector::refused(format!("{name} {what}"), error);
        let longer = [bytes.as_slice(), &[0]].concat();
        vectors.extend([
            refused("of no bytes", &length).with(Proof, &pointer, ""),
            refused("truncated", &length).with(Proof, &pointer, hex(&bytes[1..])),
            refused("with a trailing byte", &length).with(Proof, &pointer, hex(&longer)),
            refused("with half a byte", "damaged").with(Proof, &pointer, "0"),
            refused("not hexadecimal", "damaged").with(Proof, &pointer, "zz"),
        ]);
    }
    let CircuitSpec::Prediction(prediction) = &files.key.0.spec else {
        return vectors;
    };
    if prediction.output.integer_bytes() == 1 {
        vectors.push(
            Vector::refused("a label that is no class", "output_range")
                .with(Proof, "/output", "02"),
        );
    }
    if prediction.rows > 1 {
        let (first, second) = answer.input.split_at(prediction.features as usize);
        let swapped = hex(&[second, first].concat());
        vectors
            .push(Vector::refused("rows swapped", "equation_fails").with(Proof, "/input", swapped));
    }
    vectors
}

/// What the files say they are.
pub fn envelopes(files: &Files) -> Vec<Vector> {
    let mut vectors = Vec::new();
    for (file, whole) in [
        (Key, files.key_value().to_string()),
        (Proof, files.proof_value().to_string()),
    ] {
        let of = |what: &str| format!("{file:?} {what}").to_lowercase();
        let refused = |what: &str, error: &str| Vector::refused(of(what), error);
        vectors.extend([
            refused("of version 2", "wrong_version").with(file, "/version", 2),
            refused("of version 1.0", "wrong_version").with(file, "/version", 1.5),
            refused("of version \"1\"", "wrong_version").with(file, "/version", "1"),
            refused("without a version", "wrong_version").without(file, "/version"),
            refused("of another format", "wrong_format").with(file, "/format", "assay-circuit"),
            refused("without a format", "wrong_format").without(file, "/format"),
            refused("in place of the other", "wrong_format").as_text(
                file,
                if file == Key {
                    files.proof_value()
                } else {
                    files.key_value()
                }
                .to_string(),
            ),
            refused("of no bytes", "damaged").as_text(file, ""),
            refused("truncated", "damaged").as_text(file, &whole[..whole.len() - 1]),
            refused("with trailing text", "damaged").as_text(file, format!("{whole}x")),
            refused("that is a list", "damaged").as_text(file, format!("[{whole}]")),
            refused("nested without end", "damaged").as_text(file, "[".repeat(1000)),
        ]);
    }
    vectors.push(Vector::refused("no kind", "damaged").without(Proof, "/kind"));
    vectors
        .push(Vector::refused("a kind that is none", "damaged").with(Proof, "/kind", "accuracy"));
    vectors
}

/// The registration and every point of its key.
pub fn keys(files: &Files) -> Vec<Vector> {
    let file = &files.key.0;
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
    for (name, bytes, error) in key_changes(&file.verifying_key) {
        // With the id of the changed content, so that nothing but the key is at fault.
        let changed = with_its_id(CircuitFile {
            verifying_key: bytes.clone(),
            ..file.clone()
        });
        let vector = refused(&name, error)
            .with(Key, "/verifying_key", hex(&bytes))
            .with(Key, "/id", json!(changed.id))
            .with(Proof, "/circuit", json!(changed.id));
        vectors.push(vector);
    }
    vectors
}
