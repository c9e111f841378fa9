#!/bin/sh
# Run every fuzz target for some seconds, from its committed corpus. What a
# target finds lands in build/fuzz/found; add it to the corpus when it is mended.
# usage: ci/fuzz.sh SECONDS_EACH
set -eu
cd "$(dirname "$0")/.."

ci/build.sh fuzz
found="$PWD/build/fuzz/found"
mkdir -p "$found"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
count=0
for target in build/fuzz/*/*.fuzz.*; do
    [ -x "$target" ] || continue
    name=$(basename "$target")
    component=${name%%.*}
    corpus="$component/fuzz/corpus/${name##*.}"
    mkdir "$work/$name"
    if ! "$target" -max_total_time="$1" -timeout=10 -rss_limit_mb=2048 \
        -artifact_prefix="$found/$name-" "$work/$name" "$corpus" \
        >"$work/log" 2>&1; then
        tail -n 40 "$work/log" >&2
        echo "error: $name found something: see build/fuzz/found" >&2
        exit 1
    fi
    echo "$name: $(sed -n 's/^Done \([0-9]*\) runs.*/\1 runs/p' "$work/log"), no finding"
    count=$((count + 1))
done
if [ "$count" -eq 0 ]; then
    echo "error: there is no fuzz target" >&2
    exit 1
fi
