//! Names: tract is shown none of the file's, and what it says is told in the file's.
//!
//! So no two nodes of tract's have one name, whatever the file calls them, and a typed
//! node's name says which node of the file it comes from.

use std::collections::HashMap;

use tract_onnx::pb::tensor_proto::DataType;
use tract_onnx::pb::tensor_shape_proto::{Dimension, dimension};
use tract_onnx::pb::{GraphProto, ModelProto, TensorShapeProto, ValueInfoProto, type_proto};

use super::ImportError;
use super::check::name;
use super::error::{quoted, shown};
use super::guard::Trouble;

const NODE: &str = "node_";
const VALUE: &str = "value_";

/// A node or a value of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Origin {
    /// Its name in the file.
    pub name: String,
    /// A node's operator.
    pub operator: Option<String>,
}

/// The names of a file.
pub(super) struct Names {
    opset: i64,
    nodes: Vec<Origin>,
    values: Vec<String>,
}

impl Names {
    /// Takes every name and every text out of a graph that was checked, and gives the only
    /// input the dimensions of a row.
    pub fn taken_from(
        proto: &mut ModelProto,
        input: &str,
        shape: &[usize],
        opset: i64,
    ) -> Option<Self> {
        let graph = proto.graph.take()?;
        let mut numbers = HashMap::new();
        let mut names = Self {
            opset,
            nodes: Vec::new(),
            values: Vec::new(),
        };
        let mut number = |value: &str| {
            let next = numbers.len();
            let number = *numbers.entry(value.to_owned()).or_insert(next);
            if number == next {
                names.values.push(shown(value));
            }
            format!("{VALUE}{number}")
        };
        let mut stripped = GraphProto {
            input: vec![input_of_shape(number(input), shape)],
            ..GraphProto::default()
        };
        for mut tensor in graph.initializer {
            tensor.name = number(&tensor.name);
            tensor.doc_string.clear();
            stripped.initializer.push(tensor);
        }
        for mut node in graph.node {
            let operator = Some(shown(&node.op_type));
            let origin = Origin {
                name: shown(name(&node)),
                operator,
            };
            node.name = format!("{NODE}{}", names.nodes.len());
            node.doc_string.clear();
            let values = node.input.iter_mut().chain(&mut node.output);
            for value in values.filter(|value| !value.is_empty()) {
                *value = number(value);
            }
            for attribute in &mut node.attribute {
                attribute.doc_string.clear();
            }
            names.nodes.push(origin);
            stripped.node.push(node);
        }
        let output = |output: ValueInfoProto| ValueInfoProto {
            name: number(&output.name),
            ..ValueInfoProto::default()
        };
        stripped.output = graph.output.into_iter().map(output).collect();
        *proto = ModelProto {
            opset_import: std::mem::take(&mut proto.opset_import),
            graph: Some(stripped),
            ..ModelProto::default()
        };
        Some(names)
    }

    /// The file's operator set.
    pub fn opset(&self) -> i64 {
        self.opset
    }

    /// What a node of tract's comes from, by its name.
    pub fn origin(&self, name: &str) -> Option<Origin> {
        let number = |prefix| leading_number(name.strip_prefix(prefix)?);
        if let Some(node) = number(NODE).and_then(|number| self.nodes.get(number)) {
            return Some(node.clone());
        }
        let name = number(VALUE).and_then(|number| self.values.get(number))?;
        Some(Origin {
            name: name.clone(),
            operator: None,
        })
    }

    /// What tract says, of the node that it says it of.
    pub fn told(&self, trouble: Trouble) -> ImportError {
        let node = trouble.0.iter().find_map(|cause| {
            let (_, after) = cause.split_once(NODE)?;
            self.nodes.get(leading_number(after)?)
        });
        let (Some(node), Some(cause)) = (node, trouble.0.last()) else {
            return trouble.into();
        };
        let problem = match cause.contains(NODE) || cause.contains(VALUE) {
            true => "tract can't make sense of it".into(),
            false => format!("tract says: {}", quoted(cause)),
        };
        ImportError::Node {
            node: node.name.clone(),
            operator: node.operator.clone().unwrap_or_default(),
            opset: self.opset,
            problem,
        }
    }
}

fn leading_number(text: &str) -> Option<usize> {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    text[..end].parse().ok()
}

fn input_of_shape(name: String, shape: &[usize]) -> ValueInfoProto {
    let dim = shape.iter().map(|&size| Dimension {
        value: Some(dimension::Value::DimValue(size as i64)),
        ..Dimension::default()
    });
    let tensor = type_proto::Tensor {
        elem_type: DataType::Float as i32,
        shape: Some(TensorShapeProto { dim: dim.collect() }),
    };
    let r#type = tract_onnx::pb::TypeProto {
        value: Some(type_proto::Value::TensorType(tensor)),
        ..Default::default()
    };
    ValueInfoProto {
        name,
        r#type: Some(r#type),
        ..ValueInfoProto::default()
    }
}
