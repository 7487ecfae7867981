//! What is refused of a node by itself.

use std::collections::HashSet;

use tract_onnx::pb::{AttributeProto, NodeProto};

use super::{Constant, plain_domain, refused};
use crate::import::ImportError;
use crate::import::error::shown;
use crate::op::{MAX_ELEMENTS, OPERATORS};
use crate::tensor::MAX_RANK;
use crate::tensor::product;

/// The most inputs or outputs of a node.
const MAX_ARITY: usize = 8;
/// The most characters of an attribute.
const MAX_TEXT: usize = 64;
/// Operators that become no node: constants, what is passed through, and what may come last.
const OTHERS: [&str; 7] = [
    "Constant",
    "Identity",
    "Dropout",
    "Cast",
    "Sigmoid",
    "Softmax",
    "LogSoftmax",
];

/// Checks the list of dimensions or axes that an operator takes as its second input; what is
/// wrong with it. tract multiplies dimensions without looking for an overflow.
pub(super) fn check_list(operator: &str, list: Option<&Vec<i64>>) -> Result<(), String> {
    let is_fit = match (operator, list) {
        ("Reshape", Some(list)) => {
            let sizes = list.iter().filter(|&&size| !matches!(size, 0 | -1));
            let elements = sizes.map(|&size| usize::try_from(size).ok());
            let elements = elements
                .collect::<Option<Vec<_>>>()
                .and_then(|sizes| product(&sizes));
            elements.is_some_and(|elements| elements <= MAX_ELEMENTS)
        }
        ("Squeeze" | "Unsqueeze", Some(list)) => list.iter().all(is_axis),
        ("Reshape" | "Squeeze" | "Unsqueeze", None) => false,
        _ => true,
    };
    match is_fit {
        true => Ok(()),
        false => Err(format!(
            "its second input must be at most {MAX_RANK} constant integers, and these a shape \
             or axes: export the model with fixed shapes"
        )),
    }
}

fn is_axis(axis: &i64) -> bool {
    axis.unsigned_abs() <= MAX_RANK as u64
}

/// Refuses an operator that isn't supported at all.
pub(super) fn check_operator(node: &NodeProto, opset: i64) -> Result<(), ImportError> {
    let operator = node.op_type.as_str();
    let mut supported = OPERATORS.iter().flat_map(|info| info.onnx).chain(&OTHERS);
    if plain_domain(&node.domain).is_empty() && supported.any(|&name| name == operator) {
        return Ok(());
    }
    let problem = "this operator isn't supported: see `assay ops`";
    Err(refused(node, opset, problem))
}

/// Checks a node by itself; the constant that it holds, if any.
pub(super) fn check_node(node: &NodeProto, opset: i64) -> Result<Constant, ImportError> {
    if node.input.len() > MAX_ARITY || node.output.len() > MAX_ARITY {
        let problem = format!("it has more than {MAX_ARITY} inputs or outputs");
        return Err(refused(node, opset, problem));
    }
    let mut names = HashSet::new();
    let mut own = Constant::default();
    for attribute in &node.attribute {
        if !names.insert(attribute.name.as_str()) {
            let problem = format!("it has attribute {:?} twice", shown(&attribute.name));
            return Err(refused(node, opset, problem));
        }
        check_attribute(attribute).map_err(|problem| refused(node, opset, problem))?;
        own = match (&attribute.t, attribute.name.as_str()) {
            (Some(tensor), _) => Constant::of(tensor)?,
            (None, "value_int") => Constant::from(vec![attribute.i]),
            (None, "value_ints") => Constant::from(attribute.ints.clone()),
            (None, "value_floats") => Constant {
                elements: attribute.floats.len(),
                list: None,
            },
            (None, _) => own,
        };
    }
    Ok(own)
}

/// Checks an equation of axes: letters and dots for the inputs, apart by commas, and perhaps
/// an arrow and the same for the output.
fn check_equation(equation: &[u8]) -> Result<(), String> {
    let equation = String::from_utf8_lossy(equation).replace("...", "");
    let (inputs, output) = equation.split_once("->").unwrap_or((&equation, ""));
    let is_axis = |c: char| c.is_ascii_alphabetic() || c == ' ';
    match inputs.chars().all(|c| is_axis(c) || c == ',') && output.chars().all(is_axis) {
        true => Ok(()),
        false => Err("its equation is none".into()),
    }
}

/// Checks an attribute; what is wrong with it.
fn check_attribute(attribute: &AttributeProto) -> Result<(), String> {
    let name = shown(&attribute.name);
    let has_graph = attribute.g.is_some() || !attribute.graphs.is_empty();
    let is_sparse = attribute.sparse_tensor.is_some() || !attribute.sparse_tensors.is_empty();
    if has_graph || is_sparse {
        return Err("it holds a graph or a sparse tensor".into());
    }
    if !attribute.tensors.is_empty() {
        return Err("it holds a list of tensors".into());
    }
    let has_texts = !attribute.strings.is_empty() || attribute.s.len() > MAX_TEXT;
    if has_texts || !attribute.ref_attr_name.is_empty() {
        return Err(format!("its attribute {name:?} is no number"));
    }
    if attribute.ints.len() > MAX_RANK {
        return Err(format!(
            "its attribute {name:?} lists more than {MAX_RANK} numbers"
        ));
    }
    let mut floats = attribute.floats.iter().chain([&attribute.f]);
    if !floats.all(|x| x.is_finite()) {
        return Err(format!(
            "its attribute {name:?} holds a number that isn't finite"
        ));
    }
    let mut order = attribute.ints.clone();
    order.sort_unstable();
    let is_fit = match attribute.name.as_str() {
        "perm" => order.into_iter().eq(0..attribute.ints.len() as i64),
        "axes" => attribute.ints.iter().all(is_axis),
        "axis" => is_axis(&attribute.i),
        "equation" => return check_equation(&attribute.s),
        _ => true,
    };
    match is_fit {
        true => Ok(()),
        false => Err(format!(
            "its attribute {name:?} names axes that there aren't"
        )),
    }
}
