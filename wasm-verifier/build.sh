#!/usr/bin/env bash
# Builds the Wasm, the npm package (dist/package) and the page (dist/page: index.html, and
# reader.html beside it, which it reads from chains with).
# Needs rustup, node and npm.
set -euo pipefail
cd "$(dirname "$0")"

root=$(cd .. && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
optimiser=$root/tests/wasm-opt
bindings=package/bindings
max_gzipped_bytes=150000

fail() {
    echo "wasm-verifier/build.sh: $*" >&2
    exit 1
}

# A path in a panic message would make the Wasm depend on the machine.
cargo fetch --locked --target wasm32-unknown-unknown
remaps=(
    "--remap-path-prefix=$(rustc --print sysroot)=/rust"
    "--remap-path-prefix=$root=/assay"
    "--remap-path-prefix=$target=/target"
)
for registry in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*; do
    remaps+=("--remap-path-prefix=$registry=/crates")
done
# The contracts' profile: at "z" the curve's arithmetic is as fast as at 3, because its hot
# functions are inlined either way, and the whole is a third smaller.
CARGO_ENCODED_RUSTFLAGS=$(IFS=$'\x1f'; echo "${remaps[*]}") \
    cargo build --locked --profile contract --target wasm32-unknown-unknown \
    --target-dir "$target" -p assay-wasm-verifier
cargo build --locked --release --target-dir "$target" -p assay-wasm-bindings
rm -rf "$bindings"
"$target/release/assay-wasm-bindings" \
    "$target/wasm32-unknown-unknown/contract/assay_wasm_verifier.wasm" "$bindings"

version=$(sed -n 's/.*"binaryen": "\([0-9]*\)\..*/\1/p' "$optimiser/package.json")
wasm_opt() { "$optimiser/node_modules/.bin/wasm-opt" "$@"; }
if [[ $(wasm_opt --version 2>/dev/null || true) != "wasm-opt version $version "* ]]; then
    npm ci --prefix "$optimiser"
fi
# Nothing is lowered: browsers and Node have had these features for years.
wasm=$bindings/verifier_bg.wasm
wasm_opt --enable-bulk-memory --enable-sign-ext --enable-mutable-globals \
    --enable-nontrapping-float-to-int --enable-reference-types --enable-multivalue \
    -Oz "$wasm" -o "$wasm"
bytes=$(gzip -9 -c "$wasm" | wc -c)
echo "verifier_bg.wasm: $(wc -c <"$wasm") bytes, $bytes gzipped"
((bytes <= max_gzipped_bytes)) || fail "the Wasm has $bytes bytes gzipped, the limit is $max_gzipped_bytes"

# As text, so that the package needs no loader and the page no server.
{
    echo "/** The Wasm in base64. */"
    echo "export const wasm: string = \"$(base64 -w 0 "$wasm")\";"
} >"$bindings/wasm.ts"

# Inside the package, as its declarations name them.
rm -rf package/messages
mkdir package/messages
cp ../schema/ts/*.types.ts package/messages/

[[ -d node_modules ]] || npm ci
rm -rf dist
npx tsc --project package/tsconfig.json
cp "$bindings"/verifier.{js,d.ts} dist/package/bindings/
for document in index reader; do
    npx vite build --mode "$document"
done
