#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Truncation, and what becomes of the TCP connection that follows it.

# stream NAME: what came over a connection, as octets.
stream() {
    uses octets
    authsim-stream-reader "$(at far)" "$1.far.$GROUP."
}

# over_tcp NAME: one try of dig.
over_tcp() {
    ask far "$1.far" CAA +tcp +tries=1 +time=5
}

misbehaviour_051_truncated_and_empty() {
    expect 'flags: qr aa tc; QUERY: 1, ANSWER: 0, AUTHORITY: 0' \
        ask far empty.far CAA +ignore
    expect '(TCP)' ask far empty.far CAA
}

misbehaviour_052_truncated_with_part_of_the_set() {
    expect 'flags: qr aa tc; QUERY: 1, ANSWER: 2' ask far part.far CAA +ignore
    expect 'flags: qr aa; QUERY: 1, ANSWER: 4' ask far part.far CAA
}

misbehaviour_053_truncated_nxdomain() {
    expect 'status: NXDOMAIN' ask far denied.far CAA +ignore
    expect 'flags: qr aa tc; QUERY: 1, ANSWER: 0, AUTHORITY: 1' \
        ask far denied.far CAA +ignore
}

misbehaviour_054_truncated_then_silent() {
    expect 'Truncated, retrying in TCP mode' \
        ask far mute.far CAA +tries=1 +time=1
    expect_silence ask far mute.far CAA
}

misbehaviour_055_connection_reset() {
    expect 'connection reset' over_tcp refuse
    expect 'told 0 octets, had 0, in 0 pieces, then RESET' stream refuse
}

misbehaviour_056_closed_after_the_length() {
    expect 'end of file' over_tcp length
    expect 'had 0, in 1 pieces, then END' stream length
}

misbehaviour_057_length_longer_or_shorter() {
    expect 'end of file' over_tcp long
    expect 'told 66 octets, had 50, in 1 pieces, then END' stream long
    expect 'parser reports malformed message packet' over_tcp short
    expect 'told 25 octets, had 51, in 1 pieces, then END' stream short
}

misbehaviour_058_one_octet_at_a_time() {
    expect 'slow.test' over_tcp slow
    pieces=$(stream slow | sed 's/.*, in \([0-9]*\) pieces.*/\1/')
    # The kernel may join a few.
    [ "$pieces" -gt 20 ] || fail "the reply came in $pieces pieces"
}

misbehaviour_059_tcp_differs_from_udp() {
    expect 'udp.test' ask far other.far CAA
    expect 'tcp.test' ask far other.far CAA +tcp
}

misbehaviour_060_truncated_over_tcp() {
    expect 'flags: qr aa tc; QUERY: 1, ANSWER: 1' over_tcp both
    expect '(TCP)' over_tcp both
}

# The second query on the connection is met by the second copy of the first
# reply.
misbehaviour_061_two_messages_in_one_stream() {
    expect 'is different from query ID' kdig +tcp +keepopen @"$(at far)" \
        "double.far.$GROUP." CAA "double.far.$GROUP." CAA
}
