#!/usr/bin/env bash
# The engine's tests with AddressSanitizer, which sees all that its unsafe blocks touch: the
# AVX-512 kernels, what blst is handed, and mapped keys. (Miri runs neither foreign functions
# nor these kernels.) Needs a nightly toolchain, so it is no part of tests/run.sh.
#
# Usage: tests/sanitize.sh
set -euo pipefail
cd "$(dirname "$0")/.."

host=$(rustc -vV | sed -n 's/^host: //p')
rustup run nightly rustc --version || rustup toolchain install nightly --profile minimal
RUSTFLAGS="-Zsanitizer=address" CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-target}/sanitized \
    cargo +nightly test --release --locked -p assay-engine --lib --target "$host"
