#!/usr/bin/env bash
# quietly.sh "What is being done" COMMAND...: one plain line; the command's output only when it fails.
set -uo pipefail
say=$1
shift
log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "… $say"
if ! "$@" >"$log" 2>&1 </dev/null; then
    cat "$log"
    echo "✗ $say: failed. What it said is above."
    exit 1
fi
