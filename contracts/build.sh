#!/usr/bin/env bash
# Builds the contracts, lowers them to what chains accept, and checks their size.
# Leaves artifacts/<contract>.wasm and artifacts/checksums.txt, and beside them, in
# artifacts/tests/, the probe that measures what single steps cost. Needs rustup, node and npm.
#
# The artifacts depend on the sources, Cargo.lock, rust-toolchain.toml and the pinned
# wasm-opt only: not on where the checkout, cargo's home or the target folder lie.
set -euo pipefail
cd "$(dirname "$0")/.."

root=$PWD
target=${CARGO_TARGET_DIR:-$root/target}
optimiser=tests/wasm-opt
max_bytes=400000
contracts=(circuit-registry dataset-registry model-store jobs predictions)
probe=probe

fail() {
    echo "contracts/build.sh: $*" >&2
    exit 1
}

# A path in a panic message would make the artifact depend on the machine.
# Of several prefixes that match, rustc takes the last.
cargo fetch --locked --target wasm32-unknown-unknown
remaps=(
    "--remap-path-prefix=$(rustc --print sysroot)=/rust"
    "--remap-path-prefix=$root=/assay"
    "--remap-path-prefix=$target=/target"
)
for registry in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*; do
    remaps+=("--remap-path-prefix=$registry=/crates")
done
separator=$'\x1f'
CARGO_ENCODED_RUSTFLAGS=$(IFS=$separator; echo "${remaps[*]}")
export CARGO_ENCODED_RUSTFLAGS

# One crate type only: cargo leaves out link-time optimisation where an rlib is built as
# well, which costs a fifth of the size.
for contract in "${contracts[@]}" "$probe"; do
    cargo rustc --locked --profile contract --lib --crate-type cdylib --target wasm32-unknown-unknown \
        --target-dir "$target" -p "assay-$contract"
done

version=$(sed -n 's/.*"binaryen": "\([0-9]*\)\..*/\1/p' "$optimiser/package.json")
wasm_opt() { "$optimiser/node_modules/.bin/wasm-opt" "$@"; }
if [[ $(wasm_opt --version 2>/dev/null || true) != "wasm-opt version $version "* ]]; then
    npm ci --prefix "$optimiser"
fi

# rustc emits bulk memory, sign extension and saturating float conversions; the VM refuses
# the first and chains may refuse the others, so all are rewritten into older instructions.
features=(
    --enable-bulk-memory --enable-sign-ext --enable-mutable-globals
    --enable-nontrapping-float-to-int --enable-reference-types --enable-multivalue
)
lowering=(--llvm-memory-copy-fill-lowering --signext-lowering --llvm-nontrapping-fptoint-lowering)

# Lowers $1 to $2, unless $2 was made from the same input in the same way.
lower() {
    local key
    key=$(cat "$1" contracts/build.sh "$optimiser/package-lock.json" | sha256sum)
    if [[ $(cat "$2.key" 2>/dev/null) != "$key" ]]; then
        wasm_opt "${features[@]}" "${lowering[@]}" -Oz "$1" -o "$2"
        echo "$key" >"$2.key"
    fi
}

# Lowers contract $1 into folder $2.
install() {
    local name=assay_${1//-/_} bytes
    lower "$target/wasm32-unknown-unknown/contract/$name.wasm" "$target/lowered/$name.wasm"
    bytes=$(wc -c <"$target/lowered/$name.wasm")
    ((bytes <= max_bytes)) || fail "$name has $bytes bytes, the limit is $max_bytes"
    cp "$target/lowered/$name.wasm" "$2"
    echo "$name.wasm: $bytes bytes"
}

rm -rf artifacts
mkdir -p artifacts/tests "$target/lowered"
for contract in "${contracts[@]}"; do
    install "$contract" artifacts
done
install "$probe" artifacts/tests
(cd artifacts && sha256sum -- *.wasm | tee checksums.txt)
