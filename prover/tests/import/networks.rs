//! Networks of several layers, on columns of all kinds: how far they are off, and how far
//! they say they may be.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use assay_protocol::prediction::{Binding, Output};
use assay_prover::import::{Calibration, Form, MAX_MODEL_BYTES, Options, compile};

use super::float::{
    Errors, Float, assert_circuit_agrees, assert_within_error, bounds, compiled, errors, errors_on,
    rows,
};
use super::model::{Model, Random};

/// Dense layers of these widths with rectifiers between them, weights of size `gain`.
fn network(model: Model, input: &str, widths: &[i64], gain: f32) -> Model {
    let mut random = Random::new(21);
    let mut model = model;
    let mut last = input.to_owned();
    for (i, pair) in widths.windows(2).enumerate() {
        let scale = gain / (pair[0] as f32).sqrt();
        let weights = random.weights((pair[0] * pair[1]) as usize);
        let weights: Vec<f32> = weights.iter().map(|w| w * scale * 1.7).collect();
        let bias = random.weights(pair[1] as usize);
        model = model
            .floats(&format!("w{i}"), &[pair[0], pair[1]], &weights)
            .floats(&format!("b{i}"), &[pair[1]], &bias)
            .node("Gemm", &format!("{last} w{i} b{i}"), &format!("d{i}"));
        last = format!("d{i}");
        if i + 2 < widths.len() {
            model = model.node("Relu", &last, &format!("r{i}"));
            last = format!("r{i}");
        }
    }
    model
}

fn report(name: &str, errors: Errors) {
    let Errors {
        stated,
        actual,
        greatest,
    } = errors;
    println!("{name}: scores up to {greatest:.3}, stated {stated:.4}, actual {actual:.4}");
}

#[test]
fn layers_of_negative_inputs() {
    for (layers, tightness) in [(1, 0.03), (2, 0.1), (3, 0.6), (4, 3.0)] {
        let widths = [&[10][..], &vec![16; layers - 1], &[3]].concat();
        let model = network(Model::new(&[-1, 10]), "x", &widths, 1.0);
        let errors = assert_within_error(&model, &bounds(10), tightness);
        report(&format!("{layers} layers"), errors);
    }
}

#[test]
fn a_deep_network_is_proved_or_refused_but_never_wrong() {
    for layers in [8, 16, 30, 60] {
        let widths = [&[6][..], &vec![8; layers - 1], &[2]].concat();
        let model = network(Model::new(&[-1, 6]), "x", &widths, 1.0);
        match compiled(&model, &bounds(6), Form::Scores) {
            Ok(compiled) => {
                let errors = errors(&compiled, &Float::of(&model));
                report(&format!("{layers} layers"), errors);
                assert!(errors.actual <= errors.stated);
            }
            Err(error) => {
                println!("{layers} layers: {error}");
                assert!(layers > 8, "{error}");
                assert!(error.to_string().contains("bits"), "{error}");
            }
        }
    }
}

/// Columns whose ranges differ by ten orders of magnitude, one of them constant.
const WILD: [(f64, f64); 6] = [
    (0.0, 1e-4),
    (-1e6, 1e6),
    (1000.0, 1001.0),
    (7.0, 7.0),
    (-0.25, -0.125),
    (0.0, 3.0),
];

/// The columns' means and spreads.
fn scaler() -> (Vec<f32>, Vec<f32>) {
    let mean = |&(lo, hi): &(f64, f64)| ((lo + hi) / 2.0) as f32;
    let spread = |&(lo, hi): &(f64, f64)| {
        if lo == hi {
            1.0
        } else {
            ((hi - lo) / 3.0) as f32
        }
    };
    (
        WILD.iter().map(mean).collect(),
        WILD.iter().map(spread).collect(),
    )
}

#[test]
fn columns_of_wildly_different_ranges_with_a_scaler() {
    let (mean, spread) = scaler();
    let model = Model::new(&[-1, 6])
        .floats("mean", &[6], &mean)
        .floats("spread", &[6], &spread)
        .node("Sub", "x mean", "c")
        .node("Div", "c spread", "z");
    let errors = assert_within_error(&network(model, "z", &[6, 16, 3], 1.0), &WILD, 0.2);
    report("wild columns with a scaler", errors);
}

#[test]
fn columns_of_wildly_different_ranges_with_weights_that_fit_them() {
    let (_, spread) = scaler();
    let weights: Vec<f32> = spread.iter().flat_map(|s| [1.0 / s, -0.5 / s]).collect();
    let model = Model::new(&[-1, 6])
        .floats("w", &[6, 2], &weights)
        .floats("b", &[2], &[-3000.0, 1500.0])
        .node("Gemm", "x w b", "y");
    let errors = assert_within_error(&model, &WILD, 0.1);
    report("wild columns with weights that fit", errors);
}

#[test]
fn columns_of_wildly_different_ranges_at_one_scale() {
    // Without a product all columns meet: the small ones must survive.
    let model = Model::new(&[-1, 6]).node("Relu", "x", "y");
    let compiled = compiled(&model, &WILD, Form::Scores).unwrap();
    let errors = errors(&compiled, &Float::of(&model));
    assert!(
        errors.actual <= errors.stated && errors.stated <= 1e4,
        "{errors:?}"
    );
}

#[test]
fn large_and_tiny_weights() {
    for gain in [1e-30f32, 1e-12, 1e-6, 1e-3, 1e3, 1e6, 1e12] {
        let model = network(Model::new(&[-1, 5]), "x", &[5, 8, 8, 2], gain);
        match compiled(&model, &bounds(5), Form::Scores) {
            Ok(compiled) => {
                let errors = errors(&compiled, &Float::of(&model));
                report(&format!("weights of {gain:e}"), errors);
                assert!(errors.actual <= errors.stated, "{errors:?}");
                assert!(errors.stated <= 0.5 * errors.greatest, "{errors:?}");
            }
            Err(error) => {
                println!("weights of {gain:e}: {error}");
                assert!(gain >= 1e3, "{error}");
            }
        }
        compiled_label(&model);
    }
}

fn compiled_label(model: &Model) {
    let label = compiled(model, &bounds(5), Form::Label);
    label.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn weights_that_all_are_0() {
    for bias in [0.0, 1.0] {
        let model = Model::new(&[-1, 4])
            .floats("w", &[4, 3], &[0.0; 12])
            .floats("b", &[3], &[bias; 3])
            .floats("v", &[3, 2], &[0.0; 6])
            .node("Gemm", "x w b", "d")
            .node("Relu", "d", "r")
            .node("MatMul", "r v", "y");
        let errors = assert_within_error(&model, &bounds(4), f64::INFINITY);
        assert!(errors.actual == 0.0 && errors.stated < 0.1, "{errors:?}");
    }
}

#[test]
fn buckets_hold_the_score_but_for_the_stated_error() {
    let model = network(Model::new(&[-1, 5]), "x", &[5, 8, 1], 1.0);
    for width in [0.5, 2.0, 0.1] {
        let compiled = compiled(&model, &bounds(5), Form::Bucket(width)).unwrap();
        let Output::Bucket {
            width: units,
            fraction_bits,
        } = compiled.plan.spec().output
        else {
            panic!("no bucket");
        };
        let width = units as f64 * 2f64.powi(-(fraction_bits as i32));
        let float = Float::of(&model);
        let quantiser = compiled.schema.quantiser().unwrap();
        let mut seen = std::collections::BTreeSet::new();
        for row in rows(&compiled) {
            let bytes = quantiser.features(row.iter().map(String::as_str)).unwrap();
            let bucket = compiled.plan.answer(&compiled.parameters, &bytes).unwrap()[0];
            let row: Vec<f64> = row.iter().map(|text| text.parse().unwrap()).collect();
            let score = float.run(&row)[0];
            let lower = bucket as f64 * width;
            let within = lower - compiled.error..=lower + width + compiled.error;
            assert!(within.contains(&score), "{score} in {within:?}");
            seen.insert(bucket);
        }
        assert!(seen.len() > 2, "{seen:?}");
        assert_circuit_agrees(&compiled);
    }
}

#[test]
fn circuit_and_plan_agree_on_a_network() {
    let (mean, spread) = scaler();
    let model = Model::new(&[-1, 6])
        .floats("mean", &[6], &mean)
        .floats("spread", &[6], &spread)
        .node("Sub", "x mean", "c")
        .node("Div", "c spread", "z");
    let model = network(model, "z", &[6, 5, 4, 3], 1.0);
    for form in [Form::Scores, Form::Label] {
        assert_circuit_agrees(&compiled(&model, &WILD, form).unwrap());
    }
}

#[test]
fn the_same_file_and_rows_compile_to_the_same() {
    let model = network(Model::new(&[-1, 5]), "x", &[5, 8, 2], 1.0);
    let twice = [(); 2].map(|()| compiled(&model, &bounds(5), Form::Scores).unwrap());
    assert_eq!(twice[0].plan.spec(), twice[1].plan.spec());
    assert_eq!(twice[0].parameters, twice[1].parameters);
    assert_eq!(twice[0].schema, twice[1].schema);
}

/// Training rows of a file of data, and its test rows: every fifth.
fn split(name: &str, columns: usize) -> [Vec<Vec<String>>; 2] {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/data");
    let text = fs::read_to_string(data.join(format!("{name}.csv"))).unwrap();
    let row = |line: &str| line.split(',').take(columns).map(str::to_owned).collect();
    let rows: Vec<Vec<String>> = text.lines().skip(1).map(row).collect();
    let of = |is_test: bool| {
        let rows = rows.iter().enumerate();
        let rows = rows.filter(|(i, _)| i.is_multiple_of(5) == is_test);
        rows.map(|(_, row)| row.clone()).collect()
    };
    [of(false), of(true)]
}

#[test]
fn networks_that_were_trained_are_off_by_little() {
    for (name, columns, most) in [("digits", 64, 1.0), ("iris", 4, 1.0)] {
        let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/models");
        let file = fs::read(models.join(format!("{name}_mlp.onnx"))).unwrap();
        let [training, test] = split(name, columns);
        let floats = |row: &Vec<String>| row.iter().map(|text| text.parse().unwrap()).collect();
        let calibration = Calibration {
            columns: (0..columns).map(|i| format!("column {i}")).collect(),
            rows: training.iter().map(floats).collect(),
            classes: None,
        };
        let options = Options {
            parameters: Binding::Root,
            form: Form::Scores,
            rows: 1,
        };
        let compiled = compile(&file, &calibration, &options).unwrap();
        let errors = errors_on(&compiled, &Float::read(&file), &test);
        report(&format!("{name}, 1 hidden layer, on the test rows"), errors);
        assert!(errors.actual <= errors.stated);
        assert!(errors.actual <= most, "{errors:?}");
    }
}

#[test]
fn a_network_as_large_as_can_be_proved_is_compiled_in_seconds() {
    let mut random = Random::new(1);
    let mut weights = || {
        random
            .weights(1199 * 690)
            .iter()
            .map(|w| w / 20.0)
            .collect::<Vec<_>>()
    };
    let model = Model::new(&[-1, 1199])
        .floats("v", &[1199, 690], &weights())
        .floats("w", &[690, 1199], &weights())
        .node("MatMul", "x v", "a")
        .node("Relu", "a", "r")
        .node("MatMul", "r w", "y");
    assert!(model.bytes().len() < MAX_MODEL_BYTES);
    let start = Instant::now();
    let error = compiled(&model, &bounds(1199), Form::Scores).err();
    assert_eq!(error.map(|error| error.to_string()), None);
    println!("1.65 million parameters: {:?}", start.elapsed());
    assert!(start.elapsed() < Duration::from_secs(20));
}
