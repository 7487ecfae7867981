#!/usr/bin/env bash
# Builds wasmd, makes a genesis, starts the validators on loopback and waits for blocks.
#
# Usage: localnet/up.sh [--validators N] [--workers N] [--home DIR]
#
# --workers N funds worker1 to workerN besides the four accounts that there always are.
#
# Prints endpoints and funded keys, and keeps them in DIR/network.json. Logs and process ids
# are in DIR too; localnet/down.sh ends the processes. Needs go, node, and a C compiler.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/lib.sh"

validators=1
while (($#)); do
    case $1 in
        --validators) validators=${2:?"--validators takes a number"}; shift 2 ;;
        --workers)
            for ((i = 1; i <= ${2:?"--workers takes a number"}; i++)); do accounts+=("worker$i"); done
            shift 2
            ;;
        --home) home=${2:?"--home takes a folder"}; shift 2 ;;
        -h | --help) usage "${BASH_SOURCE[0]}"; exit 0 ;;
        *) fail "unknown argument $1: see localnet/up.sh --help" ;;
    esac
done
[[ $validators =~ ^[1-9]$ ]] || fail "--validators takes a number from 1 to 9, not $validators"
running && fail "a network runs in $home: end it with localnet/down.sh --home $home"

"$here/build.sh"
rm -rf "$home"
mkdir -p "$home"
chmod 700 "$home"

# The keyring is in the clear and the keys are worth nothing: they are made here, for here.
wasmd testnet init-files --v "$validators" --single-host --starting-ip-address 127.0.0.1 \
    --node-daemon-home wasmd --commit-timeout 500ms --keyring-backend test \
    --minimum-gas-prices "$gas_price" --chain-id "$chain_id" --output-dir "$home/nodes" \
    >"$home/init.log" 2>&1 || fail "no genesis: see $home/init.log"
for name in "${accounts[@]}"; do
    mkdir -p "$home/accounts/$name"
    wasmd keys add "$name" --keyring-backend test --home "$home/accounts/$name" --output json \
        >"$home/accounts/$name/key.json" 2>&1
    address=$(field address <"$home/accounts/$name/key.json")
    (umask 077 && field mnemonic <"$home/accounts/$name/key.json" >"$home/accounts/$name/mnemonic")
    rm "$home/accounts/$name/key.json"
    echo "$address" >"$home/accounts/$name/address"
    wasmd genesis add-genesis-account "$address" "$funds" --home "$home/nodes/node0/wasmd" \
        >>"$home/init.log" 2>&1 || fail "no account for $name: see $home/init.log"
done
node "$here/configure.mjs" "$home" "$validators"

for ((i = 0; i < validators; i++)); do
    start_node "$i"
done
deadline=$((SECONDS + 60))
for ((i = 0; i < validators; i++)); do
    until (($(height "$i") >= 2)); do
        alive "$i" || fail "node $i ended: see $home/node$i.log"
        ((SECONDS < deadline)) || fail "no blocks after 60 s: see $home/node$i.log"
        sleep 0.2
    done
done
node "$here/describe.mjs" "$home" "$validators" "$chain_id" "$gas_price"
