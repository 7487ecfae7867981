//! The shape of the only input, for one row.

use std::collections::HashSet;

use tract_onnx::pb::tensor_proto::DataType;
use tract_onnx::pb::tensor_shape_proto::{Dimension, dimension::Value};
use tract_onnx::pb::{GraphProto, ValueInfoProto, type_proto};

use super::ImportError;
use crate::op::MAX_ELEMENTS;
use crate::tensor::{MAX_RANK, product};

/// The only input that no initializer gives a value to.
pub(super) fn only_input(graph: &GraphProto) -> Result<&ValueInfoProto, ImportError> {
    let initialised: HashSet<&str> = graph.initializer.iter().map(|t| t.name.as_str()).collect();
    let is_computed = |input: &&ValueInfoProto| !initialised.contains(input.name.as_str());
    let inputs: Vec<_> = graph.input.iter().filter(is_computed).collect();
    match inputs[..] {
        [input] => Ok(input),
        _ => {
            let problem = format!("it has {}, and must have one", inputs.len());
            Err(ImportError::Input(problem))
        }
    }
}

/// An input's dimensions for one row, which must hold as many values as a row has.
pub(super) fn of_row(input: &ValueInfoProto, features: usize) -> Result<Vec<usize>, ImportError> {
    let refuse = |problem: String| Err(ImportError::Input(problem));
    let kind = input.r#type.as_ref().and_then(|kind| kind.value.as_ref());
    let Some(type_proto::Value::TensorType(tensor)) = kind else {
        return refuse("the input is no tensor".into());
    };
    if tensor.elem_type != DataType::Float as i32 {
        return refuse("the input isn't of type float32: export the model with one that is".into());
    }
    let dimensions = tensor.shape.as_ref().map_or(&[][..], |shape| &shape.dim);
    if dimensions.is_empty() || dimensions.len() > MAX_RANK {
        return refuse("the input has no shape, or too many dimensions".into());
    }
    let shape = dimensions.iter().enumerate().map(|(axis, dimension)| {
        size(axis, dimension, dimensions.len() > 1).map_err(ImportError::Input)
    });
    let shape = shape.collect::<Result<Vec<_>, _>>()?;
    match product(&shape) {
        Some(found) if found == features => Ok(shape),
        Some(found) => refuse(format!(
            "the model takes {found} values a row, of shape {shape:?}; the calibration rows \
             have {features}"
        )),
        None => refuse("the input is too large".into()),
    }
}

/// A dimension; what is wrong with it.
fn size(axis: usize, dimension: &Dimension, may_be_batch: bool) -> Result<usize, String> {
    match &dimension.value {
        Some(Value::DimValue(value)) if (1..=MAX_ELEMENTS as i64).contains(value) => {
            Ok(*value as usize)
        }
        Some(Value::DimValue(value)) => Err(format!("dimension {axis} is {value}")),
        // The first dimension is the batch; rows are proved one by one.
        _ if axis == 0 && may_be_batch => Ok(1),
        _ => Err(format!(
            "dimension {axis} is dynamic: export the model with a fixed one"
        )),
    }
}
