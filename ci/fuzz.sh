#!/bin/sh
# Run every fuzz target for some seconds, from its committed corpus, as many at
# once as there are processors. What a target finds lands in build/fuzz/found;
# add it to the corpus when it is mended.
# usage: ci/fuzz.sh SECONDS_EACH
#        ci/fuzz.sh SECONDS TARGET WORK: one of them, which is built
set -eu
cd "$(dirname "$0")/.."

found=build/fuzz/found

fuzz_one() {
    name=$(basename "$2")
    corpus="${name%%.*}/fuzz/corpus/${name##*.}"
    mkdir "$3/$name"
    if ! "$2" -max_total_time="$1" -timeout=10 -rss_limit_mb=2048 \
        -artifact_prefix="$found/$name-" "$3/$name" "$corpus" \
        >"$3/$name.log" 2>&1; then
        tail -n 40 "$3/$name.log" >&2
        echo "error: $name found something: see $found" >&2
        exit 1
    fi
    echo "$name: $(sed -n 's/^Done \([0-9]*\) runs.*/\1 runs/p' "$3/$name.log"), no finding"
}

if [ $# -eq 3 ]; then
    fuzz_one "$@"
    exit
fi
ci/build.sh fuzz
mkdir -p "$found"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
find build/fuzz -path 'build/fuzz/*/*.fuzz.*' -type f -perm -u+x | sort >"$work/targets"
if [ ! -s "$work/targets" ]; then
    echo "error: there is no fuzz target" >&2
    exit 1
fi
xargs -P "$(nproc)" -I '{}' ci/fuzz.sh "$1" '{}' "$work" <"$work/targets" || {
    echo "error: fuzzing did not end well" >&2
    exit 1
}
