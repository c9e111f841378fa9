# SPDX-License-Identifier: BSD-2-Clause
# common.sh - what the end-to-end tests share. To be sourced.
#
# Everything that a test starts carries a mark in its environment, so that what
# is left of it can be told from everybody else's processes.
# shellcheck disable=SC2034 # for those who source it
set -eu

caaconform=$TESTBED_BIN/caaconform
mark=CAA_TEST_MARK=$$.$(date +%s)
work=$(mktemp -d)
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT

fail() {
    echo "FAIL: $*" >&2
    exit 1
}

# marked COMMAND...: runs it with the mark; its status is in $rc.
marked() {
    rc=0
    env "$mark" "$@" || rc=$?
}

# Process ids that carry the mark. A zombie has no environment left.
left_over() {
    for environ in /proc/[0-9]*/environ; do
        if tr '\0' '\n' <"$environ" 2>/dev/null | grep -qxF "$mark"; then
            echo "$environ"
        fi
    done 2>/dev/null
}

# The kernel needs a moment to end a namespace whose PID 1 was killed.
assert_nothing_left() {
    tries=0
    while [ -n "$(left_over)" ]; do
        tries=$((tries + 1))
        [ "$tries" -lt 100 ] || fail "$1: processes are left: $(left_over)"
        sleep 0.1
    done
}

assert_rc() {
    [ "$rc" -eq "$1" ] || fail "$2: exit $rc, expected $1"
}

# assert_outcomes REPORT JQ-CONDITION TEXT
assert_report() {
    jq -e "$2" "$1" >/dev/null || fail "$3: $(jq -c .summary "$1")"
}
