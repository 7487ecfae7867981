# What the scripts that drive `assay` on a local network share.

here=$root/localnet
source "$here/lib.sh"
assay=${ASSAY:-${CARGO_TARGET_DIR:-$root/target}/release/assay}
home=${ASSAY_LOCALNET_HOME:-$(mktemp -d)/net}
columns=mean_radius,mean_texture,mean_perimeter,mean_area,mean_smoothness,mean_compactness,mean_concavity,mean_concave_points,mean_symmetry,mean_fractal_dimension
passed=0
failed=0
server=
gas_lines=()

# Every column of the table that isn't one of the ten, as arguments.
ignored=()
IFS=, read -ra header < <(head -1 "$root/cli/data/wdbc.csv")
for column in "${header[@]}"; do
    [[ ,$columns, == *,$column,* ]] || ignored+=(--ignore "$column")
done

# A network of $1 validators and $2 more workers, a folder for each account; both go with the
# script.
begin_market() {
    trap end_market EXIT
    "$root/localnet/up.sh" --validators "$1" --workers "${2:-0}" --home "$home"
    for ((i = 1; i <= ${2:-0}; i++)); do accounts+=("worker$i"); done
    for name in "${accounts[@]}"; do
        mkdir -p "$home/folders/$name" "$home/state/$name"
    done
}

end_market() {
    stop_serving
    "$root/localnet/down.sh" --home "$home" || true
    rm -rf "${home%/net}"
}

section() {
    printf -- '--- %s (at %d s)\n' "$1" "$SECONDS"
}

# `assay` as account $1, in its own folder, with its own key and records.
run_as() {
    local name=$1
    shift
    (cd "$home/folders/$name" && env XDG_STATE_HOME="$home/state/$name" ASSAY_CONFIG="$home/assay.toml" \
        ASSAY_PROFILE="$name" "$assay" --json "$@")
}

# Runs a command that must succeed; what it says is in the account's folder.
as() {
    local name=$1
    shift
    if ! run_as "$name" "$@" >"$home/folders/$name/.said"; then
        echo "$name: assay $*: $(cat "$home/folders/$name/.said")" >&2
        exit 1
    fi
}

# The same for what waits for a deadline in blocks, which a slow machine makes slowly.
once_it_may() {
    local name=$1 tries
    shift
    for ((tries = 0; tries < 60; tries++)); do
        run_as "$name" "$@" >"$home/folders/$name/.said" && return
        sleep 1
    done
    as "$name" "$@"
}

# A field of what the account's last command said.
got() {
    field "$2" <"$home/folders/$1/.said"
}

# Whether the account's last command said $2.
said() {
    grep -qF -- "$2" "$home/folders/$1/.said"
}

# Runs a command that must be refused, for the reason $2.
refuses() {
    local name=$1 reason=$2 output
    shift 2
    output=$(run_as "$name" "$@") && output="it was done: $output"
    check "refused: $*" contains "$output" "$reason"
}

contains() {
    [[ $1 == *"$2"* ]] || { echo "  not in: $1" >&2; return 1; }
}

not() {
    ! "$@"
}

equal() {
    [[ $1 == "$2" ]] || { echo "  $1 is not $2" >&2; return 1; }
}

check() {
    local name=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
    else
        echo "not so: $name" >&2
        failed=$((failed + 1))
    fi
}

# How many tokens an account has.
tokens() {
    run_as "$1" account show --denom token |
        node -e 'let t = ""; process.stdin.on("data", (p) => (t += p)).on("end", () => console.log(JSON.parse(t).balances.find((b) => b.denom === "token").amount));'
}

# A contract's address.
address() {
    node -e 'console.log(JSON.parse(require("fs").readFileSync(process.argv[1]))[process.argv[2]].address);' \
        "$home/deployment.json" "$1"
}

address_of() {
    cat "$home/accounts/$1/address"
}

# Starts a command of account $1 in a process group of its own, `spawned`, so that the program
# itself can be killed.
spawn_as() {
    local name=$1
    shift
    setsid bash -c 'cd "$1" && shift && exec env "$@"' _ "$home/folders/$name" \
        XDG_STATE_HOME="$home/state/$name" ASSAY_CONFIG="$home/assay.toml" ASSAY_PROFILE="$name" \
        "$assay" --json "$@" >"$home/folders/$name/.said" 2>&1 &
    spawned=$!
}

# Waits up to $1 s until a check holds.
within() {
    local limit=$((SECONDS + $1))
    shift
    until "$@"; do
        ((SECONDS < limit)) || { echo "not in time: $*" >&2; exit 1; }
        sleep 0.1
    done
}

# Kills what was spawned, unless it has ended, and says whether it ended well by itself.
kill_spawned() {
    kill -KILL -- "-$spawned" 2>/dev/null || true
    wait "$spawned" 2>/dev/null
}

# Has account $1 serve dataset $2 to the workers of job $3, at `served_at`.
serve() {
    local log=$home/folders/$1/served.log
    (cd "$home/folders/$1" && exec env ASSAY_CONFIG="$home/assay.toml" ASSAY_PROFILE="$1" \
        "$assay" dataset serve "$2" --job "$3" --listen 127.0.0.1:0) >"$log" 2>&1 &
    server=$!
    for ((tries = 0; tries < 100; tries++)); do
        served_at=$(sed -n 's/^serving at //p' "$log")
        [[ -n $served_at ]] && return
        sleep 0.1
    done
    echo "nothing is served: $(cat "$log")" >&2
    exit 1
}

stop_serving() {
    [[ -n $server ]] && kill "$server" 2>/dev/null
    server=
}

# Notes what a transaction used, whole.
gas() {
    gas_lines+=("| $1 | $2 | $3 |")
}

gas_table() {
    printf '| contract | message | gas of the whole transaction |\n|---|---|---|\n'
    printf '%s\n' "${gas_lines[@]}"
}

end_of_checks() {
    echo "$passed passed, $failed failed"
    ((failed == 0))
}

# A file of twenty irises of two species with two columns: a job that takes no time.
small_data() {
    awk -F, 'NR == 1 { print "petal_length,petal_width,species" }
        NR > 1 && NR <= 11 || NR > 51 && NR <= 61 { print $3 "," $4 "," $5 }' "$root/tests/data/iris.csv"
}

# The contracts, the small data as dataset 1, and its circuit, registered by the poster.
begin_small_jobs() {
    as poster deploy --artifacts "$root/artifacts" -o "$home/deployment.json" \
        --allow-development-keys "$@"
    small_data >"$home/folders/poster/iris.csv"
    as poster dataset commit iris.csv --label species -o data
    as poster dataset register data
    as poster circuit spec --rows 20 --features 2 --classes 2 --lambda 0.01 --fingerprint -o spec.json
    as poster circuit setup spec.json -o circuit
    as poster circuit register circuit
    circuit=$(got poster circuit)
    as poster train data --lambda 0.01 -o model.json
}

# What a worker needs for small jobs, as if it had been handed over.
equip() {
    local folder=$home/folders/$1
    cp -r "$home/folders/poster/data" "$home/folders/poster/circuit" "$home/folders/poster/model.json" "$folder/"
}

# A percentile of numbers, one a line: $1 from 0 to 100.
percentile() {
    sort -n | awk -v p="$1" '{ v[NR] = $1 } END { i = int((NR - 1) * p / 100 + 0.5) + 1; print v[i] }'
}
