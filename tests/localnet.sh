#!/usr/bin/env bash
# Brings a network of four validators up, looks at what localnet/ promises of it, and takes it
# down. Needs what localnet/up.sh needs, and curl and ss.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
here=$root/localnet
source "$here/lib.sh"
home=$(mktemp -d)/net
failed=0
passed=0

check() {
    local name=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
    else
        echo "localnet: not so: $name" >&2
        failed=$((failed + 1))
    fi
}

end() {
    "$here/down.sh" --home "$home" || true
    rm -rf "${home%/net}"
}
trap end EXIT

"$here/up.sh" --validators 4 --home "$home"

grows() {
    local before
    before=$(height "$1")
    for ((tries = 0; tries < 50; tries++)); do
        (($(height "$1") > before + 1)) && return
        sleep 0.2
    done
    return 1
}
for i in 0 1 2 3; do
    check "node $i makes blocks" grows "$i"
done

limit() {
    [[ $(curl -sf "$(rpc 0)/consensus_params") == *'"max_gas":"100000000"'* ]]
}
check "a block's gas is limited" limit

# Addresses that the validators listen at.
on_loopback() {
    local pids addresses
    pids=$(cat "$home"/node*.pid | paste -sd'|')
    addresses=$(ss -Hltnp | grep -E "pid=($pids)," | awk '{print $4}')
    [[ -n $addresses ]] && ! grep -qvE '^(127\.0\.0\.1|\[::1\]|\[::ffff:127\.0\.0\.1\]):' <<<"$addresses"
}
check "all listen on loopback only" on_loopback

account() {
    cat "$home/accounts/$1/address"
}
balance() {
    wasmd query bank balance "$(account "$1")" token --node "$(rpc "$2")" --output json |
        field balance | sed -n "s/.*amount: '\([0-9]*\)'.*/\1/p"
}
send() {
    wasmd tx bank send "$(account poster)" "$(account worker)" "$1" \
        --home "$home/accounts/poster" --keyring-backend test --chain-id "$chain_id" \
        --node "$(rpc 0)" --gas 200000 --fees "$2" --yes --output json 2>&1
}
arrives() {
    local before
    before=$(balance worker 3)
    send 1000token 5000stake >/dev/null || return 1
    for ((tries = 0; tries < 50; tries++)); do
        (($(balance worker 3) == before + 1000)) && return
        sleep 0.2
    done
    return 1
}
check "what the poster sends at one node the worker has at another" arrives

without_fee_refused() {
    [[ $(send 1token 1stake) == *"insufficient fee"* ]]
}
check "a fee below the least is refused" without_fee_refused

private() {
    [[ $(stat -c %a "$home/accounts/poster/mnemonic") == 600 ]]
}
check "only their owner reads mnemonics" private

second_refused() {
    ! "$here/up.sh" --home "$home" 2>/dev/null
}
check "a second network in the same folder is refused" second_refused

# Three of four are more than two thirds.
kill "$(<"$home/node3.pid")"
check "three validators go on without the fourth" grows 0
noticed() {
    ! "$here/status.sh" --home "$home" >/dev/null
}
check "status says that one ended" noticed

pids=$(cat "$home"/node*.pid)
"$here/down.sh" --home "$home"
ended() {
    for pid in $pids; do
        [[ $(readlink "/proc/$pid/exe" 2>/dev/null) == *wasmd ]] && return 1
    done
    return 0
}
check "down ends every process" ended

echo "$passed passed, $failed failed"
((failed == 0))
