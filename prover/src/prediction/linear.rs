//! The prediction of a linear model that a certificate was proved of.

use assay_protocol::certificate::{FEATURE_SCALE, SquaredHinge};
use assay_protocol::parameters::PARAMETER_BYTES;
use assay_protocol::prediction::{Binding, Graph, Output, Prediction, Tensor};

use crate::op::{ArgMax, Dense, Extend, Op, Positive};

/// The specification of predictions by the model of a certificate: the same parameter blob,
/// the same bytes of a row, the class that [`classify`](crate::model::classify) gives.
///
/// Whoever compares an offer's circuit with this one knows that it predicts by the very
/// parameters whose provenance was proved, and as they were trained to be used.
pub fn linear(spec: &SquaredHinge, parameters: Binding, rows: u32) -> Prediction {
    let (vectors, width) = (spec.vectors() as u32, spec.width() as u32);
    let classify: Op = match vectors {
        1 => Positive.into(),
        _ => ArgMax.into(),
    };
    let bias = Extend {
        constants: vec![FEATURE_SCALE as i64],
    };
    let scores = Dense {
        weights: 0,
        bias: None,
    };
    let nodes: [Op; 3] = [bias.into(), scores.into(), classify];
    Prediction {
        parameters,
        rows,
        features: spec.features,
        output: Output::Label {
            classes: spec.classes,
        },
        graph: Graph {
            tensors: vec![Tensor {
                shape: vec![vectors, width],
                bytes: PARAMETER_BYTES as u8,
            }],
            nodes: (0..)
                .zip(nodes)
                .map(|(i, op)| op.to_node(vec![i]))
                .collect(),
        },
    }
}
