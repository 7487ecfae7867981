//! A classifier of digits: constraints, and labels beside onnxruntime's.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

use assay_protocol::circuit::CircuitSpec;
use assay_protocol::prediction::Binding;
use assay_prover::circuit;
use assay_prover::import::{Calibration, Compiled, Form, Options, compile};
use assay_prover::prediction::PredictionCircuit;

/// Row i is in the test split if i is a multiple of this.
const TEST_EVERY: usize = 5;

fn tests(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../tests")
        .join(file)
}

/// The digits' pixels, row by row.
fn rows() -> Vec<Vec<String>> {
    let text = fs::read_to_string(tests("data/digits.csv")).unwrap();
    let row = |line: &str| line.split(',').take(64).map(str::to_owned).collect();
    text.lines().skip(1).map(row).collect()
}

fn compiled() -> Compiled {
    compiled_for(1)
}

/// For so many rows in a proof.
fn compiled_for(rows: u32) -> Compiled {
    let onnx = fs::read(tests("models/digits_mlp.onnx")).unwrap();
    let training = self::rows()
        .into_iter()
        .enumerate()
        .filter(|(i, _)| i % TEST_EVERY != 0);
    let floats = |row: Vec<String>| row.iter().map(|x| x.parse().unwrap()).collect();
    let calibration = Calibration {
        columns: (0..64).map(|i| format!("pixel {i}")).collect(),
        rows: training.map(|(_, row)| floats(row)).collect(),
        classes: None,
    };
    let options = Options {
        parameters: Binding::Hidden,
        form: Form::Label,
        rows,
    };
    compile(&onnx, &calibration, &options).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn a_hidden_classifier_of_digits_has_at_most_12_000_constraints() {
    let spec = CircuitSpec::Prediction(compiled().plan.spec().clone());
    let shape = circuit::shape(&spec).unwrap();
    println!(
        "MLP 64-32-10, hidden 8-bit parameters, label: {} constraints",
        shape.constraints
    );
    assert_eq!(shape.constraints, 11_881);
}

/// Parameters are checked and hashed once, and the first layer's products are proved together.
#[test]
fn a_batch_of_digits_costs_less_for_each_row() {
    for (rows, constraints) in [(8, 16_293), (32, 30_618)] {
        let compiled = compiled_for(rows);
        let costs = PredictionCircuit::costs(&compiled.plan).unwrap();
        println!(
            "{rows} rows: {} constraints, {} for products",
            costs.total, costs.products
        );
        assert_eq!(costs.total, constraints);
    }
}

#[test]
fn labels_are_onnxruntimes_on_the_test_split() {
    let compiled = compiled();
    let reference: serde_json::Value =
        serde_json::from_slice(&fs::read(tests("models/digits_mlp.json")).unwrap()).unwrap();
    let expected: Vec<i64> = serde_json::from_value(reference["labels"].clone()).unwrap();
    let quantiser = compiled.schema.quantiser().unwrap();
    let test = rows()
        .into_iter()
        .enumerate()
        .filter(|(i, _)| i % TEST_EVERY == 0);
    let label = |(_, row): (usize, Vec<String>)| {
        let bytes = quantiser.features(row.iter().map(String::as_str)).unwrap();
        compiled.plan.answer(&compiled.parameters, &bytes).unwrap()[0]
    };
    let labels: Vec<i64> = test.map(label).collect();
    assert_eq!(labels.len(), expected.len());
    let equal = labels.iter().zip(&expected).filter(|(a, b)| a == b).count();
    println!("{equal} of {} labels are onnxruntime's", labels.len());
    assert!(
        100 * equal >= 99 * labels.len(),
        "{equal} of {}",
        labels.len()
    );
}
