//! Sound models to start from: every operator at least once.

use std::fs;
use std::path::Path;

use super::model::{Model, Random, float, floats, int, ints, tensor, text};

fn weights(seed: u64, count: usize) -> Vec<f32> {
    Random::new(seed).weights(count)
}

fn dense() -> Model {
    Model::new(&[-1, 4])
        .floats("w", &[4, 3], &weights(1, 12))
        .floats("b", &[3], &weights(2, 3))
        .node("Gemm", "x w b", "y")
}

/// The files.
pub fn seeds() -> Vec<Vec<u8>> {
    let file = |name: &str| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/models");
        fs::read(folder.join(name)).unwrap()
    };
    let constant = floats("", &[4], &weights(3, 4));
    let models = [
        dense(),
        dense().node("Relu", "y", "r").node("Neg", "r", "z"),
        dense().node("Sigmoid", "y", "z"),
        dense()
            .node("Softmax", "y", "p")
            .node_with("ArgMax", "p", "z", vec![int("axis", 1)]),
        dense()
            .node_with(
                "ArgMax",
                "y",
                "a",
                vec![int("axis", -1), int("keepdims", 0)],
            )
            .node_with("Cast", "a", "z", vec![int("to", 1)]),
        dense()
            .floats("v", &[3, 3], &weights(4, 9))
            .node("Relu", "y", "r")
            .node("MatMul", "r v", "m")
            .node("Add", "m y", "z"),
        Model::new(&[-1, 4])
            .floats("mean", &[4], &weights(5, 4))
            .floats("spread", &[1, 4], &[0.5, 2.0, 3.0, 0.25])
            .floats("w", &[2, 4], &weights(6, 8))
            .node("Sub", "x mean", "c")
            .node("Div", "c spread", "d")
            .node_with(
                "Gemm",
                "d w",
                "z",
                vec![int("transB", 1), float("alpha", 0.5)],
            ),
        Model::new(&[-1, 2, 2, 3])
            .integers("s", &[0, -1])
            .floats("w", &[12, 2], &weights(7, 24))
            .node_with("Transpose", "x", "t", vec![ints("perm", &[0, 2, 3, 1])])
            .node("Reshape", "t s", "f")
            .node("MatMul", "f w", "z"),
        Model::new(&[-1, 2, 3])
            .floats("w", &[3, 4], &weights(8, 12))
            .integers("a", &[0])
            .node_with("Einsum", "x w", "e", vec![text("equation", "bij,jk->bik")])
            .node("Relu", "e", "r")
            .node_with("Flatten", "r", "f", vec![int("axis", 1)])
            .node("Unsqueeze", "f a", "u")
            .node("Squeeze", "u a", "z"),
        Model::new(&[-1, 4])
            .floats("lo", &[], &[-0.5])
            .floats("hi", &[], &[0.75])
            .node("Clip", "x lo hi", "c")
            .node("Max", "c lo", "d")
            .node("Min", "d hi", "e")
            .node("Dropout", "e", "f")
            .node("Identity", "f", "z"),
        Model::new(&[4])
            .node_with("Constant", "", "c", vec![tensor("value", constant)])
            .node("Mul", "x c", "m")
            .node("Add", "m c", "a")
            .node("Sub", "c a", "z"),
    ];
    let mut seeds: Vec<Vec<u8>> = models.iter().map(Model::bytes).collect();
    seeds.extend(["digits_mlp.onnx", "iris_mlp.onnx", "keras_tract_tf2.onnx"].map(file));
    seeds
}
