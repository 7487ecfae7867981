//! The float model beside the integers: tract runs one, the plan evaluates the other.

use assay_gadgets::harness::Recorder;
use assay_gadgets::int::scalar;
use assay_protocol::Scalar;
use assay_protocol::id::SchemaDigest;
use assay_protocol::prediction::{Binding, Output};
use assay_prover::StatementCircuit;
use assay_prover::import::{Calibration, Compiled, Form, ImportError, Options, compile};
use assay_prover::prediction::Answer;
use tract_onnx::prelude::*;
use tract_onnx::tract_hir::internal::{DimLike, Factoid, GenericFactoid};

use super::model::{Model, Random};

/// How many rows are compared, besides those at the bounds.
const ROWS: usize = 200;

/// Bounds of columns: neither symmetric nor alike.
pub fn bounds(columns: usize) -> Vec<(f64, f64)> {
    let some = [
        (-2.0, 3.0),
        (0.0, 1.0),
        (-0.5, 10.0),
        (4.0, 5.0),
        (-7.0, -1.0),
    ];
    (0..columns).map(|i| some[i % some.len()]).collect()
}

/// Calibration rows within bounds, the first two at them.
pub fn calibration(bounds: &[(f64, f64)]) -> Calibration {
    let mut random = Random::new(7);
    let mut rows: Vec<Vec<f64>> = (0..64)
        .map(|_| {
            bounds
                .iter()
                .map(|&(lo, hi)| random.between(lo, hi))
                .collect()
        })
        .collect();
    rows[0] = bounds.iter().map(|&(lo, _)| lo).collect();
    rows[1] = bounds.iter().map(|&(_, hi)| hi).collect();
    Calibration {
        columns: (0..bounds.len()).map(|i| format!("column {i}")).collect(),
        rows,
        classes: None,
    }
}

/// Compiles a model in a form, its parameters public.
pub fn compiled(model: &Model, bounds: &[(f64, f64)], form: Form) -> Result<Compiled, ImportError> {
    let options = Options {
        parameters: Binding::Root,
        form,
        rows: 1,
    };
    compile(&model.bytes(), &calibration(bounds), &options)
}

/// tract's float model.
pub struct Float {
    plan: Arc<TypedRunnableModel>,
    shape: Vec<usize>,
}

impl Float {
    pub fn of(model: &Model) -> Self {
        Self::read(&model.bytes())
    }

    /// A symbol in the input's shape is a single row.
    pub fn read(file: &[u8]) -> Self {
        let mut model = onnx().model_for_read(&mut &*file).unwrap();
        let dims = model
            .input_fact(0)
            .unwrap()
            .shape
            .dims()
            .cloned()
            .collect::<Vec<_>>();
        let size = |dim: &GenericFactoid<TDim>| dim.concretize().and_then(|d| d.to_usize().ok());
        let shape: Vec<usize> = dims.iter().map(|dim| size(dim).unwrap_or(1)).collect();
        model
            .set_input_fact(0, InferenceFact::dt_shape(f32::datum_type(), &shape))
            .unwrap();
        let plan = model.into_optimized().unwrap().into_runnable().unwrap();
        Self { plan, shape }
    }

    pub fn run(&self, row: &[f64]) -> Vec<f64> {
        let row: Vec<f32> = row.iter().map(|&x| x as f32).collect();
        let input = Tensor::from_shape(&self.shape, &row).unwrap();
        let result = self.plan.run(tvec!(input.into())).unwrap();
        let result = match result[0].datum_type() {
            DatumType::TDim => result[0].cast_to::<i64>().unwrap().into_owned(),
            _ => result[0].clone().into_tensor(),
        };
        let result = result.cast_to::<f64>().unwrap();
        result
            .try_as_plain_ram()
            .unwrap()
            .as_slice::<f64>()
            .unwrap()
            .to_vec()
    }
}

/// Rows within the schema's bounds, some of them at these: what a person would write.
pub fn rows(compiled: &Compiled) -> Vec<Vec<String>> {
    let columns = &compiled.schema.columns;
    let column = |column: &assay_protocol::schema::Column| {
        let bound = |text: &str| text.parse::<f64>().unwrap();
        (bound(&column.lower), bound(&column.upper))
    };
    let bounds: Vec<(f64, f64)> = columns.iter().map(column).collect();
    let mut random = Random::new(11);
    let mut rows: Vec<Vec<String>> = (0..ROWS)
        .map(|i| {
            let value = |&(lo, hi): &(f64, f64)| match random.below(2 + i % 7) {
                0 => lo,
                1 if i % 2 == 0 => hi,
                _ => random.between(lo, hi),
            };
            bounds
                .iter()
                .map(value)
                .map(|x| format!("{x:.12}"))
                .collect()
        })
        .collect();
    rows.push(columns.iter().map(|column| column.lower.clone()).collect());
    rows.push(columns.iter().map(|column| column.upper.clone()).collect());
    rows
}

/// What a compiled model states of its error, and what it is on some rows.
#[derive(Clone, Copy, Debug)]
pub struct Errors {
    pub stated: f64,
    pub actual: f64,
    /// The greatest score.
    pub greatest: f64,
}

/// Compares the integers' scores with the float model's on [`rows`].
pub fn errors(compiled: &Compiled, float: &Float) -> Errors {
    errors_on(compiled, float, &rows(compiled))
}

/// Compares the integers' scores with the float model's.
pub fn errors_on(compiled: &Compiled, float: &Float, rows: &[Vec<String>]) -> Errors {
    let Output::Scores {
        fraction_bits,
        count,
    } = compiled.plan.spec().output
    else {
        panic!("no scores");
    };
    let unit = 2f64.powi(-(fraction_bits as i32));
    let quantiser = compiled.schema.quantiser().unwrap();
    let (mut actual, mut greatest) = (0f64, 0f64);
    for row in rows {
        let bytes = quantiser.features(row.iter().map(String::as_str)).unwrap();
        let integers = compiled.plan.answer(&compiled.parameters, &bytes).unwrap();
        let row: Vec<f64> = row.iter().map(|text| text.parse().unwrap()).collect();
        let floats = float.run(&row);
        assert_eq!(
            (floats.len(), integers.len()),
            (count as usize, count as usize)
        );
        for (integer, float) in integers.iter().zip(floats) {
            actual = actual.max((*integer as f64 * unit - float).abs());
            greatest = greatest.max(float.abs());
        }
    }
    Errors {
        stated: compiled.error,
        actual,
        greatest,
    }
}

/// Asserts that a model's scores are within the stated error of the float model's, and that
/// this error is at most `tightness` of the greatest score.
pub fn assert_within_error(model: &Model, bounds: &[(f64, f64)], tightness: f64) -> Errors {
    let compiled = compiled(model, bounds, Form::Scores).unwrap_or_else(|error| panic!("{error}"));
    let errors = errors(&compiled, &Float::of(model));
    let nodes = &compiled.plan.spec().graph.nodes;
    let names: Vec<&str> = nodes.iter().map(|node| &node.operator[..]).collect();
    assert!(errors.actual <= errors.stated, "{errors:?} {names:?}");
    assert!(
        tightness.is_infinite() || errors.stated <= tightness * errors.greatest,
        "{errors:?} {names:?}"
    );
    errors
}

/// Asserts that the circuit computes what the plan does, of a few rows.
pub fn assert_circuit_agrees(compiled: &Compiled) {
    let quantiser = compiled.schema.quantiser().unwrap();
    for row in rows(compiled).into_iter().rev().take(3) {
        let bytes = quantiser.features(row.iter().map(String::as_str)).unwrap();
        let answer = Answer {
            plan: compiled.plan.clone(),
            parameters: &compiled.parameters,
            salt: (compiled.plan.spec().parameters == Binding::Hidden).then(|| Scalar::from(3)),
            schema: SchemaDigest(Scalar::from(5)),
            input: &bytes,
            context: Scalar::from(7),
        };
        let mut cs = Recorder::with_witness();
        let ports = answer.circuit().synthesize_with_ports(&mut cs).unwrap();
        assert!(cs.is_satisfied(), "{:?}", cs.first_unsatisfied());
        let expected = answer.output().unwrap();
        let expected = expected.iter().map(|&integer| scalar(integer.into()));
        let found = ports.outputs.iter().map(|output| output.value().unwrap());
        assert!(found.take(expected.len()).eq(expected));
    }
}
