#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Referrals, and the servers that they lead to.

start_resolver

misbehaviour_082_lame() {
    expect 'status: REFUSED' ask refuser www.lame CAA
    expect 'status: SERVFAIL' ask failer www.lame CAA
    expect 'flags: qr; QUERY: 1, ANSWER: 1' ask unsure www.lame CAA
}

misbehaviour_083_upward_referral() {
    expect 'flags: qr; QUERY: 1, ANSWER: 0, AUTHORITY: 1' \
        ask upward www.upward CAA
    expect 'delegation. 300 IN NS ns-apex.delegation.' ask upward www.upward CAA
    expect 'status: SERVFAIL' resolve www.upward CAA
}

misbehaviour_084_self_referral() {
    expect 'flags: qr; QUERY: 1, ANSWER: 0, AUTHORITY: 1' ask self www.self CAA
    expect 'self.delegation. 300 IN NS ns-self.delegation.' \
        ask self www.self CAA
}

misbehaviour_085_glueless_loop() {
    expect 'left.delegation. 300 IN NS ns.right.delegation.' \
        ask apex www.left CAA
    expect 'right.delegation. 300 IN NS ns.left.delegation.' \
        ask apex www.right CAA
    expect 'AUTHORITY: 1, ADDITIONAL: 1' ask apex www.left CAA # OPT alone
    expect 'status: SERVFAIL' resolve www.left CAA
}

misbehaviour_086_private_glue() {
    expect 'ns.inner.private.delegation. 300 IN A 10.0.0.1' \
        ask apex www.inner.private CAA
    expect 'ns.inner.private.delegation. 300 IN AAAA 2001:db8::1' \
        ask apex www.inner.private CAA
    expect 'status: SERVFAIL' resolve www.inner.private CAA
}

misbehaviour_087_alias_beside_ns() {
    expect 'beside.delegation. 300 IN CNAME www.delegation.' \
        ask beside beside CAA
    expect 'beside.delegation. 300 IN NS ns-beside.delegation.' \
        ask beside beside NS
}

misbehaviour_088_ns_is_an_alias() {
    expect 'named.delegation. 300 IN NS alias.delegation.' \
        ask apex www.named CAA
    expect 'alias.delegation. 300 IN CNAME ns-named.delegation.' \
        ask apex alias A
}

misbehaviour_089_ipv6_only() {
    expect 'AUTHORITY: 1, ADDITIONAL: 2' ask apex www.modern CAA
    expect 'ns-six.delegation. 300 IN AAAA' ask apex www.modern CAA
    expect 'six.test' ask six www.modern CAA # at the one address it has
    expect 'six.test' resolve www.modern CAA
}

misbehaviour_090_one_server_dead_or_stale() {
    expect 'fresh.test' ask fresh www.pair CAA
    expect_silence ask dead www.pair CAA
    expect 'stale.test' ask stale www.pair CAA
}

misbehaviour_091_parent_and_child_name_other_servers() {
    expect 'differ.delegation. 300 IN NS ns-first.delegation.' \
        ask apex www.differ CAA
    expect 'differ.delegation. 300 IN NS ns-second.delegation.' \
        ask first differ NS
}

misbehaviour_092_many_servers() {
    expect 'ANSWER: 0, AUTHORITY: 40' ask apex www.fan CAA
    expect 'fan.delegation. 300 IN NS ns40.elsewhere.delegation.' \
        ask apex www.fan CAA
    expect 'status: SERVFAIL' resolve www.fan CAA
}
