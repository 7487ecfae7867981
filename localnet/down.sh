#!/usr/bin/env bash
# Ends a network's processes by their ids and waits for them. Its logs and its state stay.
#
# Usage: localnet/down.sh [--home DIR]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/lib.sh"
only_home "${BASH_SOURCE[0]}" "$@"

for pid_file in "$home"/node*.pid; do
    [[ -e $pid_file ]] || continue
    i=${pid_file##*/node}
    i=${i%.pid}
    if alive "$i"; then
        kill "$(<"$pid_file")"
        for ((tries = 0; tries < 100; tries++)); do
            alive "$i" || break
            sleep 0.1
        done
        alive "$i" && kill -KILL "$(<"$pid_file")"
    fi
    rm -f "$pid_file"
done
