//! The prediction of a linear model that a certificate was proved of.

use assay_protocol::certificate::{FEATURE_SCALE, SquaredHinge};
use assay_protocol::parameters::PARAMETER_BYTES;
use assay_protocol::prediction::{Binding, Graph, Output, Prediction, Tensor};

use crate::op::{ArgMax, Dense, Extend, Op, Positive};

/// A prediction that a training's proof says nothing of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "its graph isn't the linear classifier of {features} features and {classes} classes that the training means: \
     it may answer anything, so don't take its answers for those of a model trained so"
)]
pub struct OtherGraph {
    /// Features that the training's rows have.
    pub features: u32,
    /// Classes that the training tells apart.
    pub classes: u32,
}

/// Whether `prediction` uses a model as `method` trains it to be used, whatever the number
/// of rows in a proof, and whether or not the parameters are hidden.
///
/// A model's commitment and the proof of its training fix its parameters, and nothing that
/// is done with them. Whoever registers a model can offer predictions by any graph, such as
/// one that turns the labels around.
///
/// # Errors
/// [`OtherGraph`] where anything differs from [`linear`].
pub fn expect_trained_by(prediction: &Prediction, method: &SquaredHinge) -> Result<(), OtherGraph> {
    if *prediction == linear(method, prediction.parameters, prediction.rows) {
        return Ok(());
    }
    let (features, classes) = (method.features, method.classes);
    Err(OtherGraph { features, classes })
}

/// The specification of predictions by the model of a certificate: the same parameter blob,
/// the same bytes of a row, the class that [`classify`](crate::model::classify) gives.
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
