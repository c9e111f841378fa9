#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The tests of one group, at the same time: most of the time of those in which
# nothing is answered is waiting. Prints one line for each, with its clients;
# those have to be what clients.txt says.
set -eu
WORK=/run/caa-testbed/$GROUP
mkdir "$WORK"
# shellcheck source=authsim/tests/e2e/lib.sh
. authsim/tests/e2e/lib.sh
HERE=authsim/tests/wire
# shellcheck source=authsim/tests/wire/lib.sh
. $HERE/lib.sh
# shellcheck source=/dev/null
. "$HERE/$GROUP.sh"

sed -n 's/^\(misbehaviour_[0-9]\{3\}_[0-9a-z_]*\)() {$/\1/p' \
    "$HERE/$GROUP.sh" >"$WORK/tests"
[ -s "$WORK/tests" ] || fail "no test in $HERE/$GROUP.sh"

while read -r name; do
    (
        set -e
        CLIENTS=$WORK/$name.clients
        "$name"
        : >"$WORK/$name.passed"
    ) >"$WORK/$name.out" 2>&1 &
    echo $! >>"$WORK/pids"
done <"$WORK/tests"
while read -r pid; do
    wait "$pid" || :
done <"$WORK/pids"

failed=0
while read -r name; do
    if [ -e "$WORK/$name.passed" ]; then
        line="$name $(sort -u "$WORK/$name.clients" | tr '\n' ' ')"
        line=${line% }
        echo "$line"
        if ! grep -qxF "$line" $HERE/clients.txt; then
            echo "FAILED: $HERE/clients.txt has no line '$line'" >&2
            failed=1
        fi
    else
        echo "FAILED: $name" >&2
        cat "$WORK/$name.out" >&2
        failed=1
    fi
done <"$WORK/tests"
exit $failed
