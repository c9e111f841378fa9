#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# lib.sh - sourced by the scripts beside it. WORK is a directory of their own.

PATH=$TESTBED_BIN:$PATH:/usr/sbin:/sbin
# shellcheck disable=SC2034 # used by those that source this
HERE=authsim/tests/e2e

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

# expect WORDS COMMAND...: the output has these words.
expect() {
    words=$1
    shift
    output=$("$@" 2>&1) || true
    case $output in
    *"$words"*) ;;
    *) fail "no '$words' in the output of '$*':
$output" ;;
    esac
}

# expect_status N COMMAND...: it ends with that status.
expect_status() {
    wanted=$1
    shift
    status=0
    "$@" >"$WORK/stdout" 2>"$WORK/stderr" || status=$?
    [ "$status" = "$wanted" ] ||
        fail "status $status, not $wanted, of '$*':
$(cat "$WORK/stdout" "$WORK/stderr")"
}

# server KEY LABEL [4|6]: its address.
server() {
    awk -v key="$1" -v label="$2" -v column="$((${3:-4} == 4 ? 3 : 4))" \
        '$1 == key && $2 == label { print $column }' "$CAA_SERVERS"
}

# Starts unbound at 127.0.0.1, with what standard input adds to its server
# clause, and returns once it answers; its process is $!.
start_unbound_with() {
    cat - >"$WORK/unbound.added"
    cat - "$WORK/unbound.added" >"$WORK/unbound.conf" <<CONF
server:
    directory: "$WORK"
    chroot: ""
    username: ""
    pidfile: ""
    do-daemonize: no
    num-threads: 1
    use-syslog: no
    logfile: "$WORK/unbound.log"
    interface: 127.0.0.1
    do-not-query-localhost: no
CONF
    unbound -c "$WORK/unbound.conf" &
    dig +tries=20 +time=1 @127.0.0.1 . SOA >"$WORK/first" ||
        fail "unbound does not answer: $(cat "$WORK/unbound.log")"
}

# The same, as a recursive resolver inside the sandbox.
start_unbound() {
    start_unbound_with <<CONF
    root-hints: "$CAA_ROOT_HINTS"
    trust-anchor-file: "$CAA_TRUST_ANCHOR"
    trust-anchor-signaling: no
    root-key-sentinel: no
    target-fetch-policy: "0 0 0 0 0"
    aggressive-nsec: no
    val-sig-skew-min: 0
    val-sig-skew-max: 0
CONF
}
