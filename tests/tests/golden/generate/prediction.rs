//! Predictions, of known trapdoors: one of each form of output.

use assay_protocol::parameters::PublicParameters;
use std::collections::BTreeMap;

use assay_groth16::Scalar;
use assay_protocol::circuit::CircuitSpec;
use assay_protocol::id::{ModelCommitment, ParametersRoot, SchemaDigest};
use assay_protocol::prediction::{Binding, Graph, Node, Output, Prediction, Tensor};
use assay_protocol::statement::Model;
use assay_verifier::{Answer, Claim};

use super::certificate::schema;
use super::files::{Files, toy};

fn graph(operators: &[&str]) -> Graph {
    let tensor = |shape: &[u32], bytes| Tensor {
        shape: shape.to_vec(),
        bytes,
    };
    let node = |(i, operator): (usize, &&str)| Node {
        operator: (*operator).into(),
        inputs: vec![i as u32],
        attributes: BTreeMap::from([("tensor".into(), vec![i as i64])]),
    };
    Graph {
        tensors: vec![tensor(&[2, 2], 1), tensor(&[2], 3)],
        nodes: operators.iter().enumerate().map(node).collect(),
    }
}

fn prediction(parameters: Binding, rows: u32, output: Output, operators: &[&str]) -> Prediction {
    Prediction {
        parameters,
        rows,
        features: 2,
        output,
        graph: graph(operators),
    }
}

fn files(prediction: Prediction, seed: u64, model: Model, input: &[u8], output: &[i64]) -> Files {
    let output = prediction.output_to_bytes(output).unwrap();
    let digest = SchemaDigest(schema().digest().unwrap());
    let answer = Answer {
        schema_digest: digest,
        schema: None,
        input: input.to_vec(),
        output,
    };
    let claim = Claim::prediction(&model, &[], answer).with_schema(schema());
    toy(&CircuitSpec::Prediction(prediction), seed, claim)
}

/// A public model's scores of two rows.
pub fn scores() -> Files {
    let output = Output::Scores {
        count: 2,
        fraction_bits: 8,
    };
    let graph = ["dense", "rescale", "max", "dense"];
    let prediction = prediction(Binding::Root, 2, output, &graph);
    let model = Model::Public(PublicParameters::Poseidon(ParametersRoot(Scalar::from(31))));
    files(
        prediction,
        20,
        model,
        &[10, 200, 0, 255],
        &[320, -96, -1, 0],
    )
}

/// A hidden model's label.
pub fn label() -> Files {
    let output = Output::Label { classes: 2 };
    let prediction = prediction(Binding::Hidden, 1, output, &["dense", "arg_max"]);
    let model = Model::Hidden(ModelCommitment(Scalar::from(32)));
    files(prediction, 30, model, &[200, 40], &[1])
}

/// A hidden model's bucket, half a unit wide.
pub fn bucket() -> Files {
    let output = Output::Bucket {
        width: 128,
        fraction_bits: 8,
    };
    let prediction = prediction(Binding::Hidden, 1, output, &["dense", "bucket"]);
    let model = Model::Hidden(ModelCommitment(Scalar::from(33)));
    files(prediction, 40, model, &[25, 240], &[-3])
}
