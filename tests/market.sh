#!/usr/bin/env bash
# Both jobs of the market on a real network, from registration to payment, through `assay`
# processes only: a poster, a worker, a hospital and a requester, each with its own key and
# folder. Needs what localnet/up.sh needs, and `assay` and the contracts' artifacts, built.
#
# Usage: tests/market.sh [--keep]
#
# With --keep the network goes on running, and its home is printed.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/tests/market/lib.sh"

keep=no
[[ ${1:-} == --keep ]] && keep=yes
begin_market 4
if [[ $keep == yes ]]; then
    trap 'stop_serving' EXIT
fi

section "the contracts"
as poster deploy --artifacts "$root/artifacts" -o "$home/deployment.json" \
    --allow-development-keys --deposit 10token --hold 20s
as poster deploy check --artifacts "$root/artifacts"
check "the registries run this source and have no admin" said poster circuit_registry

section "a training job: posted, accepted, handed over"
as poster dataset commit "$root/cli/data/wdbc.csv" --label diagnosis -o cells --columns "$columns"
as poster dataset register cells --license CC-BY-4.0
dataset=$(got poster dataset)
as poster circuit spec --rows 569 --features 10 --classes 2 --lambda 0.001 --fingerprint -o spec.json
as poster circuit setup spec.json -o circuit
as poster circuit register circuit
circuit=$(got poster circuit)
before=$(tokens poster)
as poster job post --dataset "$dataset" --circuit "$circuit" --reward 100token --bond 10token \
    --acceptance 10m --hand-over 10m --delivery 10m
job=$(got poster job)
gas "jobs" "post" "$(got poster gas_used)"
check "the reward is locked" equal "$(tokens poster)" "$((before - 100))"
as worker job list --open
check "the worker finds the job" said worker "$circuit"
worker_before=$(tokens worker)
as worker job accept "$job"
gas "jobs" "accept" "$(got worker gas_used)"
refuses hospital "not accepted by" job start "$job" --dataset cells --circuit circuit
serve poster cells "$job"
# A download that broke off: everybody may have what only the worker can open.
curl -sf "$served_at/job/$job/slot/0" -o "$home/whole"
head -c 2000 "$home/whole" >"$home/folders/worker/cells.job-$job-0.part"
as worker dataset fetch "$job" --from "$served_at" -o cells
check "only the rest was sent" grep -q "from byte 2000" "$home/folders/poster/served.log"
check "what is on its way can't be read" equal "$(grep -c diagnosis "$home/whole")" 0
refuses hospital "doesn't open" dataset fetch "$job" --from "$served_at" -o stolen
stop_serving
cp -r "$home/folders/poster/circuit" "$home/folders/worker/circuit"
as worker job start "$job" --dataset cells --circuit circuit
gas "jobs" "start" "$(got worker gas_used)"

section "trained, proved, delivered, paid"
as worker train cells --lambda 0.001 -o model.json
as worker job deliver "$job" --dataset cells --model model.json --circuit circuit
gas "store and jobs" "put chunk, finalise, deliver" "$(got worker gas_used)"
proof=$(got worker proof)
check "the worker has the reward and its bond, less the store's deposit" \
    equal "$(tokens worker)" "$((worker_before + 100 - 10))"
as worker job deliver "$job" --dataset cells --model model.json --circuit circuit
check "the same command again delivers nothing twice" \
    equal "$(tokens worker)" "$((worker_before + 100 - 10))"
as poster job watch "$job"
check "the job is paid" said poster '"paid"'
as poster model download --job "$job" -o bought.json
cp "$home/folders/worker/$proof" "$home/folders/poster/proof.json"
as poster verify proof.json --key circuit/verifying.key --model bought.json
check "the poster verifies the proof, of the model that it has" said poster '"model_matches":true'

section "a kilobyte of parameters, delivered in a transaction of its own"
# Three classes and 111 features: 3 x 112 weights of three bytes.
awk 'BEGIN { srand(7); for (j = 0; j < 111; j++) printf "x%d,", j; print "class"
    for (i = 0; i < 30; i++) { for (j = 0; j < 111; j++) printf "%d,", int(rand() * 100) + (j % 3 == i % 3) * 50; print "c" i % 3 } }' \
    >"$home/folders/poster/wide.csv"
as poster dataset commit wide.csv --label class -o wide
as poster dataset register wide
wide_data=$(got poster dataset)
as poster circuit spec --rows 30 --features 111 --classes 3 --lambda 0.1 --fingerprint -o wide.json
as poster circuit setup wide.json -o wide-circuit
as poster circuit register wide-circuit
as poster job post --dataset "$wide_data" --circuit "$(got poster circuit)" --reward 100token --bond 10token
wide=$(got poster job)
cp -r "$home/folders/poster/wide" "$home/folders/poster/wide-circuit" "$home/folders/worker/"
as worker job accept "$wide"
as worker job start "$wide" --dataset wide --circuit wide-circuit
as worker train wide --lambda 0.1 -o wide-model.json
as worker model upload wide-model.json --holder "$(address_of poster)"
check "the parameters have a kilobyte" equal "$(got worker bytes)" 1008
blob=$(got worker blob)
as worker job deliver "$wide" --dataset wide --model wide-model.json --circuit wide-circuit
gas "jobs" "deliver, 1 kB of parameters" "$(got worker gas_used)"
deliver_gas=$(got worker gas_used)
check "delivering a kilobyte costs at most 250,000" test "$deliver_gas" -le 250000

section "storage that is given back"
as worker model pin "$blob"
before=$(tokens worker)
once_it_may worker model release "$blob"
check "who lets go of a blob has its deposit back" equal "$(tokens worker)" "$((before + 10))"
as poster model show "$blob" --holder "$(address_of poster)"
check "somebody else keeps it" said poster '"pins":1'
before=$(tokens poster)
once_it_may poster model release "$blob"
check "the last one who lets go deletes it, and has the deposit" equal "$(tokens poster)" "$((before + 10))"
refuses poster "there is no blob" model show "$blob"
head -c 1000000 /dev/urandom >"$home/folders/worker/large.bin"
before=$(tokens worker)
spawn_as worker model upload large.bin --streams 1
blob=$((blob + 1))
begun() { run_as requester model show "$blob" | grep -q '"received":[1-9]'; }
within 60 begun
check "a process is killed while it uploads" not kill_spawned
refuses requester "others can abort it from" model delete "$blob"
as worker model delete "$blob"
check "an upload that was given up is deleted, and all of its deposit back" equal "$(tokens worker)" "$before"

section "a dataset that changes its terms, and its owner"
as poster dataset set-terms "$wide_data" --price 5token --royalty 2.5
post_wide=(job post --dataset "$wide_data" --circuit "$circuit" --reward 100token)
refuses poster "costs 5token and 2.50 % of the reward" "${post_wide[@]}" --price 5token
as poster "${post_wide[@]}" --price 5token --royalty 2.5
cancelled=$(got poster job)
as worker job accept "$cancelled"
as poster job cancel "$cancelled"
check "a slot that was only accepted is cancelled at once" equal "$(got poster state)" cancelled
as poster dataset transfer "$wide_data" --to "$(address_of hospital)"
refuses worker "isn't offered to you" dataset accept "$wide_data"
as hospital dataset accept "$wide_data"
refuses poster "only they can change it" dataset deprecate "$wide_data"
as hospital dataset deprecate "$wide_data" --successor "$dataset"
refuses poster "deprecated" "${post_wide[@]}" --price 5token --royalty 2.5
as requester dataset show "$wide_data"
check "whoever looks finds the successor" said requester "\"successor\":$dataset"

section "a job that nobody delivers"
as poster job post --dataset "$dataset" --circuit "$circuit" --reward 100token --bond 10token \
    --acceptance 10m --hand-over 10m --delivery 3s
late=$(got poster job)
as worker job accept "$late"
as worker job start "$late" --dataset cells --circuit circuit
before=$(tokens poster)
once_it_may requester job claim "$late"
gas "jobs" "expire" "$(got requester gas_used)"
check "a stranger has reward and bond paid to the poster" equal "$(tokens poster)" "$((before + 110))"

section "a hidden model: registered with a proof of where it came from"
as hospital dataset commit "$root/cli/data/wdbc.csv" --label diagnosis --hidden \
    --schema "$home/folders/poster/cells/dataset.json" -o patients
as hospital dataset register patients
patients=$(got hospital dataset)
as hospital train patients --lambda 0.001 -o model.json
as hospital circuit spec --rows 569 --features 10 --classes 2 --lambda 0.001 --hidden -o origin.json
as hospital circuit setup origin.json -o origin
as hospital circuit register origin
as hospital compile model.json --dataset patients --parameters hidden -o predicts
as hospital setup predicts
as hospital circuit register predicts
as hospital model register predicts --dataset patients --dataset-id "$patients" --circuit origin \
    --minimum-rows 400
gas "model-store" "register_model" "$(got hospital gas_used)"
model=$(got hospital model)
as hospital offer post predicts --model "$model" --price 5token --within 5m
gas "predictions" "offer" "$(got hospital gas_used)"
offer=$(got hospital offer)

section "asked, answered, paid"
as requester offer list
check "the requester finds the offer" said requester '"5"'
refuses requester "public-row" request post "$offer" --input "$root/cli/data/wdbc.csv" --row 7
as requester request post "$offer" --input "$root/cli/data/wdbc.csv" --row 7 --public-row \
    "${ignored[@]}"
gas "predictions" "request" "$(got requester gas_used)"
request=$(got requester request)
before=$(tokens hospital)
as hospital request list "$offer" --open
as hospital fulfil "$request" --model predicts
gas "predictions" "fulfil" "$(got hospital gas_used)"
check "the hospital has the price" equal "$(tokens hospital)" "$((before + 5))"
as requester request show "$request"
check "the requester has an answer" said requester '"answered"'
refuses hospital "answered" fulfil "$request" --model predicts

section "money that is prepaid"
before=$(tokens requester)
as requester balance deposit 20token
as requester request post "$offer" --input "$root/cli/data/wdbc.csv" --row 8 --public-row --prepaid \
    "${ignored[@]}"
as hospital fulfil "$(got requester request)" --model predicts
as requester balance withdraw token
check "what wasn't spent came back" equal "$(tokens requester)" "$((before - 5))"

gas_table
cat >"$home/chain-fixture.json" <<JSON
{"rpc": "http://127.0.0.1:26657", "jobs": "$(address jobs)", "job": $job, "slot": 0,
 "predictions": "$(address predictions)", "request": $request}
JSON
if [[ -e $root/wasm-verifier/dist/page/index.html ]]; then
    section "in the browser"
    check "Chromium reads job and request from the chain and verifies them" \
        env ASSAY_CHAIN_FIXTURE="$home/chain-fixture.json" \
        npm run --silent --prefix "$root/wasm-verifier" test:chain
fi
[[ $keep == yes ]] && echo "the network runs on in $home: end it with localnet/down.sh --home $home"
end_of_checks
