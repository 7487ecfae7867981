//! Held-out accuracy of certified models beside a float logistic regression's, whose
//! figures `tests/reference/logistic_regression.py` makes.
#![allow(missing_docs, clippy::unwrap_used)]

use assay_cli::table::Table;
use assay_protocol::certificate::SquaredHinge;
use assay_prover::{model, train};

/// Points of accuracy that a certificate may cost.
const TOLERANCE: f64 = 0.015;

const MEAN_COLUMNS: [&str; 10] = [
    "mean_radius",
    "mean_texture",
    "mean_perimeter",
    "mean_area",
    "mean_smoothness",
    "mean_compactness",
    "mean_concavity",
    "mean_concave_points",
    "mean_symmetry",
    "mean_fractal_dimension",
];

/// Mean over five folds of the accuracy on rows with `index % 5 == fold`, of a model trained
/// on all others; the schema's bounds come from the training rows.
fn held_out_accuracy(csv: &[u8], label: &str, columns: Option<&[String]>, lambda: u64) -> f64 {
    let table = Table::parse(csv).unwrap();
    let fold_accuracy = |fold| {
        let (training, held_out) = (
            table.filter(|i| i % 5 != fold),
            table.filter(|i| i % 5 == fold),
        );
        let schema = training.schema(label, columns).unwrap();
        let training = training.quantise(&schema).unwrap();
        let held_out = held_out.quantise(&schema).unwrap();
        let (rows, features) = (training.rows() as u32, training.features() as u32);
        let classes = training.classes() as u32;
        let spec =
            SquaredHinge::with_fewest_fraction_bits(rows, features, classes, lambda).unwrap();
        let parameters = train::train(&spec, &training).unwrap();
        model::correct(&spec, &parameters, &held_out) as f64 / held_out.rows() as f64
    };
    (0..5).map(fold_accuracy).sum::<f64>() / 5.0
}

fn reference(name: &str) -> f64 {
    let text = include_str!("../reference/logistic_regression.json");
    let json: serde_json::Value = serde_json::from_str(text).unwrap();
    json["data"][name]["accuracy"].as_f64().unwrap()
}

fn assert_close(name: &str, found: f64) {
    let reference = reference(name);
    println!("{name}: certificate {found:.3}, logistic regression {reference:.3}");
    assert!(
        found >= reference - TOLERANCE,
        "{name}: {found:.4} against {reference:.4}"
    );
}

#[test]
fn breast_cancer_with_ten_columns_is_close_to_logistic_regression() {
    let columns = MEAN_COLUMNS.map(String::from);
    let csv = include_bytes!("../../cli/data/wdbc.csv");
    assert_close(
        "wdbc",
        held_out_accuracy(csv, "diagnosis", Some(&columns), 65),
    );
}

#[test]
fn iris_is_close_to_logistic_regression() {
    let csv = include_bytes!("../data/iris.csv");
    assert_close("iris", held_out_accuracy(csv, "species", None, 6));
}

#[test]
fn wine_is_close_to_logistic_regression() {
    let csv = include_bytes!("../data/wine.csv");
    assert_close("wine", held_out_accuracy(csv, "cultivar", None, 650));
}
