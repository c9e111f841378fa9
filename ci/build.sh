#!/bin/sh
# Configure and build one preset, or some targets of it; quiet unless it fails.
# usage: ci/build.sh PRESET [TARGET...]
set -eu
cd "$(dirname "$0")/.."

log=$(mktemp)
trap 'rm -f "$log"' EXIT
preset=$1
shift
echo "building preset $preset"
if ! { cmake --preset "$preset" &&
    cmake --build --preset "$preset" ${1:+--target "$@"}; } >"$log" 2>&1; then
    grep -nE 'error|FAILED|Error' "$log" | head -n 40 >&2
    tail -n 20 "$log" >&2
    echo "error: preset $preset does not build" >&2
    exit 1
fi
