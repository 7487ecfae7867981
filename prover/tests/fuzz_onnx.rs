//! Mutated ONNX files: each is compiled, or refused in one line, within two seconds and
//! without a panic; and whatever is compiled computes what the float model does.
//!
//! `ASSAY_FUZZ_CASES` says how many cases are run (2,000 by default), `ASSAY_FUZZ_FIRST` the
//! first of them. A case is the same in every run.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "import/model.rs"]
mod model;
#[path = "fuzz_onnx/mutation.rs"]
mod mutation;
#[path = "fuzz_onnx/seeds.rs"]
mod seeds;

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use assay_protocol::prediction::{Binding, Output};
use assay_prover::import::{Calibration, Compiled, Form, Options, compile};
use model::Random;
use prost::Message;
use tract_onnx::pb::{ModelProto, tensor_shape_proto::dimension::Value, type_proto};
use tract_onnx::prelude::*;
use tract_onnx::tract_hir::internal::{DimLike, Factoid, GenericFactoid};

/// What no case may take.
const MOST: Duration = Duration::from_secs(2);
const CASES: usize = 2000;

thread_local! {
    /// Whether a panic is the float model's, which is nobody's fault here.
    static IS_FLOAT: Cell<bool> = const { Cell::new(false) };
}
static PANICS: AtomicUsize = AtomicUsize::new(0);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Refused,
    Compiled,
    /// And compared with the float model.
    Compared,
}

fn from_environment(name: &str, default: usize) -> usize {
    std::env::var(name).map_or(default, |text| text.parse().expect("a number"))
}

/// Values a row that a file declares, a symbol counted as one.
fn width(file: &[u8]) -> Option<usize> {
    let graph = ModelProto::decode(file).ok()?.graph?;
    let type_proto::Value::TensorType(tensor) =
        graph.input.first()?.r#type.as_ref()?.value.clone()?;
    let size = |value: Option<Value>| match value {
        Some(Value::DimValue(size)) => usize::try_from(size).ok(),
        _ => Some(1),
    };
    let dimensions = tensor.shape?.dim.into_iter();
    let width = dimensions
        .map(|dim| size(dim.value))
        .try_fold(1usize, |all, d| all.checked_mul(d?))?;
    (1..=128).contains(&width).then_some(width)
}

fn calibration(columns: usize, random: &mut Random) -> Calibration {
    let mut row = || {
        (0..columns)
            .map(|j| random.between(-1.0, 1.0 + (j % 5) as f64))
            .collect()
    };
    Calibration {
        columns: (0..columns).map(|j| format!("column {j}")).collect(),
        rows: (0..3).map(|_| row()).collect(),
        classes: None,
    }
}

/// The scores of tract's float model, unless it can't make sense of the file.
fn float_scores(file: &[u8], row: &[f64]) -> Option<Vec<f64>> {
    let run = || -> TractResult<Vec<f64>> {
        let mut model = onnx()
            .with_ignore_output_shapes(true)
            .with_ignore_output_types(true)
            .with_ignore_value_info(true)
            .model_for_read(&mut &*file)?;
        let dims: Vec<_> = model.input_fact(0)?.shape.dims().cloned().collect();
        let size = |dim: &GenericFactoid<TDim>| dim.concretize().and_then(|d| d.to_usize().ok());
        let shape: Vec<usize> = dims.iter().map(|dim| size(dim).unwrap_or(1)).collect();
        model.set_input_fact(0, InferenceFact::dt_shape(f32::datum_type(), &shape))?;
        let row: Vec<f32> = row.iter().map(|&x| x as f32).collect();
        let input = Tensor::from_shape(&shape, &row)?;
        let result = model
            .into_typed()?
            .into_runnable()?
            .run(tvec!(input.into()))?;
        let result = result[0].cast_to::<f64>()?;
        Ok(result.try_as_plain_ram()?.as_slice::<f64>()?.to_vec())
    };
    IS_FLOAT.set(true);
    let result = catch_unwind(AssertUnwindSafe(run));
    IS_FLOAT.set(false);
    result.ok()?.ok()
}

/// Asserts that the integers are the float model's scores but for the stated error.
fn compare(file: &[u8], compiled: &Compiled, row: &[f64]) -> Outcome {
    let quantiser = compiled.schema.quantiser().unwrap();
    let texts: Vec<String> = row.iter().map(|x| format!("{x:.9}")).collect();
    let row: Vec<f64> = texts.iter().map(|text| text.parse().unwrap()).collect();
    let bytes = quantiser
        .features(texts.iter().map(String::as_str))
        .unwrap();
    let answers = compiled.plan.answer(&compiled.parameters, &bytes).unwrap();
    compiled.plan.spec().output_to_bytes(&answers).unwrap();
    let Output::Scores { fraction_bits, .. } = compiled.plan.spec().output else {
        return Outcome::Compiled;
    };
    let Some(floats) = float_scores(file, &row) else {
        return Outcome::Compiled;
    };
    assert_eq!(floats.len(), answers.len());
    let unit = 2f64.powi(-(fraction_bits as i32));
    for (&answer, float) in answers.iter().zip(floats) {
        let error = (answer as f64 * unit - float).abs();
        // The rows' texts are rounded, which may put them outside a bound by as much.
        let stated = compiled.error * 1.001 + 1e-6;
        assert!(error <= stated, "off by {error}, stated {stated}");
    }
    Outcome::Compared
}

fn run(case: usize, seeds: &[Vec<u8>]) -> Outcome {
    let mut random = Random::new(case as u64 + 1);
    let file = mutation::mutated(seeds, &mut random);
    let columns = width(&file).unwrap_or(4);
    let calibration = calibration(columns, &mut random);
    let (parameters, form) = match random.below(4) {
        0 => (Binding::Hidden, Form::Label),
        1 => (Binding::Hidden, Form::Bucket(0.5)),
        _ => (Binding::Root, Form::Scores),
    };
    let options = Options {
        parameters,
        form,
        rows: 1,
    };
    match compile(&file, &calibration, &options) {
        Ok(compiled) => compare(&file, &compiled, &calibration.rows[0]),
        Err(error) => {
            let line = error.to_string();
            let is_line = !line.chars().any(char::is_control) && line.len() < 700;
            assert!(is_line && !line.is_empty(), "{line:?}");
            Outcome::Refused
        }
    }
}

#[test]
fn mutated_models_are_compiled_rightly_or_refused_in_one_line() {
    let others = take_hook();
    set_hook(Box::new(move |panic| {
        if !IS_FLOAT.get() {
            PANICS.fetch_add(1, Ordering::Relaxed);
            others(panic);
        }
    }));
    let first = from_environment("ASSAY_FUZZ_FIRST", 0);
    let cases = from_environment("ASSAY_FUZZ_CASES", CASES);
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || {
        let seeds = seeds::seeds();
        for case in first..first + cases {
            let outcome = catch_unwind(AssertUnwindSafe(|| run(case, &seeds)));
            if send.send(outcome).is_err() {
                return;
            }
        }
    });
    let mut outcomes = std::collections::BTreeMap::new();
    for case in first..first + cases {
        // The first one waits for the seeds as well.
        let outcome = receive.recv_timeout(MOST);
        let outcome = outcome.unwrap_or_else(|_| panic!("case {case} takes more than {MOST:?}"));
        let outcome = outcome.unwrap_or_else(|_| panic!("case {case} fails, see above"));
        *outcomes.entry(outcome).or_insert(0) += 1;
    }
    println!("{cases} cases: {outcomes:?}");
    assert_eq!(PANICS.load(Ordering::Relaxed), 0);
    // A fuzzer that gets nowhere shows nothing.
    let compared = outcomes.get(&Outcome::Compared).copied().unwrap_or(0);
    assert!(
        compared >= cases / 20,
        "only {compared} models were compared"
    );
}
