//! ONNX models to graphs: the one place that names tract, and where floats end.
//!
//! The file is checked before tract sees it, tract makes a typed model of it, and each of
//! its nodes becomes nodes of a [`Graph`](assay_protocol::prediction::Graph) by the first
//! operator that knows it. Scales are powers of two, chosen from calibration rows.

mod builder;
mod calibration;
mod check;
mod columns;
mod contraction;
mod element;
mod error;
mod floats;
mod guard;
mod load;
mod names;
mod node;
mod operand;
mod protobuf;
mod shape;
mod tensor;

use std::sync::Arc;

use assay_protocol::prediction::{Binding, Prediction};
use assay_protocol::schema::Schema;

pub(crate) use builder::Builder;
pub(crate) use contraction::Contraction;
pub use error::ImportError;
pub(crate) use floats::Floats;
pub use load::MAX_MODEL_BYTES;
pub(crate) use node::TractNode;
pub(crate) use operand::{Imported, Operand};

use crate::graph::Plan;
use crate::op::Op;

/// What a row is to be answered with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Form {
    /// The class.
    Label,
    /// The bucket of this width, in the model's own unit, that the only score falls into.
    Bucket(f64),
    /// Every score.
    Scores,
}

/// How a model is compiled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// How a proof names the parameters.
    pub parameters: Binding,
    /// What a row is answered with.
    pub form: Form,
    /// Rows in a proof.
    pub rows: u32,
}

/// Rows in the model's own units, from which scales are chosen and the schema is made. They
/// shape the public schema and the scales in the specification, so they shouldn't be rows
/// that must stay hidden.
#[derive(Clone, Debug)]
pub struct Calibration {
    /// A name for each column.
    pub columns: Vec<String>,
    /// The rows, each as long as `columns`.
    pub rows: Vec<Vec<f64>>,
    /// Names of the classes, where the form is a label and they have names.
    pub classes: Option<Vec<String>>,
}

/// A node of the specification, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeOrigin {
    /// The node of the ONNX file.
    pub name: String,
}

/// A compiled model. No `Debug`: the parameters may be hidden.
#[derive(Clone)]
pub struct Compiled {
    /// What is proved, read and checked.
    pub plan: Arc<Plan>,
    /// The parameter blob.
    pub parameters: Vec<u8>,
    /// What maps a row to bytes.
    pub schema: Schema,
    /// Where each node of the graph comes from.
    pub origins: Vec<NodeOrigin>,
    /// By how much a score may differ from what the float model computes in single
    /// precision, in the model's unit, for rows within the schema's bounds. 0 where there
    /// are no scores. It depends on the parameters: a hidden model's owner alone knows it.
    pub error: f64,
}

/// Compiles an ONNX file.
///
/// # Errors
/// [`ImportError`], in one line, with the node, its operator and the operator set where a
/// node is at fault.
pub fn compile(
    onnx: &[u8],
    calibration: &Calibration,
    options: &Options,
) -> Result<Compiled, ImportError> {
    calibration::check(calibration)?;
    let loaded = load::load(onnx, calibration.columns.len())?;
    let greatest = calibration::greatest(&loaded, &calibration.rows)?;
    let columns = columns::Columns::of(&calibration.rows);
    let mut builder = Builder::new(columns.clone(), loaded.opset());
    let last = import_nodes(&loaded, &greatest, &mut builder, options.form)?;
    let output = builder.finish(&last, options.form)?;
    let classes = match output.classes() {
        Some(count) => class_names(calibration, count)?,
        None if calibration.classes.is_some() => return Err(ImportError::ClassesOfNumbers),
        None => Vec::new(),
    };
    let schema = columns.schema(&calibration.columns, classes);
    schema.quantiser()?;
    let (graph, tensors, origins) = builder.into_graph();
    let spec = Prediction {
        parameters: options.parameters,
        rows: options.rows,
        features: u32::try_from(calibration.columns.len()).unwrap_or(u32::MAX),
        output: output.form,
        graph,
    };
    let plan = Plan::new(&spec)?;
    let parameters = spec.graph.parameters_to_bytes(&tensors)?;
    Ok(Compiled {
        plan: Arc::new(plan),
        parameters,
        schema,
        origins,
        error: output.error,
    })
}

/// The names of a label's classes, by default their numbers.
fn class_names(calibration: &Calibration, expected: usize) -> Result<Vec<String>, ImportError> {
    match &calibration.classes {
        Some(names) if names.len() == expected => Ok(names.clone()),
        Some(names) => {
            let found = names.len();
            Err(ImportError::Classes { expected, found })
        }
        None => Ok((0..expected).map(|class| class.to_string()).collect()),
    }
}

/// Imports the nodes in order; the operand that the model's output is.
fn import_nodes(
    loaded: &load::Loaded,
    greatest: &[f64],
    builder: &mut Builder,
    form: Form,
) -> Result<Operand, ImportError> {
    let mut done = vec![None; loaded.len()];
    done[loaded.input()] = Some(builder.input(loaded.input_shape())?);
    for &id in loaded.order() {
        if done[id].is_some() {
            continue;
        }
        let node = TractNode::new(loaded, id, &done, greatest);
        let (name, operator) = loaded.origin(id);
        builder.begin(name, operator);
        let imported = import_node(&node, builder, form)?;
        let place = imported.instead_of.unwrap_or(id);
        let operand = imported.operand.with_greatest(greatest[place]);
        // Nothing else uses a node that another one has taken in.
        done[id] = Some(operand.clone());
        done[place] = Some(operand);
    }
    done[loaded.output()].take().ok_or(ImportError::NoOutput)
}

fn import_node(
    node: &TractNode<'_>,
    builder: &mut Builder,
    form: Form,
) -> Result<Imported, ImportError> {
    if let Some(constant) = node.constant()? {
        return Ok(Operand::Constant(constant).into());
    }
    if node.is_passed_through(form) {
        return Ok(node.input(0)?.into());
    }
    let imported = Op::import(node, builder)?;
    imported.ok_or_else(|| match node.keeps_order() {
        true => node.refused(
            "it is supported only after all scores of a model that answers with the label",
        ),
        false => node.refused("this operator isn't supported: see `assay ops`"),
    })
}
