#!/bin/sh
# Run the tests that need the whole catalogue, with the programs of a directory:
# under the sanitizers each would take minutes.
# usage: ci/whole.sh BIN-DIRECTORY
set -eu
cd "$(dirname "$0")/.."

TESTBED_BIN=$(realpath "$1")
export TESTBED_BIN
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for script in conformance/tests/whole/*.sh; do
    started=$(date +%s)
    if ! sh "$script" >"$log" 2>&1; then
        tail -n 60 "$log" >&2
        echo "error: $script fails" >&2
        exit 1
    fi
    echo "$(basename "$script" .sh): passed in $(($(date +%s) - started)) s"
done
