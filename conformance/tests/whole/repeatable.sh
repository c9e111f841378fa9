#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# repeatable.sh - one check at a time or many: the same report.
. "$(dirname "$0")/../e2e/common.sh"

for jobs in 1 64; do
    marked "$caaconform" run --seed 7 --epoch "$(date -u +%Y-%m-01)" \
        --reproducible --jobs "$jobs" --only 'tag-*' --only 'climb*' \
        --only 'alias*' --only 'nxdomain*' --only 'wildcard*' \
        --report "$work/$jobs.json" >/dev/null 2>&1
done
cmp "$work/1.json" "$work/64.json" || fail "reports differ"
assert_nothing_left "repeatable"
