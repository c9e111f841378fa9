#!/bin/sh
# Configure and build one preset; quiet unless it fails.
# usage: ci/build.sh PRESET
set -eu
cd "$(dirname "$0")/.."

log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "building preset $1"
if ! { cmake --preset "$1" && cmake --build --preset "$1"; } >"$log" 2>&1; then
    grep -nE 'error|FAILED|Error' "$log" | head -n 40 >&2
    tail -n 20 "$log" >&2
    echo "error: preset $1 does not build" >&2
    exit 1
fi
