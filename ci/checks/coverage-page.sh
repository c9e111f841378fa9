#!/bin/sh
# scenarios/COVERAGE.md is what `caaconform coverage` prints of the catalogue,
# and no requirement of chapters 1 to 7 is without a check.
# usage: ci/checks/coverage-page.sh BIN-DIRECTORY
set -eu
cd "$(dirname "$0")/../.."

page=scenarios/COVERAGE.md
now=$(mktemp)
trap 'rm -f "$now"' EXIT
"$1/caaconform" coverage >"$now"
if ! cmp -s "$page" "$now"; then
    diff -u "$page" "$now" | head -n 20 >&2 || true
    echo "error: $page is out of date: caaconform coverage >$page" >&2
    exit 1
fi
if grep -E '^\| R[1-7][0-9][0-9] .*\*\*gap\*\*' "$page" >&2; then
    echo "error: these requirements have no check that cites them" >&2
    exit 1
fi
