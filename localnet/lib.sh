# What the scripts share: where things are, and what a network consists of.

chain_id=assay-local-1
gas_price=0.025stake
accounts=(poster worker hospital requester)
funds=1000000000000stake,1000000000000token
home=${ASSAY_LOCALNET:-$here/../target/localnet}
cache=${XDG_CACHE_HOME:-$HOME/.cache}/assay/wasmd-$(cat "$here"/wasmd/go.{mod,sum} | sha256sum | cut -c1-16)
binary=$cache/wasmd
# The program finds the VM's library beside itself.
export LD_LIBRARY_PATH=$cache${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}

fail() {
    echo "localnet: $*" >&2
    exit 1
}

# The comment at a script's head.
usage() {
    sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "$1"
}

# Takes --home and nothing else.
only_home() {
    local script=$1
    shift
    while (($#)); do
        case $1 in
            --home) home=${2:?"--home takes a folder"}; shift 2 ;;
            -h | --help) usage "$script"; exit 0 ;;
            *) fail "unknown argument $1: see localnet/${script##*/} --help" ;;
        esac
    done
}

wasmd() {
    "$binary" "$@"
}

# A field of a JSON object on standard input.
field() {
    node -e 'let text = ""; process.stdin.on("data", (part) => (text += part)).on("end", () => console.log(JSON.parse(text)[process.argv[1]]));' "$1"
}

# Whether node $1 runs: the process with its id, and not another one that got the number.
alive() {
    local pid
    pid=$(cat "$home/node$1.pid" 2>/dev/null) || return 1
    [[ $(readlink "/proc/$pid/exe" 2>/dev/null) == "$(readlink -f "$binary")" ]]
}

running() {
    compgen -G "$home/node*.pid" >/dev/null
}

rpc() {
    echo "http://127.0.0.1:$((26657 + $1))"
}

# The height of node $1, 0 before it answers.
height() {
    local status
    status=$(curl -sf --max-time 2 "$(rpc "$1")/status") || { echo 0; return; }
    [[ $status =~ \"latest_block_height\":\"([0-9]+)\" ]] && echo "${BASH_REMATCH[1]}" || echo 0
}

# Starts node $1; its log goes on.
start_node() {
    nohup "$binary" start --home "$home/nodes/node$1/wasmd" --log_level info \
        >>"$home/node$1.log" 2>&1 </dev/null &
    echo $! >"$home/node$1.pid"
}

# Ends node $1 at once, as a crash does.
kill_node() {
    kill -KILL "$(<"$home/node$1.pid")"
    while alive "$1"; do sleep 0.05; done
}
