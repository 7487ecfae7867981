#!/usr/bin/env bash
# Builds wasmd at the version that wasmd/go.mod pins, once: the program and the VM's library
# are kept outside the checkout, by the hash of that module's files.
#
# Usage: localnet/build.sh
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/lib.sh"

[[ -x $binary ]] && exit 0
command -v go >/dev/null || fail "go is missing: install Go 1.25 or later"
echo "building wasmd, once" >&2
mkdir -p "$cache"
cd "$here/wasmd"
library=$(go list -m -f '{{.Dir}}' github.com/CosmWasm/wasmvm/v3)/internal/api
cp "$library"/libwasmvm.*.so "$cache"
go build -mod=readonly -o "$binary.part" github.com/CosmWasm/wasmd/cmd/wasmd
mv "$binary.part" "$binary"
