//! The golden vectors in `tests/golden`: a valid proof of each kind, and each kind of
//! tampering. Natively and in the real VM every vector gets the same verdict under the same
//! name; `wasm-verifier/tests` runs them in Node and in a browser.
//!
//! `UPDATE_GOLDEN=1 cargo test --release -p assay-tests --test golden` writes them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod bytes;
mod elements;
mod generate;
mod native;
// The points and keys that the tests of `assay-groth16` are about.
#[allow(dead_code)]
#[path = "../../../packages/groth16/tests/verification/points.rs"]
mod points;
#[allow(dead_code)]
#[path = "../../../packages/groth16/tests/verification/trapdoor.rs"]
mod trapdoor;
mod vector;
mod vm;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use elements::Elements;
use vector::Set;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden")
}

/// A committed set of files with its vectors, if it can be read.
fn committed(name: &str) -> Option<Set> {
    let text = fs::read_to_string(folder().join(name).with_extension("json")).ok()?;
    serde_json::from_str(&text).ok()
}

/// The committed sets of files with their vectors.
fn sets() -> Vec<Set> {
    let read = |name: &str| committed(name).unwrap_or_else(|| panic!("{name}.json is missing"));
    generate::NAMES.map(read).into()
}

/// The committed vectors of bare bytes.
fn bytes() -> Bytes {
    let text = fs::read_to_string(folder().join("bytes.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// The committed vectors of bare elements.
fn elements() -> Elements {
    let text = fs::read_to_string(folder().join("elements.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn text(value: &impl serde::Serialize) -> String {
    serde_json::to_string_pretty(value).unwrap() + "\n"
}

#[test]
fn the_vectors_are_those_that_the_generator_writes() {
    let sets = generate::all();
    let bytes = bytes::generate(&sets[0]);
    let elements = elements::generate(&sets[5]);
    let mut files: Vec<(&str, String)> = generate::NAMES
        .into_iter()
        .zip(sets.iter().map(text))
        .collect();
    files.push(("bytes", text(&bytes)));
    files.push(("elements", text(&elements)));
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    for (name, generated) in files {
        let path = folder().join(name).with_extension("json");
        if update {
            fs::write(&path, &generated).unwrap();
        }
        let committed = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == generated,
            "{name}.json is out of date: run it again with UPDATE_GOLDEN=1 and read the changes"
        );
    }
}

#[test]
fn every_refusal_has_a_vector() {
    let sets = sets();
    let named = sets.iter().flat_map(|set| &set.vectors);
    let mut found: BTreeSet<String> = named.filter_map(|v| v.error.clone()).collect();
    found.extend(bytes().vectors.into_iter().filter_map(|v| v.error));
    found.extend(elements().vectors.into_iter().filter_map(|v| v.error));
    let expected = [
        "circuit_kind",
        "damaged",
        "epsilon_equals_other",
        "equation_fails",
        "gamma_equals_delta",
        "input_length",
        "key_length",
        "malformed_key",
        "malformed_proof",
        "malformed_scalar",
        "other_circuit",
        "other_kind",
        "other_schema",
        "output_length",
        "output_range",
        "proof_kind",
        "proof_length",
        "schema_shape",
        "spec_refused",
        "wrong_circuit_id",
        "wrong_format",
        "wrong_version",
    ];
    assert_eq!(found.iter().collect::<Vec<_>>(), expected);
}
