#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Replies that belong to another query, come in another way, or are malformed.

# once NAME [OPTION...]: one try of dig for the CAA of a name in far.
once() {
    once_name=$1.far
    shift
    ask far "$once_name" CAA +tries=1 +time=5 "$@"
}

# kdig_once NAME: likewise. It shows what is not an answer to its question.
kdig_once() {
    squeezed kdig +retry=0 +timeout=5 @"$(at far)" "$1.far.$GROUP." CAA
}

# burst OPTIONS NAME...: what dnsperf sees of queries from one socket.
burst() {
    options=$1
    shift
    for burst_name in "$@"; do
        echo "$burst_name.far.$GROUP CAA"
    done >"$WORK/burst-$1"
    uses dnsperf
    # shellcheck disable=SC2086 # several options
    dnsperf -s "$(at far)" -c 1 -v -W -d "$WORK/burst-$1" $options
}

misbehaviour_062_wrong_id_first() {
    expect 'ID mismatch: expected ID' once id
    expect 'right.test' once id
}

misbehaviour_063_wrong_port_or_address_first() {
    expect "unexpected reply source $(at far)@" kdig_once port
    expect 'right.test' kdig_once port
    output=$(kdig_once address)
    case $output in
    *"unexpected reply source $(at far)@"*) fail "it is the right address" ;;
    *'unexpected reply source '*'@53(UDP)'*'right.test'*) ;;
    *) fail "no reply from elsewhere in $output" ;;
    esac
}

misbehaviour_064_reply_that_is_a_query() {
    expect 'Warning: query response not set' once query
    expect 'response QR bit not set' kdig_once query
}

misbehaviour_065_wrong_question() {
    expect 'query/response question sections are different' kdig_once name
    expect ';; namx.far.message. IN CAA' kdig_once name
    expect ';; type.far.message. IN URI' kdig_once type
    expect ';; class.far.message. CH CAA' kdig_once class
    expect "response doesn't have question section" kdig_once none
    expect 'QUERY: 0, ANSWER: 1' once none
    expect 'QUERY: 2, ANSWER: 1' once two
}

misbehaviour_066_duplicate() {
    expect 'received a response with an unexpected' \
        burst '-n 2 -q 1' twice
    expect 'is different from query ID' kdig +tcp +keepopen @"$(at far)" \
        "twice.far.$GROUP." CAA "twice.far.$GROUP." CAA
}

misbehaviour_067_late() {
    expect_silence ask far late.far CAA
    expect 'right.test' ask far late.far CAA +tries=1 +time=5
}

misbehaviour_068_reordered() {
    order=$(burst '-n 1 -q 2' first second | sed -n 's/^> NOERROR \([a-z]*\).*/\1/p' |
        tr '\n' ' ')
    [ "$order" = 'second first ' ] || fail "replies to: $order"
}

misbehaviour_069_trailing_octets() {
    expect 'Message has 4 extra bytes at end' once trailing
}

misbehaviour_070_compression_loop_and_forward_pointer() {
    expect 'Got bad packet: bad compression pointer' once loop
    expect 'Got bad packet: bad compression pointer' once ahead
}

misbehaviour_071_counts_that_lie() {
    expect 'ANSWER: 2, AUTHORITY: 0' once more
    expect 'Message parser reports malformed message packet' once more
    expect 'ANSWER: 0, AUTHORITY: 0' once fewer
    expect 'extra bytes at end' once fewer
}

misbehaviour_072_wrong_rdlength() {
    expect 'right.test\000' once long
    expect 'Got bad packet: bad label type' once short
    expect 'Message has 28 extra bytes at end' once zero
}

misbehaviour_073_tag_of_length_0() {
    expect 'Got bad packet: FORMERR' once untagged
    expect '00 05 00 00 63 61 74' once untagged
}

misbehaviour_074_tag_past_the_rdata() {
    expect 'Got bad packet: FORMERR' once past
    expect '00 05 00 ff' once past
}

misbehaviour_075_nul_and_255_in_tag_or_value() {
    expect '0 iss\000ue "right.test"' kdig_once nul
    expect '0 issue "a\255\000b"' kdig_once octets
}

misbehaviour_076_message_of_65535_octets() {
    expect 'MSG SIZE rcvd: 65535' once huge +tcp +noedns
    expect_none 'malformed' once huge +tcp +noedns
}

misbehaviour_077_class_ch() {
    expect 'chaos.far.message. 300 CH CAA 0 issue "right.test"' once chaos
}

misbehaviour_078_opcode_and_z_bit() {
    expect 'opcode: STATUS' kdig_once opcode
    expect 'MBZ: 0x4' once z
}

misbehaviour_079_port_closed() {
    expect 'connection refused' once closed
    expect 'connection refused' dig +tries=1 +time=1 @"$(at far 6)" \
        "closed.far.$GROUP." CAA
    expect 'connection reset' once closed +tcp
}

misbehaviour_080_answer_of_an_unrelated_owner() {
    expect 'unrelated.far.message. 300 IN CAA 0 issue "right.test"' once foreign
    expect 'QUERY: 1, ANSWER: 1' once foreign
}

misbehaviour_081_caa_in_additional() {
    expect 'QUERY: 1, ANSWER: 0, AUTHORITY: 1, ADDITIONAL: 2' once beside
    expect 'beside.far.message. 300 IN CAA 0 issue "right.test"' once beside
}
