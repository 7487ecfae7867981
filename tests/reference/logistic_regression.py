"""Held-out accuracy of scikit-learn's logistic regression: what a certified
classifier is compared with.

Five folds: row i is held out in fold i % 5. Features are standardised with the
training rows' mean and deviation; LogisticRegression keeps its defaults but for
max_iter. Writes logistic_regression.json beside this file.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install scikit-learn==1.9.1
    /tmp/venv/bin/python tests/reference/logistic_regression.py
"""

import csv
import json
from pathlib import Path

import numpy
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

FOLDS = 5
ROOT = Path(__file__).resolve().parents[2]
# File and number of leading feature columns.
DATA = {
    "wdbc": ("cli/data/wdbc.csv", 10),
    "iris": ("tests/data/iris.csv", 4),
    "wine": ("tests/data/wine.csv", 13),
    "digits": ("tests/data/digits.csv", 64),
}


def read(path, features):
    """Features `[rows, features]` and labels; the label is the last column."""
    with (ROOT / path).open(newline="") as file:
        rows = list(csv.reader(file))[1:]
    values = numpy.array([row[:features] for row in rows], dtype=float)
    return values, numpy.array([row[-1] for row in rows])


def held_out_accuracies(values, labels):
    """The accuracy of each fold."""
    folds = numpy.arange(len(labels)) % FOLDS
    for fold in range(FOLDS):
        train, test = folds != fold, folds == fold
        model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=5000))
        model.fit(values[train], labels[train])
        yield model.score(values[test], labels[test])


def result(path, features):
    """The mean over folds and what it was computed on."""
    values, labels = read(path, features)
    mean = float(numpy.mean(list(held_out_accuracies(values, labels))))
    return {"file": path, "features": features, "rows": len(labels), "accuracy": round(mean, 6)}


report = {
    "scikit_learn": sklearn.__version__,
    "folds": FOLDS,
    "data": {name: result(*source) for name, source in DATA.items()},
}
target = Path(__file__).with_suffix(".json")
target.write_text(json.dumps(report, indent=2) + "\n")
print(target.read_text(), end="")
