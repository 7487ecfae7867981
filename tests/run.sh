#!/usr/bin/env bash
# Every check of the project, in order, from a clean checkout; installs what is missing:
# rustup, a C compiler and node through apt (as root or through sudo), the rest without.
#
# One profile and one choice of packages (the whole workspace with its tests) for all that
# runs natively: cargo then builds every dependency once.
set -euo pipefail
cd "$(dirname "$0")/.."

target=${CARGO_TARGET_DIR:-$PWD/target}
export CARGO_TARGET_DIR=$target CARGO_TERM_COLOR=never
workspace=(--release --workspace --locked)
cargo_deny=0.20.2
mkdir -p "$target"
test_log=$target/tests.log
: >"$test_log"

section=start
section() {
    section=$1
    printf '\n=== %s (at %d s)\n' "$section" "$SECONDS"
}

# The tally, whatever happens: cargo's own result lines, added up.
finish() {
    local status=$?
    printf '\n=== end (at %d s)\n' "$SECONDS"
    ((status == 0)) || echo "stopped in: $section"
    awk '/^test result:/ { passed += $4; failed += $6 } END { printf "%d passed, %d failed\n", passed, failed }' "$test_log"
    exit "$status"
}
trap finish EXIT

apt_install() {
    local as_root=()
    ((EUID == 0)) || as_root=(sudo)
    "${as_root[@]}" apt-get update -q
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends "$@"
}

section "tools"
command -v rustup >/dev/null || apt_install rustup
rustc --version || rustup toolchain install
# A toolchain that was there before rust-toolchain.toml may lack what that file names.
[[ $(rustup target list --installed) == *wasm32-unknown-unknown* ]] || rustup target add wasm32-unknown-unknown
cargo fmt --version && cargo clippy --version || rustup component add rustfmt clippy
command -v cc >/dev/null || apt_install build-essential
command -v npm >/dev/null || apt_install nodejs npm
node --version

section "format"
cargo fmt --all --check

section "build"
cargo build "${workspace[@]}" --all-targets

section "lints"
cargo clippy "${workspace[@]}" --all-targets -- -D warnings

section "documentation"
RUSTDOCFLAGS="-D warnings" cargo doc "${workspace[@]}" --no-deps

section "contracts"
contracts/build.sh

section "packages in Wasm, without default features"
cargo build --profile contract --locked --lib --target wasm32-unknown-unknown \
    -p assay-groth16 -p assay-poseidon -p assay-protocol --no-default-features

section "schemas and types"
"$target/release/assay-schema" --check
npm ci --prefix schema
npm run --prefix schema check

section "wasm verifier"
command -v chromium >/dev/null || apt_install chromium
npm ci --prefix wasm-verifier
wasm-verifier/build.sh
npm run --prefix wasm-verifier types
npm run --prefix wasm-verifier test:node
npm run --prefix wasm-verifier test:browser

section "tests"
cargo test "${workspace[@]}" --no-fail-fast 2>&1 | tee "$test_log"

section "demo"
"$target/release/assay" demo --json --keys "$target/tmp/keys" >"$target/demo.json"
node tests/demo.mjs "$target/demo.json"

# The real network, without Docker; wasmd is built once and kept in the user's cache folder.
section "localnet"
command -v go >/dev/null || apt_install golang-go
command -v ss >/dev/null || apt_install iproute2
tests/localnet.sh

section "market"
tests/market.sh

# Whether they build and prove, not how fast: prover/benches/peers/run.sh measures that.
section "benchmarks"
peers=$target/peers
mkdir -p "$peers"
go -C prover/benches/peers/gnark build -buildvcs=false -o "$peers/gnark" .
"$target/release/assay-peers" export ml --log2 8 "$peers/smoke"
for prover in "$target/release/assay-peers" "$peers/gnark" \
    "$target/release/rust-peers ark" "$target/release/rust-peers groth16"; do
    # A program and, of those in one executable, its name.
    $prover setup "$peers/smoke" "$peers/smoke.key"
    $prover prove "$peers/smoke" "$peers/smoke.key"
done
rm "$peers/smoke" "$peers/smoke.key"

section "dependencies"
deny=$target/tools/bin/cargo-deny
[[ $("$deny" --version 2>/dev/null || true) == "cargo-deny $cargo_deny" ]] ||
    cargo install cargo-deny --locked --version "$cargo_deny" --root "$target/tools"
"$deny" --locked check bans licenses sources
