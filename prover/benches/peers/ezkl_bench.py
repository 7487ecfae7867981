"""Measures `assay` and EZKL on a prediction of the same ONNX model, for ezkl.sh.

`compare` runs every stage as a process of its own: the commands of `assay`, and for EZKL
this file with `prepare`, `setup`, `prove` or `verify` and the folder that holds its files.
Such a stage prints what it measured as the last line of its output.
"""

import argparse
import csv
import json
import subprocess
import sys
import time
from pathlib import Path

TESTS = Path(__file__).resolve().parents[3] / "tests"
MODEL = "digits"
ONNX = TESTS / "models/digits_mlp.onnx"
ROWS = TESTS / "data/digits.csv"
# The column of the rows that holds their class.
LABEL = "digit"
# Which row is predicted.
ROW = 3
# EZKL's default of fractional bits, for inputs and parameters.
SCALE = 7
# What makes EZKL cheaper than its defaults do, by how it treats parameters. Hashing them needs
# so many rows that every column costs more than it saves; without it, the table of range
# checks needs more rows than the model.
TUNED = {
    "hashed": {"num_inner_cols": 1},
    "private": {"decomp_base": 1024, "decomp_legs": 3},
}


class Failed(Exception):
    """What went wrong, in a line."""


def last_line(text):
    return next(reversed(text.strip().splitlines()), "no output")


def run(what, command):
    """The last line of a command's output, an object, and the seconds the command took."""
    start = time.perf_counter()
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    seconds = time.perf_counter() - start
    if done.returncode < 0:
        raise Failed(f"{what}: ended by signal {-done.returncode}")
    if done.returncode != 0:
        raise Failed(f"{what}: {last_line(done.stderr.strip() or done.stdout)}")
    try:
        return json.loads(last_line(done.stdout)), seconds
    except ValueError:
        raise Failed(f"{what}: no result, but {last_line(done.stdout)}") from None


class Assay:
    """Our prover: hidden parameters, which a commitment names, and a label as the answer."""

    prover, parameters = "assay", "hashed"

    def __init__(self, program, work):
        self.program = program
        self.folder = work / "assay"
        self.proof = work / "assay-proof.json"

    def command(self, *arguments):
        return run(f"assay {arguments[0]}", [self.program, *arguments, "--json"])

    def setup(self):
        calibrate = ["--calibrate", ROWS, "--ignore", LABEL]
        form = ["--parameters", "hidden", "--output", "label"]
        self.command("compile", ONNX, *calibrate, *form, "-o", self.folder)
        _, seconds = self.command("setup", self.folder)
        key = self.folder / "proving.key"
        return {"setup_s": seconds, "key_bytes": key.stat().st_size, "srs_bytes": 0}

    def prove(self):
        self.proof.unlink(missing_ok=True)
        row = ["--input", ROWS, "--row", ROW]
        proved, seconds = self.command("prove", self.folder, *row, "-o", self.proof)
        return {
            "prove_s": seconds,
            "peak_rss_bytes": proved["peak_rss_bytes"],
            "proof_bytes": proved["proof_bytes"],
            "constraints": proved["constraints"],
            "label": proved["output_integers"][0],
        }

    def verify(self):
        verdict, seconds = self.command(
            "verify", self.proof, "--key", self.folder / "verifying.key"
        )
        if not verdict["valid"]:
            raise Failed("assay verify: its own proof is refused")
        return {"verify_ms": 1000 * seconds}


class Ezkl:
    """EZKL: parameters hashed or private, input and scores public."""

    prover = "ezkl"

    def __init__(self, parameters, settings, work):
        self.parameters, self.settings = parameters, settings
        self.folder = work / f"ezkl-{parameters}"

    def stage(self, name, *arguments):
        what = f"ezkl {name}, {self.parameters} parameters"
        measured, _ = run(what, [sys.executable, __file__, name, self.folder, *arguments])
        return measured

    def setup(self):
        self.folder.mkdir()
        self.stage("prepare", self.parameters, self.settings)
        return self.stage("setup")

    def prove(self):
        return self.stage("prove")

    def verify(self):
        return self.stage("verify")


def prepare(folder, parameters, settings):
    """Settings, compiled circuit and SRS."""
    import ezkl

    with ROWS.open(newline="") as file:
        row = list(csv.DictReader(file))[ROW]
    del row[LABEL]
    values = [float(value) for value in row.values()]
    (folder / "input.json").write_text(json.dumps({"input_data": [values]}))
    arguments = ezkl.PyRunArgs()
    arguments.variables = [("rows", 1)]
    arguments.input_visibility = "public"
    arguments.output_visibility = "public"
    arguments.param_visibility = parameters
    arguments.input_scale = arguments.param_scale = SCALE
    for name, value in TUNED[parameters].items() if settings == "tuned" else ():
        setattr(arguments, name, value)
    names = ("input.json", "settings.json", "circuit", "srs")
    data, file, circuit, srs = (str(folder / name) for name in names)
    ezkl.gen_settings(str(ONNX), file, arguments)
    # With the scale given, this finds the smallest domain.
    ezkl.calibrate_settings(data, str(ONNX), file, "resources", 2.0, [SCALE], [1], None)
    ezkl.compile_circuit(str(ONNX), circuit, file)
    ezkl.gen_srs(srs, json.loads(Path(file).read_text())["run_args"]["logrows"])
    return {}


def setup(folder):
    """Keys."""
    import ezkl

    circuit, vk, pk, srs = (str(folder / name) for name in ("circuit", "vk", "pk", "srs"))
    start = time.perf_counter()
    ezkl.setup(circuit, vk, pk, srs, None, False)
    return {
        "setup_s": time.perf_counter() - start,
        "key_bytes": Path(pk).stat().st_size,
        "srs_bytes": Path(srs).stat().st_size,
    }


def prove(folder):
    """Witness and proof, from the files of the setup to that of the proof."""
    import ezkl

    names = ("input.json", "circuit", "witness.json", "vk", "srs", "pk", "proof.json")
    data, circuit, witness, vk, srs, pk, output = (str(folder / name) for name in names)
    start = time.perf_counter()
    ezkl.gen_witness(data, circuit, witness, vk, srs)
    ezkl.prove(witness, circuit, pk, output, srs)
    seconds = time.perf_counter() - start
    proof = json.loads(Path(output).read_text())
    settings = json.loads((folder / "settings.json").read_text())
    scores = [float(score) for score in proof["pretty_public_inputs"]["rescaled_outputs"][0]]
    return {
        "prove_s": seconds,
        "peak_rss_bytes": peak_rss_bytes(),
        "proof_bytes": len(proof["proof"]),
        "constraints": settings["num_rows"],
        "label": scores.index(max(scores)),
    }


def verify(folder):
    """Verification, from the files of proof and key."""
    import ezkl

    names = ("proof.json", "settings.json", "vk", "srs")
    proof, settings, vk, srs = (str(folder / name) for name in names)
    start = time.perf_counter()
    valid = ezkl.verify(proof, settings, vk, srs, False)
    seconds = time.perf_counter() - start
    if not valid:
        raise ValueError("its own proof is refused")
    return {"verify_ms": 1000 * seconds}


def peak_rss_bytes():
    """This process's peak, as the kernel keeps it."""
    status = Path("/proc/self/status").read_text().splitlines()
    (line,) = (line for line in status if line.startswith("VmHWM:"))
    return 1024 * int(line.split()[1])


def median(values):
    """The middle one; of an even number the upper of the two."""
    return sorted(values)[len(values) // 2]


def measure(contestants, runs):
    """Each contestant's figures; they take turns, so that noise that lasts hits all."""
    setups = []
    for contestant in contestants:
        print(f"setup: {describe(contestant)}", file=sys.stderr)
        setups.append(contestant.setup())
    proofs = [[] for _ in contestants]
    for i in range(runs):
        print(f"prove {i + 1} of {runs}", file=sys.stderr)
        for contestant, measured in zip(contestants, proofs):
            measured.append({**contestant.prove(), **contestant.verify()})
    return [
        figures(contestant, setup, measured)
        for contestant, setup, measured in zip(contestants, setups, proofs)
    ]


def describe(contestant):
    return f"{contestant.prover}, {contestant.parameters} parameters"


def figures(contestant, setup, proofs):
    medians = {name: median([proof[name] for proof in proofs]) for name in proofs[0]}
    return {
        "prover": contestant.prover,
        "parameters": contestant.parameters,
        "model": MODEL,
        "setup_s": setup["setup_s"],
        "prove_s": medians["prove_s"],
        "verify_ms": medians["verify_ms"],
        "peak_rss_bytes": medians["peak_rss_bytes"],
        "key_bytes": setup["key_bytes"],
        "srs_bytes": setup["srs_bytes"],
        "proof_bytes": medians["proof_bytes"],
        "constraints": medians["constraints"],
        "label": medians["label"],
    }


# Heading, figure, its unit and decimals.
COLUMNS = [
    ("setup s", "setup_s", 1, 2),
    ("prove s", "prove_s", 1, 2),
    ("verify ms", "verify_ms", 1, 0),
    ("peak MB", "peak_rss_bytes", 1e6, 0),
    ("key MB", "key_bytes", 1e6, 1),
    ("SRS MB", "srs_bytes", 1e6, 1),
    ("proof bytes", "proof_bytes", 1, 0),
    ("constraints", "constraints", 1, 0),
]


def table(rows):
    """Every figure of EZKL with its ratio to ours, which come first."""
    ours = rows[0]
    lines = [["prover", "parameters", *(column[0] for column in COLUMNS)]]
    for row in rows:
        cells = [row["prover"], row["parameters"]]
        for _, name, unit, decimals in COLUMNS:
            cell = f"{row[name] / unit:.{decimals}f}"
            if row is not ours and ours[name]:
                cell += f" ({row[name] / ours[name]:.1f}x)"
            cells.append(cell)
        lines.append(cells)
    widths = [max(map(len, column)) for column in zip(*lines)]
    padded = ("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines)
    return "\n".join(padded)


def compare(assay, work, runs, settings, as_json):
    contestants = [Assay(assay, work), *(Ezkl(name, settings, work) for name in TUNED)]
    rows = measure(contestants, runs)
    labels = [row.pop("label") for row in rows]
    if len(set(labels)) > 1:
        raise Failed(f"the provers answer row {ROW} with different labels, {labels}")
    print(json.dumps(rows) if as_json else table(rows))


STAGES = {"prepare": prepare, "setup": setup, "prove": prove, "verify": verify}


def main():
    parser = argparse.ArgumentParser(description="run it with ezkl.sh")
    commands = parser.add_subparsers(dest="command", required=True)
    whole = commands.add_parser("compare")
    whole.add_argument("--assay", type=Path, required=True)
    whole.add_argument("--work", type=Path, required=True)
    whole.add_argument("--runs", type=int, required=True)
    whole.add_argument("--settings", required=True)
    whole.add_argument("--json", dest="as_json", action="store_true")
    for name in STAGES:
        stage = commands.add_parser(name)
        stage.add_argument("folder", type=Path)
        if name == "prepare":
            stage.add_argument("parameters")
            stage.add_argument("settings")
    arguments = vars(parser.parse_args())
    command = arguments.pop("command")
    try:
        if command == "compare":
            return compare(**arguments)
        print(json.dumps(STAGES[command](**arguments)))
    except Failed as failure:
        sys.exit(f"ezkl.sh: {failure}")


if __name__ == "__main__":
    main()
