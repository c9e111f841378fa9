#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# EDNS: the OPT record of the query and of the reply, and sizes.

misbehaviour_043_malformed_reply_to_edns() {
    expect 'parser reports malformed message packet' \
        ask malformed www.malformed A
    expect '192.0.2.1' ask malformed www.malformed A +noedns
}

misbehaviour_044_no_question_section() {
    expect 'QUERY: 0, ANSWER: 1' ask bare www.bare A
    expect 'QUERY: 1, ANSWER: 1' ask bare www.bare A +noedns
}

misbehaviour_045_newer_edns_dropped() {
    expect_silence ask newer www.newer A +edns=1 +noednsneg
    expect '192.0.2.1' ask newer www.newer A +edns=0
}

misbehaviour_046_format_error_for_options() {
    expect 'status: FORMERR' ask options www.options A +nsid
    expect '192.0.2.1' ask options www.options A
}

misbehaviour_047_opt_echoed() {
    # Size and cookie are the client's own.
    expect 'udp: 3210' ask echo www.echo A +bufsize=3210
    expect 'COOKIE: 0123456789abcdef (echoed)' \
        ask echo www.echo A +cookie=0123456789abcdef
}

misbehaviour_048_bad_version_and_bad_cookie() {
    expect 'status: BADVERS' ask badvers www.badvers A
    expect 'status: BADCOOKIE' ask badvers www.badvers A \
        +cookie=0123456789abcdef +nobadcookie
}

misbehaviour_049_edns_dropped() {
    expect_silence ask dropped www.dropped A
    expect '192.0.2.1' ask dropped www.dropped A +noedns
}

misbehaviour_050_advertised_size_ignored() {
    expect 'flags: qr aa; QUERY: 1, ANSWER: 90' \
        ask oversize www.oversize TXT +bufsize=512 +ignore
    expect '(UDP)' ask oversize www.oversize TXT +bufsize=512
    size=$(ask oversize www.oversize TXT +noedns |
        sed -n 's/^;; MSG SIZE rcvd: //p')
    [ "$size" -gt 5000 ] || fail "a reply of $size octets"
}
