//! The artifacts are what a chain accepts, and no more than we mean them to be.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;

use assay_tests::{Artifact, ArtifactError, MAX_ARTIFACT_BYTES, artifacts_dir};

const NAMES: [&str; 5] = [
    "assay_circuit_registry",
    "assay_dataset_registry",
    "assay_model_store",
    "assay_jobs",
    "assay_predictions",
];

fn load(name: &str) -> Artifact {
    Artifact::load(name).unwrap_or_else(|error| panic!("{error}"))
}

/// The bytes of an artifact, with every `from` replaced by a `to` of the same length.
fn patched(name: &str, from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut wasm = fs::read(artifacts_dir().join(name).with_extension("wasm")).unwrap();
    let places: Vec<_> = (0..wasm.len() - from.len())
        .filter(|&i| wasm[i..].starts_with(from.as_bytes()))
        .collect();
    assert!(!places.is_empty(), "{name} doesn't contain {from}");
    for place in places {
        wasm[place..place + to.len()].copy_from_slice(to.as_bytes());
    }
    wasm
}

fn refusal(wasm: &[u8]) -> String {
    match Artifact::compile("patched", wasm) {
        Err(ArtifactError::Refused { reason, .. }) => reason,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

#[test]
fn every_artifact_is_small_enough_and_passes_a_chains_checks() {
    for name in NAMES {
        load(name);
    }
}

#[test]
fn every_artifact_can_be_instantiated_executed_and_queried() {
    for name in NAMES {
        let exports = load(name).exports();
        for entry_point in ["instantiate", "execute", "query"] {
            assert!(
                exports.iter().any(|export| export == entry_point),
                "{name}: {entry_point}"
            );
        }
    }
}

#[test]
fn no_artifact_can_be_migrated_or_called_by_the_chain() {
    for name in NAMES {
        let exports = load(name).exports();
        for entry_point in ["migrate", "sudo"] {
            assert!(
                exports.iter().all(|export| export != entry_point),
                "{name}: {entry_point}"
            );
        }
    }
}

#[test]
fn checksums_are_those_of_the_artifacts() {
    let listed = fs::read_to_string(artifacts_dir().join("checksums.txt")).unwrap();
    let mut expected: Vec<_> = NAMES
        .map(|name| format!("{}  {name}.wasm", load(name).checksum()))
        .to_vec();
    expected.sort_by(|a, b| a[66..].cmp(&b[66..]));
    assert_eq!(listed.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn an_artifact_that_needs_another_capability_is_refused() {
    let wasm = patched(
        "assay_jobs",
        "requires_cosmwasm_2_1",
        "requires_cosmwasm_2_9",
    );
    assert!(refusal(&wasm).contains("cosmwasm_2_9"));
}

#[test]
fn an_artifact_that_imports_an_unknown_function_is_refused() {
    let wasm = patched("assay_jobs", "db_remove", "db_rename");
    assert!(refusal(&wasm).contains("db_rename"));
}

#[test]
fn an_artifact_of_an_older_interface_is_refused() {
    let wasm = patched("assay_jobs", "interface_version_8", "interface_version_7");
    assert!(refusal(&wasm).contains("interface_version"));
}

#[test]
fn an_artifact_over_the_size_limit_is_refused() {
    let result = Artifact::compile("large", &vec![0; MAX_ARTIFACT_BYTES + 1]);
    assert!(matches!(
        result,
        Err(ArtifactError::TooLarge { bytes: 400_001, .. })
    ));
}

#[test]
fn what_is_not_wasm_is_refused() {
    refusal(b"\0asm but not really");
}
