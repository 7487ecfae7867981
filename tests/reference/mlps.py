"""The classifiers of the tests, and what onnxruntime says of them: digits 64-32-10 and
iris 4-8-3.

Rows are those of tests/data; row i is in the test split if i % 5 == 0. Writes
tests/models/NAME_mlp.onnx, whose output are the scores, and tests/models/NAME_mlp.json:
onnxruntime's label for every row of the test split.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install \
        scikit-learn==1.9.1 onnx==1.23.2 onnxruntime==1.32.0
    /tmp/venv/bin/python tests/reference/mlps.py
"""

import csv
import json
from pathlib import Path

import numpy
import onnx
import onnxruntime
import sklearn
from onnx import TensorProto, helper, numpy_helper
from sklearn.neural_network import MLPClassifier

ROOT = Path(__file__).resolve().parents[2]
MODELS = ROOT / "tests/models"
TEST_EVERY = 5
# Number of leading feature columns, and width of the hidden layer.
MODELS_OF = {"digits": (64, 32), "iris": (4, 8)}


def read(name, features):
    """Features `[rows, features]` and class numbers, in the order of the classes' names."""
    with (ROOT / f"tests/data/{name}.csv").open(newline="") as file:
        rows = list(csv.reader(file))[1:]
    values = numpy.array([row[:features] for row in rows], dtype=numpy.float32)
    _, labels = numpy.unique([row[features] for row in rows], return_inverse=True)
    return values, labels


def export(classifier, path):
    """Two dense layers with a rectifier between them, as opset 17."""
    tensors, nodes, last = [], [], "features"
    layers = list(zip(classifier.coefs_, classifier.intercepts_))
    inputs, outputs = len(layers[0][0]), len(layers[-1][1])
    for i, (weights, bias) in enumerate(layers):
        tensors.append(numpy_helper.from_array(weights.astype(numpy.float32), f"weights_{i}"))
        tensors.append(numpy_helper.from_array(bias.astype(numpy.float32), f"bias_{i}"))
        output = "scores" if i + 1 == len(layers) else f"dense_{i}"
        nodes.append(
            helper.make_node("Gemm", [last, f"weights_{i}", f"bias_{i}"], [output], f"dense_{i}")
        )
        last = output
        if i + 1 < len(layers):
            nodes.append(helper.make_node("Relu", [last], [f"relu_{i}"], f"relu_{i}"))
            last = f"relu_{i}"
    graph = helper.make_graph(
        nodes,
        "mlp",
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, ["rows", inputs])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["rows", outputs])],
        tensors,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, path)


def make(name, features, hidden):
    """Trains, exports, and asks onnxruntime."""
    values, labels = read(name, features)
    test = numpy.arange(len(labels)) % TEST_EVERY == 0
    classifier = MLPClassifier((hidden,), random_state=0, max_iter=2000, alpha=1e-2)
    classifier.fit(values[~test], labels[~test])
    path = MODELS / f"{name}_mlp.onnx"
    export(classifier, path)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    (scores,) = session.run(None, {"features": values[test]})
    predicted = scores.argmax(axis=1)
    result = {
        "scikit_learn": sklearn.__version__,
        "onnxruntime": onnxruntime.__version__,
        "accuracy": round(float((predicted == labels[test]).mean()), 4),
        "labels": predicted.tolist(),
    }
    (MODELS / f"{name}_mlp.json").write_text(json.dumps(result) + "\n")
    print(f"{name}: accuracy {result['accuracy']} on {test.sum()} rows")


if __name__ == "__main__":
    for name, (features, hidden) in MODELS_OF.items():
        make(name, features, hidden)
