//! Calibration: how large every value of the float model gets.

use assay_protocol::dataset::MAX_FEATURES;
use tract_onnx::prelude::{IntoTensor, Tensor, tvec};
use tract_onnx::tract_core::internal::tract_ndarray::ArrayD;

use super::guard::guarded;
use super::load::{Loaded, floats};
use super::{Calibration, ImportError};

/// The most numbers in all rows together.
const MAX_NUMBERS: usize = 1 << 24;
/// The most multiplications for all rows together.
const MAX_MULTIPLICATIONS: usize = 1 << 36;
/// Beyond this, single precision is lost on the way through the float model.
const MAX_NUMBER: f64 = 1e12;

/// Checks that there are rows, and that every number is finite.
pub(super) fn check(calibration: &Calibration) -> Result<(), ImportError> {
    let refused = |problem: String| Err(ImportError::Calibration(problem));
    let width = calibration.columns.len();
    if calibration.rows.is_empty() || width == 0 {
        return refused("there are none: give at least one row".into());
    }
    if width > MAX_FEATURES {
        return refused(format!(
            "they have {width} columns; a row has at most {MAX_FEATURES}"
        ));
    }
    if calibration.rows.len().saturating_mul(width) > MAX_NUMBERS {
        return refused(format!("more than {MAX_NUMBERS} numbers: give fewer rows"));
    }
    for (i, row) in calibration.rows.iter().enumerate() {
        if row.len() != width {
            return refused(format!("row {i} has {} values, not {width}", row.len()));
        }
        let is_usable = |value: &&f64| value.abs() < MAX_NUMBER;
        if let Some(value) = row.iter().find(|value| !is_usable(value)) {
            return refused(format!(
                "row {i} holds {value:e}: give finite numbers below {MAX_NUMBER:e}"
            ));
        }
    }
    Ok(())
}

/// The greatest magnitude of every node's value over all rows, by node.
pub(super) fn greatest(loaded: &Loaded, rows: &[Vec<f64>]) -> Result<Vec<f64>, ImportError> {
    let refused = |problem: String| Err(ImportError::Calibration(problem));
    let multiplications = loaded.multiplications.saturating_mul(rows.len());
    if multiplications > MAX_MULTIPLICATIONS {
        return refused(format!(
            "running the model on them takes {multiplications} multiplications, at most \
             {MAX_MULTIPLICATIONS} are made: give fewer rows"
        ));
    }
    let plan = loaded.runnable()?;
    let mut greatest = vec![0.0f64; loaded.len()];
    for (i, row) in rows.iter().enumerate() {
        let input = tensor(row, loaded.input_shape())?;
        let results = guarded(|| plan.run(tvec!(input.into())))?;
        for (&node, result) in loaded.order().iter().zip(&results) {
            let magnitude = magnitude(result)?;
            if !magnitude.is_finite() {
                let (name, operator) = loaded.origin(node);
                return refused(format!(
                    "row {i} makes node {name:?} (operator {operator}) compute what isn't finite"
                ));
            }
            greatest[node] = greatest[node].max(magnitude);
        }
    }
    Ok(greatest)
}

/// A row as the model's input.
fn tensor(row: &[f64], shape: &[usize]) -> Result<Tensor, ImportError> {
    let floats: Vec<f32> = row.iter().map(|&x| x as f32).collect();
    let array = ArrayD::from_shape_vec(shape, floats);
    let array = array.map_err(|error| ImportError::Input(error.to_string()))?;
    Ok(array.into_tensor())
}

/// The greatest magnitude of floats; of what isn't a float it is of no use.
fn magnitude(tensor: &Tensor) -> Result<f64, ImportError> {
    if !tensor.datum_type().is_float() {
        return Ok(0.0);
    }
    let greater = |greatest: f64, x: &f64| match x.is_nan() {
        true => f64::NAN,
        false if greatest.is_nan() => f64::NAN,
        false => greatest.max(x.abs()),
    };
    Ok(floats(tensor)?.iter().fold(0.0, greater))
}
