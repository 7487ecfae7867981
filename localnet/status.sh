#!/usr/bin/env bash
# Prints every node's height; exits with 1 unless all of them run.
#
# Usage: localnet/status.sh [--home DIR]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/lib.sh"
only_home "${BASH_SOURCE[0]}" "$@"

running || fail "no network runs in $home: start one with localnet/up.sh"
status=0
for pid_file in "$home"/node*.pid; do
    i=${pid_file##*/node}
    i=${i%.pid}
    if alive "$i"; then
        echo "node $i: height $(height "$i"), $(rpc "$i")"
    else
        echo "node $i: ended, see $home/node$i.log"
        status=1
    fi
done
exit $status
