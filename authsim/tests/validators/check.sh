#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Every validator finds today what table.txt says of it, and every damage of
# FORMAT.md is in the table's scenario.
set -eu
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
# shellcheck source=authsim/tests/e2e/lib.sh
. authsim/tests/e2e/lib.sh
HERE=authsim/tests/validators

sh "$HERE/table.sh" unbound delv named knot powerdns >"$WORK/found"
[ "$(wc -l <"$WORK/found")" -gt 90 ] || fail 'hardly any question was asked'
diff "$HERE/table.txt" "$WORK/found" ||
    fail "$HERE/table.txt (<) is not what the validators find (>)"

sed -n '/^## 6/,/^## 7/p' scenarios/FORMAT.md | grep '^| `' | cut -d '|' -f 2 |
    grep -o '[a-z][a-z-]*' | sort >"$WORK/known"
[ "$(wc -l <"$WORK/known")" -gt 20 ] || fail 'no damages in FORMAT.md'
while read -r damage; do
    grep -q "{what: ${damage}[,}]" "$HERE/damages.yaml" ||
        fail "$HERE/damages.yaml has no $damage"
done <"$WORK/known"
