#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# lib.sh - sourced by inside.sh, after tests/e2e/lib.sh: the clients, each noted
# when it is used, and shorthands. A group's apex and key are its name: its
# scenario has steps, hence one instance.

uses() {
    echo "$1" >>"$CLIENTS"
}
dig() {
    uses dig
    command dig "$@"
}
kdig() {
    uses kdig
    command kdig "$@"
}
drill() {
    uses drill
    command drill "$@"
}
delv() {
    uses delv
    command delv "$@"
}

# at LABEL [4|6]: the address of a server of the group.
at() {
    server "$GROUP" "$@"
}

# squeezed COMMAND...: its output, one space between columns.
squeezed() {
    squeezed_status=0
    squeezed_output=$("$@" 2>&1) || squeezed_status=$?
    printf '%s\n' "$squeezed_output" | tr -s '\t ' ' '
    return $squeezed_status
}

# ask LABEL NAME TYPE [OPTION...]: what dig shows of a server's reply.
ask() {
    label=$1
    name=$2.$GROUP.
    shift 2
    squeezed dig +norec +nocookie @"$(at "$label")" "$name" "$@"
}

# The same with DNSSEC, and lines that are not folded.
ask_signed() {
    ask "$@" +dnssec +nocrypto
}

# Nothing comes back: one try, one second.
expect_silence() {
    expect 'no servers could be reached' "$@" +tries=1 +time=1
}

# expect_none WORDS COMMAND...: the command ends well and the output lacks these
# words.
expect_none() {
    words=$1
    shift
    output=$("$@" 2>&1) || fail "status $? of '$*':
$output"
    case $output in
    *"$words"*) fail "'$words' in the output of '$*':
$output" ;;
    esac
}

# start_resolver: unbound at 127.0.0.1 for all tests of the group.
start_resolver() {
    CLIENTS=$WORK/start
    start_unbound
}

# resolve NAME TYPE [OPTION...]: what a validating resolver makes of it.
resolve() {
    uses unbound
    name=$1.$GROUP.
    shift
    squeezed command dig +dnssec @127.0.0.1 "$name" "$@"
}
