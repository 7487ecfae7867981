#!/usr/bin/env bash
# Many jobs from eight workers at once on a network of four validators: all are settled, and
# every balance is exact. Prints gas and latencies. Needs what tests/market.sh needs.
#
# Usage: tests/load.sh [JOBS]
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/tests/market/lib.sh"

jobs=${1:-100}
workers=8
reward=7
bond=3

begin_market 4 "$workers"
begin_small_jobs
for ((w = 1; w <= workers; w++)); do equip "worker$w"; done

section "$jobs jobs posted, eight processes at a time"
poster_before=$(tokens poster)
post() {
    run_as poster job post --dataset 1 --circuit "$circuit" --reward "$1"token --bond "$2"token \
        --acceptance 30m --hand-over 30m --delivery 30m --worker "$3" >"$home/posted.$4" ||
        cat "$home/posted.$4" >&2
}
posting=$SECONDS
for ((i = 0; i < jobs; i++)); do
    post "$reward" "$bond" "$(address_of "worker$((i % workers + 1))")" "$i" &
    (($(jobs -rp | wc -l) < 8)) || wait -n
done
wait
posted=$(cat "$home"/posted.* | grep -c '"job"')
check "all are posted" equal "$posted" "$jobs"
echo "posted in $((SECONDS - posting)) s"

# One worker does all of its jobs, one after another.
work() {
    local worker=$1 i job begun
    for ((i = worker - 1; i < jobs; i += workers)); do
        job=$(field job <"$home/posted.$i")
        for step in "accept" "start --dataset data --circuit circuit" \
            "deliver --dataset data --model model.json --circuit circuit"; do
            begun=$(date +%s%N)
            # shellcheck disable=SC2086
            set -- $step
            run_as "worker$worker" job "$1" "$job" "${@:2}" >"$home/$1.$i" || cat "$home/$1.$i" >&2
            echo "$((($(date +%s%N) - begun) / 1000000))" >"$home/$1.$i.ms"
        done
    done
}
section "eight workers"
working=$SECONDS
for ((w = 1; w <= workers; w++)); do
    eval "worker_before_$w=$(tokens "worker$w")"
done
for ((w = 1; w <= workers; w++)); do work "$w" & done
wait
took=$((SECONDS - working))

section "what came of it"
run_as poster job list --limit 1000 >"$home/listed"
paid=$(grep -o '"paid"' "$home/listed" | wc -l)
check "all are paid" equal "$paid" "$jobs"
check "the poster paid exactly for them" equal "$(tokens poster)" "$((poster_before - jobs * reward))"
for ((w = 1; w <= workers; w++)); do
    of_worker=$(((jobs - w + workers) / workers))
    before=worker_before_$w
    check "worker $w has exactly its rewards" \
        equal "$(tokens "worker$w")" "$((${!before} + of_worker * reward))"
done
held=$(wasmd query bank balance "$(address jobs)" token --node "$(rpc 0)" --output json |
    sed -n 's/.*"amount":"\([0-9]*\)".*/\1/p')
check "the contract holds nothing" equal "${held:-0}" 0

echo "$jobs jobs by $workers workers in $took s"
printf '| step | gas: median | 95th | most | seconds from command to result: median | 95th | most |\n|---|---|---|---|---|---|---|\n'
seconds() { percentile "$1" | awk '{ printf "%.1f", $1 / 1000 }'; }
for step in accept start deliver; do
    gases() { grep -ho '"gas_used":[0-9]*' "$home/$step".*[0-9] | cut -d: -f2; }
    times() { cat "$home/$step".*.ms; }
    echo "| $step | $(gases | percentile 50) | $(gases | percentile 95) | $(gases | percentile 100) | $(times | seconds 50) | $(times | seconds 95) | $(times | seconds 100) |"
done
end_of_checks
