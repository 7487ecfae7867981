//! `assay train`.

use std::fs;

use crate::fixture::job;
use crate::run::{edit, json, refused};

const TRAIN: &str = "train data --lambda 0.01 -o new.json";

#[test]
fn a_model_is_trained_and_says_what_it_is() {
    let folder = job("train");
    let found = json(&folder, &format!("{TRAIN} --rows 20"));
    assert_eq!(found["accuracy"], 1.0);
    assert_eq!(found["parameters"], 3);
    assert_eq!(found["spec"]["lambda_65025"], 650);
    let model: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.join("new.json")).unwrap()).unwrap();
    assert_eq!(
        (&model["format"], &model["version"]),
        (&"assay-model".into(), &1.into())
    );
    assert_eq!(model["dataset"], found["dataset"]);
}

#[test]
fn a_lambda_outside_the_conditions_is_refused() {
    let folder = job("lambda");
    for lambda in ["0", "-1", "NaN", "inf", "1e-9", "1.5", "none"] {
        let train = format!("train data --lambda {lambda} -o new.json");
        refused(&folder, &train, 2, "is no decimal number from");
    }
}

#[test]
fn more_rows_than_the_circuit_holds_are_refused() {
    refused(
        &job("train-rows"),
        &format!("{TRAIN} --rows 19"),
        2,
        "20 rows, the circuit holds 19",
    );
}

#[test]
fn rows_that_are_not_the_committed_ones_are_refused() {
    let folder = job("train-flipped");
    let path = folder.join("data/rows.bin");
    let mut bytes = fs::read(&path).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&path, bytes).unwrap();
    refused(&folder, TRAIN, 1, "this is not the registered dataset");
}

#[test]
fn another_schema_or_salt_is_refused() {
    let folder = job("train-schema");
    edit(&folder.join("data/dataset.json"), |file| {
        file["schema"]["columns"][0]["upper"] = "99".into();
    });
    refused(&folder, TRAIN, 1, "this is not the registered dataset");
    let folder = job("train-salt");
    edit(&folder.join("data/salt"), |file| {
        file["salt"] = "00".repeat(31).into()
    });
    refused(&folder, TRAIN, 1, "this is not the registered dataset");
}

#[test]
fn a_damaged_dataset_is_refused() {
    let folder = job("train-damaged");
    let path = folder.join("data/rows.bin");
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() - 1]).unwrap();
    refused(&folder, TRAIN, 2, "rows.bin is damaged");
    fs::write(&path, b"").unwrap();
    refused(&folder, TRAIN, 2, "rows.bin is damaged");
    fs::remove_file(&path).unwrap();
    refused(&folder, TRAIN, 2, "cannot read data/rows.bin");
    edit(&folder.join("data/dataset.json"), |file| {
        file["version"] = 9.into()
    });
    refused(&folder, TRAIN, 2, "is version 9 of assay-dataset");
}
