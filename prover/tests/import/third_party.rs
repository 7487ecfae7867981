//! Models that this project did not make: proved, or refused in one clear line.

use std::fs;
use std::path::{Path, PathBuf};

use assay_protocol::prediction::Binding;
use assay_prover::import::{Form, Options, compile};

use super::float::{Float, assert_circuit_agrees, calibration, rows};

fn path(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../tests/models")
        .join(file)
}

fn model(name: &str) -> Vec<u8> {
    fs::read(path(&format!("{name}.onnx"))).unwrap()
}

fn options(form: Form) -> Options {
    Options {
        parameters: Binding::Hidden,
        form,
        rows: 1,
    }
}

/// Columns between the bounds of what the models were tried with.
fn columns(count: usize) -> Vec<(f64, f64)> {
    vec![(0.0, 1.0); count]
}

#[test]
fn a_keras_classifier_is_proved_up_to_its_last_sigmoid() {
    let file = model("keras_tract_tf2");
    let compiled = compile(&file, &calibration(&columns(100)), &options(Form::Label)).unwrap();
    let json: serde_json::Value =
        serde_json::from_slice(&fs::read(path("keras_tract_tf2.json")).unwrap()).unwrap();
    let numbers = |name: &str| serde_json::from_value::<Vec<f64>>(json[name].clone()).unwrap();
    let (input, probability) = (numbers("input"), numbers("output")[0]);
    let float = Float::read(&file);
    assert!((float.run(&input)[0] - probability).abs() < 1e-5);

    let quantiser = compiled.schema.quantiser().unwrap();
    let label = |row: &[String]| {
        let bytes = quantiser.features(row.iter().map(String::as_str)).unwrap();
        compiled.plan.answer(&compiled.parameters, &bytes).unwrap()[0]
    };
    let row: Vec<String> = input.iter().map(ToString::to_string).collect();
    assert_eq!(label(&row), i64::from(probability > 0.5));

    let (mut equal, mut ones) = (0, 0);
    let rows = rows(&compiled);
    for row in &rows {
        let floats: Vec<f64> = row.iter().map(|text| text.parse().unwrap()).collect();
        let expected = i64::from(float.run(&floats)[0] > 0.5);
        equal += usize::from(label(row) == expected);
        ones += expected;
    }
    println!(
        "{equal} of {} labels are tract's, {ones} of them 1",
        rows.len()
    );
    assert!(100 * equal >= 99 * rows.len());
    assert_circuit_agrees(&compiled);
}

#[test]
fn a_sigmoid_has_no_scores_and_no_bucket() {
    for form in [Form::Scores, Form::Bucket(0.1)] {
        let error = compile(
            &model("keras_tract_tf2"),
            &calibration(&columns(100)),
            &Options {
                parameters: Binding::Root,
                ..options(form)
            },
        );
        let error = error.err().unwrap().to_string();
        assert_eq!(
            error,
            "node \"sequential/dense_1/Sigmoid\" (operator Sigmoid, operator set 13): it is \
             supported only after all scores of a model that answers with the label"
        );
    }
}

#[test]
fn other_models_are_refused_by_node_operator_and_operator_set() {
    for (name, node) in [
        (
            "lgbm_regressor_tensor",
            "\"Gather_1\" (operator Gather, operator set 9)",
        ),
        (
            "qtdnn_10x5_101_i32_biases",
            "\"tdnn.preaffineq7.output\" (operator QuantizeLinear, operator set 10)",
        ),
        (
            "xgboost_classifier_tree",
            "\"TreeEnsembleClassifier\" (operator ai.onnx.ml.TreeEnsembleClassifier, operator set 1)",
        ),
    ] {
        let refused = compile(
            &model(name),
            &calibration(&columns(13)),
            &options(Form::Label),
        );
        let line = format!("node {node}: this operator isn't supported: see `assay ops`");
        assert_eq!(refused.err().unwrap().to_string(), line, "{name}");
    }
}
