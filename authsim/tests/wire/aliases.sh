#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Aliases, alone and in chains.

start_resolver

misbehaviour_093_alias_of_itself() {
    expect 'self.far.aliases. 300 IN CNAME self.far.aliases.' \
        ask far self.far CAA
    expect 'status: SERVFAIL' resolve self.far CAA
}

misbehaviour_094_two_aliases_of_each_other() {
    expect 'ping.far.aliases. 300 IN CNAME pong.far.aliases.' \
        ask far ping.far CAA
    expect 'pong.far.aliases. 300 IN CNAME ping.far.aliases.' \
        ask far pong.far CAA
    expect 'status: SERVFAIL' resolve ping.far CAA
}

misbehaviour_095_chains() {
    for links in 1 2 8 12 20; do
        expect "ANSWER: $((links + 1)), AUTHORITY: 0" ask far c$links.far CAA
        expect 'end.far.aliases. 300 IN CAA 0 issue "end.test"' \
            ask far c$links.far CAA
    done
}

# Where one is followed the next is there; in a signed zone each is signed.
misbehaviour_096_endless_chain() {
    at=www.endless.far
    for link in 1 2 3 4 5 6; do
        next=c$link.www.endless.far
        expect "$at.aliases. 60 IN CNAME $next.aliases." ask far $at CAA
        at=$next
    done
    expect 'c999999.far.endless.far.aliases. 60 IN CNAME c1000000.far' \
        ask far c999999.far.endless.far CAA
    expect 'flags: qr rd ra ad' resolve www.signed CNAME
}

misbehaviour_097_alias_beside_caa() {
    expect 'both.far.aliases. 300 IN CAA 0 issue "both.test"' \
        ask far both.far CAA
    expect 'both.far.aliases. 300 IN CNAME end.far.aliases.' ask far both.far A
}

misbehaviour_098_dname_without_its_cname() {
    expect 'moved.far.aliases. 300 IN DNAME far.aliases.' \
        ask far end.moved.far CAA
    expect_none CNAME ask far end.moved.far CAA
}

misbehaviour_099_dname_overflow() {
    label=dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd
    expect 'status: YXDOMAIN' ask far $label.long.far CAA
    expect 'long.far.aliases. 300 IN DNAME aaa' ask far $label.long.far CAA
}

misbehaviour_100_aliases_out_of_order() {
    order=$(ask far mixed.far CAA | sed -n 's/^\([a-z]*\).* 300 IN .*/\1/p' |
        tr '\n' ' ')
    [ "$order" = 'end between mixed ' ] || fail "the owners are $order"
}

misbehaviour_101_several_aliases() {
    expect 'many.far.aliases. 300 IN CNAME end.far.aliases.' \
        ask far many.far CAA
    expect 'many.far.aliases. 300 IN CNAME other.far.aliases.' \
        ask far many.far CAA
}
