#!/usr/bin/env bash
# Measures our Groth16 engine and three other provers on the same constraints and witnesses;
# README.md says what is compared and how.
set -euo pipefail

usage="usage: run.sh [--json] [--sizes 14,16,18] [--witnesses ml,dense,certificate]
              [--provers assay,gnark,ark,groth16] [--runs 5] [--setups 1]"

fail() {
    echo "run.sh: $1" >&2
    exit 1
}

json=()
sizes=14,16,18
witnesses=ml,dense,certificate
provers=assay,gnark,ark,groth16
runs=5
setups=1
while (($#)); do
    case $1 in
    --json) json=(--json) ;;
    --sizes | --witnesses | --provers | --runs | --setups)
        (($# > 1)) || fail "$1 needs a value: see --help"
        printf -v "${1#--}" %s "$2"
        shift
        ;;
    --help) echo "$usage" && exit ;;
    *) fail "unknown option $1: see --help" ;;
    esac
    shift
done

# One value, or several separated by commas, of an option.
check() {
    [[ $2 =~ ^($3)(,($3))*$ ]] || fail "$1 $2: $4"
}
check --sizes "$sizes" "[4-9]|1[0-9]|2[0-4]" "give binary logarithms of the domain, 4 to 24, such as 14,16"
check --witnesses "$witnesses" "ml|dense|certificate" "choose from ml,dense,certificate"
check --provers "$provers" "assay|gnark|ark|groth16" "choose from assay,gnark,ark,groth16"
for count in "$runs" "$setups"; do
    [[ $count =~ ^[1-9][0-9]*$ ]] || fail "$count runs or setups: give a number from 1 on"
done

here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../../.."
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
work=$target/peers
mkdir -p "$work"

# Ours as we ship it. The others at their best: arkworks' assembly exists only for a
# processor that the compiler is told of, and neither they nor bellman ask for our overflow
# checks.
cargo build --release --locked -p assay-peers --bin assay-peers --no-default-features --features assay
RUSTFLAGS="${RUSTFLAGS-} -C target-cpu=native" CARGO_PROFILE_RELEASE_OVERFLOW_CHECKS=false \
    cargo build --release --locked -p assay-peers --bin rust-peers --no-default-features --features peers \
    --target-dir "$work/native"
go -C "$here/gnark" build -buildvcs=false -o "$work/gnark" .

ours=$target/release/assay-peers
instance=$work/instance
records=$work/records.jsonl
trap 'rm -f "$instance" "$work"/*.key' EXIT
: >"$records"

# A process of its own for every stage, so that its peak of memory is its own.
stage() {
    case $1 in
    assay) "$ours" "$2" "$instance" "$work/$1.key" ;;
    gnark) "$work/gnark" "$2" "$instance" "$work/$1.key" ;;
    *) "$work/native/release/rust-peers" "$1" "$2" "$instance" "$work/$1.key" ;;
    esac >>"$records"
}

# Interleaved: noise that lasts hits all provers.
stages() {
    local round prover
    for ((round = 1; round <= $2; round++)); do
        echo "$1 $round of $2" >&2
        for prover in ${provers//,/ }; do
            stage "$prover" "$1"
        done
    done
}

measure() {
    "$ours" export "$@" "$instance"
    stages setup "$setups"
    stages prove "$runs"
}

for witness in ${witnesses//,/ }; do
    if [[ $witness == certificate ]]; then
        measure "$witness"
        continue
    fi
    for log2 in ${sizes//,/ }; do
        measure "$witness" --log2 "$log2"
    done
done
"$ours" report "${json[@]}" <"$records"
