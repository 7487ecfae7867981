"""Writes the data sets of this repository from those that scikit-learn ships.

Values are copied as text, digit for digit; what changes is the header, which
gets column names, and the label, which gets its class name.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install scikit-learn==1.9.1
    /tmp/venv/bin/python tests/reference/convert_data.py
"""

import gzip
from pathlib import Path

import sklearn.datasets

SOURCE = Path(sklearn.datasets.__file__).parent / "data"
ROOT = Path(__file__).resolve().parents[2]

CELL = [
    "radius", "texture", "perimeter", "area", "smoothness", "compactness",
    "concavity", "concave_points", "symmetry", "fractal_dimension",
]
WDBC = [f"{statistic}_{name}" for statistic in ("mean", "error", "worst") for name in CELL]
IRIS = ["sepal_length", "sepal_width", "petal_length", "petal_width"]
WINE = [
    "alcohol", "malic_acid", "ash", "alcalinity_of_ash", "magnesium", "total_phenols",
    "flavanoids", "nonflavanoid_phenols", "proanthocyanins", "color_intensity", "hue",
    "od280_od315_of_diluted_wines", "proline",
]
DIGITS = [f"pixel_{row}_{column}" for row in range(8) for column in range(8)]


def write(target, columns, label, classes, rows):
    """Writes `rows` (lists of text, the class number last) under a header."""
    lines = [",".join([*columns, label])]
    for row in rows:
        assert len(row) == len(columns) + 1
        lines.append(",".join([*row[:-1], classes[int(row[-1])]]))
    (ROOT / target).write_text("\n".join(lines) + "\n")


def scikit_csv(name):
    """The rows of a CSV whose first line is `rows,features,class,class,...`."""
    first, *lines = (SOURCE / name).read_text().split()
    rows, _, *classes = first.split(",")
    assert len(lines) == int(rows)
    return classes, [line.split(",") for line in lines]


classes, rows = scikit_csv("breast_cancer.csv")
write("cli/data/wdbc.csv", WDBC, "diagnosis", classes, rows)
classes, rows = scikit_csv("iris.csv")
write("tests/data/iris.csv", IRIS, "species", classes, rows)
classes, rows = scikit_csv("wine_data.csv")
write("tests/data/wine.csv", WINE, "cultivar", classes, rows)
digits = gzip.decompress((SOURCE / "digits.csv.gz").read_bytes()).decode().split()
write("tests/data/digits.csv", DIGITS, "digit", [str(digit) for digit in range(10)],
      [line.split(",") for line in digits])
