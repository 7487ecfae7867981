//! A model small enough for the harness: two features, a hidden layer of two, two classes.

use std::collections::BTreeMap;
use std::sync::Arc;

use assay_protocol::Scalar;
use assay_protocol::id::SchemaDigest;
use assay_protocol::prediction::{Binding, Graph, Node, Output, Prediction, Tensor};
use assay_prover::graph::Plan;
use assay_prover::prediction::Answer;

/// An operator on a value, with attributes of one integer.
pub fn node(operator: &str, input: u32, attributes: &[(&str, i64)]) -> Node {
    let attributes = attributes
        .iter()
        .map(|&(name, value)| (name.into(), vec![value]));
    Node {
        operator: operator.into(),
        inputs: vec![input],
        attributes: BTreeMap::from_iter(attributes),
    }
}

/// The specification; its output is `output`, from a graph that ends as that needs.
pub fn spec(parameters: Binding, rows: u32, output: Output) -> Prediction {
    let tensor = |shape: &[u32], bytes| Tensor {
        shape: shape.to_vec(),
        bytes,
    };
    let last = match output {
        Output::Label { .. } => Some(node("arg_max", 3, &[])),
        Output::Scores { .. } => None,
        Output::Bucket { width, .. } => Some(node("bucket", 3, &[("width", width as i64)])),
    };
    let classes = output.integers().max(match output {
        Output::Label { .. } => 2,
        _ => 1,
    }) as u32;
    // A bucket's quotient is found by search: few bits keep that short.
    let shift = match output {
        Output::Bucket { .. } => 12,
        Output::Label { .. } | Output::Scores { .. } => 4,
    };
    let mut nodes = vec![
        node("dense", 0, &[("weights", 0), ("bias", 1)]),
        node("max", 1, &[("constant", 0), ("shift", shift)]),
        node("dense", 2, &[("weights", 2)]),
    ];
    nodes.extend(last);
    Prediction {
        parameters,
        rows,
        features: 2,
        output,
        graph: Graph {
            tensors: vec![
                tensor(&[2, 2], 1),
                tensor(&[2], 2),
                tensor(&[classes, 2], 1),
            ],
            nodes,
        },
    }
}

/// A hidden model that answers two rows with a label each.
pub fn hidden_label() -> Prediction {
    spec(Binding::Hidden, 2, Output::Label { classes: 2 })
}

/// Parameters of such a model, one per seed.
pub fn parameters(spec: &Prediction, seed: i64) -> Vec<u8> {
    let classes = spec.graph.tensors[2].len().unwrap();
    let tensors = [
        vec![3 * seed, -128, 127, -5],
        vec![-3000 + seed, 4000],
        [[9, -7], [-100 - seed, 60]].concat()[..classes].to_vec(),
    ];
    spec.graph.parameters_to_bytes(&tensors).unwrap()
}

/// An answer to `input`.
pub fn answer<'a>(spec: &Prediction, parameters: &'a [u8], input: &'a [u8]) -> Answer<'a> {
    Answer {
        plan: Arc::new(Plan::new(spec).unwrap()),
        parameters,
        salt: (spec.parameters == Binding::Hidden).then(|| Scalar::from(77)),
        schema: SchemaDigest(Scalar::from(88)),
        input,
        context: Scalar::from(99),
    }
}
