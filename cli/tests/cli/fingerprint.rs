//! Trainings and predictions whose parameters are bound by their fingerprint.

use std::fs;

use assay_cli::artefact::model::Model;
use assay_cli::artefact::read;
use assay_protocol::parameters::{digest, to_bytes};

use crate::fixture::{ASSIGNMENT, job};
use crate::prediction::{compile, tests};
use crate::run::{edit, folder, json, refused};

const VERIFY: &str = "verify bound.json --key bound/verifying.key";

#[test]
fn a_training_is_proved_and_verified_with_the_bytes_in_the_proofs_file() {
    let folder = job("fingerprint_training");
    json(
        &folder,
        "circuit spec --rows 20 --features 2 --classes 2 --lambda 0.01 --fingerprint -o bound-spec.json",
    );
    json(&folder, "circuit setup bound-spec.json -o bound");
    let proved = json(
        &folder,
        &format!(
            "prove --dataset data --model model.json --circuit bound {ASSIGNMENT} -o bound.json"
        ),
    );
    let model: Model = read(&folder.join("model.json")).unwrap();
    let blob = to_bytes(&model.parameters).unwrap();
    let named = format!("sha256 {}", digest(&blob));
    assert_eq!(proved["parameters"], named);
    let found = json(&folder, &format!("{VERIFY} --model model.json"));
    assert_eq!(found["kind"], "training_fingerprint");
    assert_eq!(found["parameter_bytes"], hex::encode(&blob));
    assert_eq!(found["statement"], proved["statement"]);
    let facts = found["facts"].to_string();
    assert!(facts.contains(&format!("9 bytes, {named}")), "{facts}");

    let mut other = blob;
    other[0] ^= 1;
    edit(&folder.join("bound.json"), |file| {
        file["parameter_bytes"] = hex::encode(&other).into();
    });
    refused(&folder, VERIFY, 1, "does not show this statement");
    // The two kinds of circuit don't take each other's proofs.
    let other = "verify proof.json --key bound/verifying.key";
    refused(&folder, other, 1, "pass that circuit's key");
}

#[test]
fn a_prediction_is_proved_and_verified() {
    let folder = folder("fingerprint_prediction");
    let compiled = json(
        &folder,
        &compile("--parameters fingerprint --output scores -o iris"),
    );
    let blob = fs::read(folder.join("iris/parameters.bin")).unwrap();
    assert_eq!(compiled["parameters_sha256"], digest(&blob).to_string());
    assert!(compiled.get("parameters_root").is_none());
    json(&folder, "setup iris");
    let rows = tests("data/iris.csv");
    json(
        &folder,
        &format!("prove iris --input {rows} --row 3 -o bound.json"),
    );
    let found = json(&folder, "verify bound.json --key iris/verifying.key");
    assert_eq!(found["kind"], "prediction_fingerprint");
    assert_eq!(found["parameter_bytes"], hex::encode(&blob));
}
