#!/bin/sh
# Each check that conformance/adapters/RESULTS.md names is one of the catalogue.
set -eu
cd "$(dirname "$0")/../.."

results=conformance/adapters/RESULTS.md
rc=0
count=0
# shellcheck disable=SC2016 # backticks of Markdown
for id in $(grep -oE '`[a-z][a-z0-9-]*/[a-z][a-z0-9-]*`' "$results" | tr -d '`' | sort -u); do
    count=$((count + 1))
    grep -qxF -- "$id" scenarios/ids.txt || {
        echo "error: $results names $id, which is no check of scenarios/ids.txt" >&2
        rc=1
    }
done
if [ "$count" -eq 0 ]; then
    echo "error: $results names no check" >&2
    rc=1
fi
exit "$rc"
