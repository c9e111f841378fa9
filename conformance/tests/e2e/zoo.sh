#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# zoo.sh - implementations that behave badly: each is reported for what it is,
# and nothing of it is left.
# shellcheck disable=SC2016 # what stands in single quotes is for another shell
. "$(dirname "$0")/common.sh"

report=$work/report.json

# zoo OUTCOME TEXT COMMAND...: every check of tag-case ends with OUTCOME.
zoo() {
    outcome=$1
    text=$2
    shift 2
    rm -f "$report"
    marked "$caaconform" run --only tag-case --time-limit 1 \
        --report "$report" -- "$@" >"$work/out" 2>&1
    assert_rc 1 "$text"
    assert_report "$report" \
        ".summary.total > 5 and .summary.total == .summary[\"$outcome\"]" "$text"
    assert_nothing_left "$text"
}

zoo hang "it sleeps" sleep 86400
zoo hang "it ignores SIGTERM" \
    sh -c 'trap "" TERM INT HUP; while :; do sleep 86400; done'
zoo hang "it closes its streams" sh -c 'exec <&- >&- 2>&-; sleep 86400'
zoo hang "it floods" yes
zoo crash "it kills itself" sh -c 'kill -SEGV $$'
zoo crash "it exits with 64" sh -c 'exit 64'
zoo crash "it floods and crashes" sh -c 'head -c 2000000 /dev/zero; kill -ABRT $$'

grep -q 'octets' "$work/out" || fail "the flood is not reported"

zoo crash "it takes the network down and kills itself" sh -c \
    'ip link set lo down; umount -l /run; mount -t tmpfs none /etc; kill -9 $$'

# These refuse all, and so are overstrict where they must permit.
refuser() {
    text=$1
    shift
    marked "$caaconform" run --only tag-case --time-limit 10 \
        --report "$report" -- "$@" >/dev/null 2>&1
    assert_rc 1 "$text"
    assert_report "$report" '.summary.overstrict > 0 and .summary.unsafe == 0
        and .summary.hang == 0 and .summary.crash == 0' "$text"
    assert_nothing_left "$text"
}

refuser "it forks and leaves" sh -c 'sleep 86400 & exit 1'
refuser "it forks twice" sh -c '(sleep 86400 &) ; exit 1'
refuser "it changes session" sh -c 'setsid sleep 86400 & exit 1'
refuser "it forks fifty times" sh -c \
    'i=0; while [ $i -lt 50 ]; do sleep 86400 & i=$((i + 1)); done; exit 1'
refuser "it kills whatever it sees" sh -c 'kill -9 -1; exit 1'
