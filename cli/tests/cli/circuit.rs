//! `assay circuit spec`, `setup` and `check`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use assay_cli::artefact::circuit::{CircuitFile, VerifyingKeyFile};
use assay_cli::artefact::spec::{SpecFile, read_method};
use assay_cli::artefact::{read, write};
use assay_protocol::circuit::CircuitSpec;
use assay_protocol::id::Sha256Digest;
use assay_protocol::prediction::{Binding, Node};
use assay_prover::prediction::linear;

use crate::fixture::job;
use crate::run::{assay, edit, folder, json, refused};

const SPEC: &str = "circuit spec --rows 20 --features 2 --classes 2 --lambda 0.01 -o new.json";
const CHECK: &str = "circuit check circuit --allow-development-keys";

/// Changes what a circuit's folder claims, with an id that fits the claim.
fn claim(folder: &Path, change: impl FnOnce(&mut CircuitFile)) {
    let path = folder.join("circuit/circuit.json");
    let mut file: CircuitFile = read(&path).unwrap();
    change(&mut file);
    file.id = file.content_id().unwrap();
    // Nothing is overwritten.
    let verifying = folder.join("circuit/verifying.key");
    fs::remove_file(&path).unwrap();
    fs::remove_file(&verifying).unwrap();
    write(&path, &file).unwrap();
    write(&verifying, &VerifyingKeyFile(file)).unwrap();
}

#[test]
fn a_specification_is_written_and_counted() {
    let folder = folder("spec");
    let found = json(&folder, SPEC);
    assert!(found["constraints"].as_u64().unwrap() > 1000);
    assert!(folder.join("new.json").exists());
}

#[test]
fn a_specification_outside_its_conditions_is_refused() {
    let folder = folder("spec-refused");
    for (from, to, reason) in [
        ("--rows 20", "--rows 0", "0 rows"),
        ("--rows 20", "--rows 4294967295", "4294967295 rows"),
        ("--features 2", "--features 0", "0 features"),
        ("--features 2", "--features 1200", "1200 features"),
        ("--classes 2", "--classes 1", "1 classes"),
        ("--classes 2", "--classes 257", "257 classes"),
        ("--lambda 0.01", "--lambda 0", "is no decimal number from"),
        (
            "--features 2 --classes 2 --lambda 0.01",
            "--features 900 --classes 2 --lambda 0.00002",
            "larger lambda or fewer features",
        ),
        ("--rows 20", "--rows many", "invalid value 'many'"),
    ] {
        refused(&folder, &SPEC.replace(from, to), 2, reason);
    }
}

#[test]
fn a_proving_keys_points_are_checked_without_its_circuit() {
    let folder = job("key-check");
    let found = json(&folder, "key check circuit/proving.key");
    assert!(found["constraints"].as_u64().unwrap() > 1000);
    assert!(found["challenges"].is_boolean());
    let other = "key check circuit/circuit.json";
    refused(&folder, other, 2, "is not a proving key");
}

#[test]
fn development_keys_are_refused_unless_they_are_allowed() {
    let folder = job("not-allowed");
    refused(
        &folder,
        "circuit check circuit",
        1,
        "one party made the keys",
    );
    assert_eq!(assay(&folder, CHECK).code, 0);
}

#[test]
fn a_key_that_claims_a_ceremony_carries_a_warning() {
    let folder = job("ceremony");
    let transcript = Sha256Digest([7; 32]);
    claim(&folder, |file| {
        file.setup = assay_protocol::circuit::SetupRecord::Ceremony { transcript };
    });
    let found = assay(&folder, "circuit check circuit");
    assert_eq!(found.code, 0, "{}", found.stderr);
    assert!(found.stderr.contains("can't check"), "{}", found.stderr);
}

#[test]
fn a_circuit_that_nobody_would_wait_for_is_refused() {
    let folder = folder("spec-large");
    let large = "circuit spec --rows 3000 --features 1199 --classes 3 --lambda 0.9 -o new.json";
    refused(&folder, large, 2, "fewer rows");
}

#[test]
fn development_keys_carry_a_warning() {
    let found = assay(&job("warning"), CHECK);
    assert_eq!(found.code, 0);
    assert!(found.stderr.starts_with("warning: development keys"));
    let found = json(&job("warning-json"), CHECK);
    assert!(found["warning"].as_str().unwrap().contains("forge"));
}

#[test]
fn a_specification_file_that_is_none_is_refused() {
    let folder = job("setup-refused");
    let setup = "circuit setup spec.json -o new";
    refused(
        &folder,
        "circuit setup spec.json -o circuit",
        2,
        "circuit exists already",
    );
    edit(&folder.join("spec.json"), |file| {
        file["spec"]["fraction_bits"] = 3.into()
    });
    refused(&folder, setup, 2, "the gap exceeds");
    edit(&folder.join("spec.json"), |file| {
        file["spec"]["fraction_bits"] = (-1).into()
    });
    refused(&folder, setup, 2, "spec.json is damaged");
    fs::write(folder.join("spec.json"), "{\"format\"").unwrap();
    refused(&folder, setup, 2, "spec.json is damaged");
    refused(
        &folder,
        "circuit setup model.json -o new",
        2,
        "assay-model, not assay-circuit-spec",
    );
}

/// Sets up predictions by the model of `spec.json`, with a graph that is changed, in `name`.
fn predictions(folder: &Path, name: &str, change: impl FnOnce(&mut Vec<Node>)) {
    let method = read_method(&folder.join("spec.json")).unwrap();
    let mut prediction = linear(&method, Binding::Hidden, 1);
    change(&mut prediction.graph.nodes);
    let spec = CircuitSpec::Prediction(prediction);
    let file = format!("{name}.json");
    write(&folder.join(&file), &SpecFile { spec }).unwrap();
    json(folder, &format!("circuit setup {file} -o {name}"));
}

#[test]
fn predictions_are_compared_with_the_training_of_their_model() {
    let folder = job("trained-by");
    predictions(&folder, "straight", |_| {});
    let check = "circuit check straight --allow-development-keys --trained-by";
    for method in ["spec.json", "circuit/verifying.key"] {
        let found = assay(&folder, &format!("{check} {method}"));
        assert_eq!(found.code, 0, "{}", found.stderr);
        assert!(found.stdout.contains("by the classifier that"));
    }
    refused(
        &folder,
        &format!("{check} straight.json"),
        2,
        "needs a training",
    );
    refused(
        &folder,
        &format!("{check} model.json"),
        2,
        "model.json is assay-model",
    );
    let other = format!("{CHECK} --trained-by spec.json");
    refused(&folder, &other, 2, "needs a prediction");
}

#[test]
fn predictions_that_turn_labels_around_are_refused() {
    let folder = job("turned-around");
    predictions(&folder, "turned", |nodes| {
        nodes[2].inputs = vec![3];
        let multipliers = BTreeMap::from([("multipliers".into(), vec![-1])]);
        let negated = Node {
            operator: "add".into(),
            inputs: vec![2],
            attributes: multipliers,
        };
        nodes.insert(2, negated);
    });
    let check = "circuit check turned --allow-development-keys";
    assert_eq!(assay(&folder, check).code, 0);
    let check = format!("{check} --trained-by spec.json");
    refused(
        &folder,
        &check,
        1,
        "isn't the linear classifier of 2 features",
    );
}

#[test]
fn a_constraint_system_that_is_not_the_specifications_is_found() {
    let folder = job("lie-system");
    claim(&folder, |file| {
        file.constraint_system = Sha256Digest([7; 32])
    });
    refused(&folder, CHECK, 1, "the label lies");
}

#[test]
fn a_specification_that_is_not_the_keys_is_found() {
    let folder = job("lie-spec");
    claim(&folder, |file| {
        if let CircuitSpec::SquaredHinge(spec) = &mut file.spec {
            spec.rows = 21;
        }
    });
    refused(&folder, CHECK, 1, "the label lies");
}

#[test]
fn a_key_of_a_smaller_circuit_is_found() {
    let folder = job("lie-key");
    let honest: CircuitFile = read(&folder.join("circuit/circuit.json")).unwrap();
    fs::remove_dir_all(folder.join("circuit")).unwrap();
    let smaller = SPEC.replace("--rows 20 --features 2", "--rows 2 --features 1");
    assert_eq!(assay(&folder, &smaller).code, 0);
    assert_eq!(assay(&folder, "circuit setup new.json -o circuit").code, 0);
    claim(&folder, |file| {
        file.spec = honest.spec;
        file.constraint_system = honest.constraint_system;
    });
    refused(&folder, CHECK, 1, "the label lies");
}

#[test]
fn an_id_that_is_not_the_contents_is_found() {
    let folder = job("lie-id");
    edit(&folder.join("circuit/circuit.json"), |file| {
        file["id"] = "0".repeat(64).into()
    });
    refused(&folder, CHECK, 1, "don't use it");
}

#[test]
fn damaged_keys_are_refused() {
    let folder = job("keys-damaged");
    let path = folder.join("circuit/proving.key");
    let bytes = fs::read(&path).unwrap();
    let mut changed = bytes.clone();
    changed[1000] ^= 1;
    for broken in [&changed[..], &bytes[..bytes.len() / 2], b""] {
        fs::write(&path, broken).unwrap();
        refused(&folder, CHECK, 2, "proving.key");
    }
    fs::remove_file(&path).unwrap();
    refused(&folder, CHECK, 2, "proving.key");
    edit(&folder.join("circuit/verifying.key"), |file| {
        file["verifying_key"] = "00".into()
    });
    refused(&folder, CHECK, 2, "a verifying key is 432 bytes");
}
