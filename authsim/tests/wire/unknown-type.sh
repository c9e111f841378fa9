#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What servers say to a type that they do not know, and how they say that there
# is nothing.

misbehaviour_001_caa_not_implemented() {
    expect 'status: NOTIMP' ask notimp www.notimp CAA
    expect 'status: NOERROR' ask notimp www.notimp A
}

misbehaviour_002_caa_refused() {
    expect 'status: REFUSED' ask refused www.refused CAA
    expect '192.0.2.1' ask refused www.refused A
}

misbehaviour_003_caa_servfail() {
    expect 'status: SERVFAIL' ask servfail www.servfail CAA
    expect '192.0.2.1' ask servfail www.servfail A
}

misbehaviour_004_caa_format_error() {
    expect 'status: FORMERR' ask formerr www.formerr CAA
    expect '192.0.2.1' ask formerr www.formerr A
}

misbehaviour_005_caa_dropped() {
    expect_silence ask dropped www.dropped CAA
    expect '192.0.2.1' ask dropped www.dropped A
    expect '"here"' ask dropped www.dropped TXT
}

misbehaviour_006_nxdomain_beside_an_address() {
    expect 'status: NXDOMAIN' ask nxdomain www.nxdomain CAA
    expect '192.0.2.1' ask nxdomain www.nxdomain A
}

misbehaviour_007_address_for_any_type() {
    for type in CAA TXT MX; do
        expect 'IN A 192.0.2.7' ask parked www.parked $type
        expect 'flags: qr; QUERY: 1, ANSWER: 1' ask parked www.parked $type
    done
}

misbehaviour_008_alias_for_some_types() {
    expect 'IN CNAME elsewhere.alias.unknown-type.' ask alias www.alias CAA
    expect 'IN CNAME elsewhere.alias.unknown-type.' ask alias www.alias MX
    expect '192.0.2.1' ask alias www.alias A
}

misbehaviour_009_empty_without_soa() {
    expect 'status: NOERROR' ask bare www.bare CAA
    expect 'flags: qr aa; QUERY: 1, ANSWER: 0, AUTHORITY: 0' \
        ask bare www.bare CAA
}

misbehaviour_010_empty_without_soa_and_aa() {
    expect 'status: NOERROR' ask lame www.lame CAA
    expect 'flags: qr; QUERY: 1, ANSWER: 0, AUTHORITY: 0' \
        ask lame www.lame CAA
}

misbehaviour_011_soa_of_another_zone() {
    expect 'elsewhere.foreign.unknown-type. 60 IN SOA' \
        ask foreign www.foreign CAA
    expect 'AUTHORITY: 1' ask foreign www.foreign CAA
}
