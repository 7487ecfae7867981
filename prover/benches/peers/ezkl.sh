#!/usr/bin/env bash
# Measures `assay` and EZKL on a prediction of the same ONNX model; README.md says what is
# compared and how.
set -euo pipefail

usage="usage: ezkl.sh [--json] [--runs 3] [--settings tuned|default]"

fail() {
    echo "ezkl.sh: $1" >&2
    exit 1
}

json=()
runs=3
settings=tuned
while (($#)); do
    case $1 in
    --json) json=(--json) ;;
    --runs | --settings)
        (($# > 1)) || fail "$1 needs a value: see --help"
        printf -v "${1#--}" %s "$2"
        shift
        ;;
    --help) echo "$usage" && exit ;;
    *) fail "unknown option $1: see --help" ;;
    esac
    shift
done
[[ $runs =~ ^[1-9][0-9]*$ ]] || fail "--runs $runs: give a number from 1 on"
[[ $settings =~ ^(tuned|default)$ ]] || fail "--settings $settings: choose tuned or default"

here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../../.."
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
version=23.0.5
venv=$target/peers/ezkl-venv
python=$venv/bin/python
mkdir -p "$target/peers"
work=$(mktemp -d "$target/peers/ezkl.XXXXXX")
trap 'rm -rf "$work"' EXIT
export TMPDIR=$work

command -v python3 >/dev/null || fail "python3 is missing: install Python 3.9 or later, with venv"
installed="import importlib.metadata as m, sys; sys.exit(m.version('ezkl') != '$version')"
if ! "$python" -c "$installed" 2>/dev/null; then
    python3 -m venv --clear "$venv" >&2 || fail "python3 makes no environment: install its venv"
    "$python" -m pip install --quiet --disable-pip-version-check --no-cache-dir --no-deps \
        --only-binary :all: "ezkl==$version" >&2 || fail "pip doesn't install ezkl $version"
fi

cargo build --release --locked -p assay-cli --bin assay

# EZKL keeps files in the home folder, unless told otherwise.
HOME=$work EZKL_REPO_PATH=$work/repo "$python" "$here/ezkl_bench.py" compare \
    --assay "$target/release/assay" --work "$work" --runs "$runs" --settings "$settings" "${json[@]}"
