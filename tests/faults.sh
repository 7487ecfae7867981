#!/usr/bin/env bash
# What goes wrong on real networks, on purpose: processes that are killed at every step, validators
# that crash, restart, halt and lag, parties that vanish. Needs what tests/market.sh needs.
#
# Usage: tests/faults.sh
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/tests/market/lib.sh"

begin_market 4
begin_small_jobs --deposit 1token
equip worker

post() {
    as poster job post --dataset 1 --circuit "$circuit" --reward 7token --bond 3token \
        --acceptance "${1:-30m}" --hand-over 30m --delivery "${2:-30m}"
    job=$(got poster job)
}

section "killed at every step, then the same command again"
# Runs a command of account $1, kills it after $2 s unless it has ended well by itself, and runs
# it again then, to its end.
killed_and_again() {
    local name=$1 after=$2
    shift 2
    spawn_as "$name" "$@"
    sleep "$after"
    if kill_spawned; then
        ended=$((ended + 1))
    else
        as "$name" "$@"
    fi
}
ended=0
delays=(0.02 0.06 0.1 0.15 0.2 0.3 0.4 0.5 0.6 0.7 0.8 1.0 1.2 1.5)
number_of_jobs() { run_as poster job list --limit 1000 | grep -o '"payer"' | wc -l; }
poster_before=$(tokens poster)
worker_before=$(tokens worker)
killed=()
for after in "${delays[@]}"; do
    killed_and_again poster "$after" job post --dataset 1 --circuit "$circuit" --reward 7token \
        --bond 3token --acceptance 30m --hand-over 30m --delivery 30m
    killed+=("$(got poster job)")
done
check "${#delays[@]} postings made as many jobs" equal "$(number_of_jobs)" "${#delays[@]}"
check "and locked as many rewards" equal "$(tokens poster)" "$((poster_before - 7 * ${#delays[@]}))"
for i in "${!delays[@]}"; do
    killed_and_again worker "${delays[$i]}" job accept "${killed[$i]}"
    killed_and_again worker "${delays[$i]}" job start "${killed[$i]}" --dataset data --circuit circuit
    killed_and_again worker "${delays[$i]}" job deliver "${killed[$i]}" --dataset data \
        --model model.json --circuit circuit
done
# One blob for all: its first pin costs a deposit, which the poster holds.
check "each is paid once" equal "$(tokens worker)" "$((worker_before + 7 * ${#delays[@]} - 1))"

echo "killed $((4 * ${#delays[@]} - ended)) of $((4 * ${#delays[@]})) commands, the others were faster"

section "a 1 MB model in four streams, while validators crash one at a time"
head -c 1000000 /dev/urandom >"$home/folders/worker/large.bin"
run_as worker model upload large.bin --hash sha256 --streams 4 >"$home/folders/worker/.said" 2>&1 &
upload=$!
begun=$SECONDS
crashes=0
for i in 1 2 3 0; do
    sleep 2
    kill_node "$i"
    crashes=$((crashes + 1))
    sleep 2
    start_node "$i"
    for ((tries = 0; tries < 100; tries++)); do (($(height "$i") > 0)) && break; sleep 0.1; done
    sleep 2
done
wait "$upload" || cat "$home/folders/worker/.said" >&2
echo "uploaded in $((SECONDS - begun)) s, with $crashes crashes"
blob=$(got worker blob)
as poster model download --blob "$blob" -o large.bin
check "every byte is there" cmp "$home/folders/worker/large.bin" "$home/folders/poster/large.bin"

section "the chain halts across a deadline"
post 30m 8s
as worker job accept "$job"
as worker job start "$job" --dataset data --circuit circuit
kill_node 2
kill_node 3
sleep 12
before=$(height 0)
start_node 2
start_node 3
as worker job deliver "$job" --dataset data --model model.json --circuit circuit
check "the worker could still deliver after the halt" equal "$(got worker paid | grep -c 7token)" 1
echo "halted at height $before for over 12 s, the deadline was 8 s"

section "a node that lags, and one that hangs"
kill -STOP "$(<"$home/node3.pid")"
post
kill -CONT "$(<"$home/node3.pid")"
as worker job accept "$job" --node "$(rpc 3)" --node "$(rpc 0)"
check "a node that was behind shows nothing old" equal "$(got worker state)" accepted
kill -STOP "$(<"$home/node3.pid")"
as worker job start "$job" --dataset data --circuit circuit --node "$(rpc 3)" --node "$(rpc 0)"
check "a node that hangs is left for another" equal "$(got worker state)" started
kill -CONT "$(<"$home/node3.pid")"

section "a node whose index lacks what its blocks hold"
recorded() { find "$home/state/poster/assay/sent" -name '*.json' -newer "$home/marker" | grep .; }
has_posted() { (($(number_of_jobs) == jobs_before + 1)); }
is_past() { (($(height 1) >= past)); }
# Killed after its transaction was handed in, before it knows that it is in a block: tried until
# it is so, each time as another command.
for ((minutes = 31; minutes < 51; minutes++)); do
    asked=(job post --dataset 1 --circuit "$circuit" --reward 7token --bond 3token
        --acceptance "${minutes}m" --hand-over 30m --delivery 30m --node "$(rpc 1)")
    jobs_before=$(number_of_jobs)
    touch "$home/marker"
    spawn_as poster "${asked[@]}"
    within 30 recorded >/dev/null
    sleep 0.15
    kill_spawned && continue
    sleep 5
    has_posted && break
done
record=$(recorded)
hash=$(node -e 'const record = JSON.parse(require("fs").readFileSync(process.argv[1]));
    const bytes = Buffer.from(record.transaction, "hex");
    console.log(require("crypto").createHash("sha256").update(bytes).digest("hex"));' "$record")
past=$(($(height 0) + 64))
kill_node 1
rm -r "$home/nodes/node1/wasmd/data/tx_index.db"
start_node 1
within 300 is_past
check "the node doesn't find the transaction" contains "$(curl -s "$(rpc 1)/tx?hash=0x$hash")" "not found"
as poster "${asked[@]}"
check "the same command finds it in the blocks" said poster '"sent_earlier":true'
check "and posts nothing twice" has_posted

section "parties that vanish"
before=$(tokens worker)
as worker job deliver "$job" --dataset data --model model.json --circuit circuit
check "without the poster the worker is paid" equal "$(tokens worker)" "$((before + 7 + 3))"
post 3s
before=$(tokens poster)
once_it_may requester job cancel "$job"
check "what nobody accepts goes back on a stranger's message" equal "$(tokens poster)" "$((before + 7))"
post 30m 3s
as worker job accept "$job"
as worker job start "$job" --dataset data --circuit circuit
before=$(tokens poster)
once_it_may requester job claim "$job"
check "without the worker reward and bond go to the poster" equal "$(tokens poster)" "$((before + 7 + 3))"

end_of_checks
