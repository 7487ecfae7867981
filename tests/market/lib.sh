# What the scripts that drive `assay` on a local network share.

here=$root/localnet
source "$here/lib.sh"
assay=${CARGO_TARGET_DIR:-$root/target}/release/assay
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

# A network of $1 validators, a folder for each account; both go with the script.
begin_market() {
    trap end_market EXIT
    "$root/localnet/up.sh" --validators "$1" --home "$home"
    for name in "${accounts[@]}"; do
        mkdir -p "$home/work/$name" "$home/state/$name"
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
    (cd "$home/work/$name" && env XDG_STATE_HOME="$home/state/$name" ASSAY_CONFIG="$home/assay.toml" \
        ASSAY_PROFILE="$name" "$assay" --json "$@")
}

# Runs a command that must succeed; what it says is in the account's folder.
as() {
    local name=$1
    shift
    if ! run_as "$name" "$@" >"$home/work/$name/.said"; then
        echo "$name: assay $*: $(cat "$home/work/$name/.said")" >&2
        exit 1
    fi
}

# A field of what the account's last command said.
got() {
    field "$2" <"$home/work/$1/.said"
}

# Whether the account's last command said $2.
said() {
    grep -qF -- "$2" "$home/work/$1/.said"
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

# Has account $1 serve dataset $2 to the workers of job $3, at `served_at`.
serve() {
    local log=$home/work/$1/served.log
    (cd "$home/work/$1" && exec env ASSAY_CONFIG="$home/assay.toml" ASSAY_PROFILE="$1" \
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
