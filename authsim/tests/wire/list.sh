#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# clients.txt says of every misbehaviour of the range which test shows it, and
# with which clients; it has no line without a test.
# usage: list.sh FIRST LAST
set -eu
cd authsim/tests/wire
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT

grep -v '^#' clients.txt | cut -d ' ' -f 1 >"$WORK/listed"
LC_ALL=C sort -c "$WORK/listed" || {
    echo "error: clients.txt is not in order" >&2
    exit 1
}
sed -n 's/^\(misbehaviour_[0-9]\{3\}_[0-9a-z_]*\)() {$/\1/p' ./*.sh |
    LC_ALL=C sort >"$WORK/tests"
diff "$WORK/listed" "$WORK/tests" || {
    echo "error: clients.txt (<) and the tests (>) name other misbehaviours" >&2
    exit 1
}
missing=0
number=$1
while [ "$number" -le "$2" ]; do
    grep -q "^misbehaviour_$(printf '%03d' "$number")_" "$WORK/listed" || {
        echo "error: no test shows misbehaviour $number" >&2
        missing=1
    }
    number=$((number + 1))
done
exit $missing
