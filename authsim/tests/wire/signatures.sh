#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Signatures, keys and DS records; delv validates a zone by its own keys, a
# resolver by the chain from the root.

start_resolver

# chased LABEL NAME TYPE: what delv makes of a zone's answer, asked of its
# server, by the keys that the server shows.
chased() {
    anchor=$WORK/$1.anchor
    {
        echo 'trust-anchors {'
        dig +norec +short +noall +answer @"$(at "$1")" "$1.$GROUP." DNSKEY |
            sed -n "s/^\([0-9]*\) \([0-9]*\) \([0-9]*\) \(.*\)/\"$1.$GROUP.\" static-key \1 \2 \3 \"\4\";/p"
        echo '};'
    } >"$anchor"
    delv -a "$anchor" +root="$1.$GROUP." +vtrace @"$(at "$1")" "$2.$GROUP." "$3"
}

expect_secure() {
    expect ' ad; QUERY' resolve "$@"
}
expect_insecure() {
    expect 'status: NOERROR' resolve "$@"
    expect_none ' ad; QUERY' resolve "$@"
}
expect_bogus() {
    expect 'status: SERVFAIL' resolve "$@"
    expect_none 'status: SERVFAIL' resolve "$@" +cd
}

# validity LABEL NAME TYPE: "inception expiration" of the first signature.
validity() {
    ask_signed "$@" | awk '$4 == "RRSIG" { print $10, $9; exit }'
}

# expect_ended LABEL NAME TYPE: before now.
expect_ended() {
    ended=$(validity "$@" | cut -d ' ' -f 2)
    [ "$ended" -lt "$(date -u +%Y%m%d%H%M%S)" ] || fail "'$*' ends at $ended"
}

misbehaviour_024_expired_signatures() {
    expect_ended expired www.expired A
    expect_ended expired expired DNSKEY
    expect_bogus www.expired A
    # One RRset only.
    expect 'RRSIG has expired' chased once www.once CAA
    expect 'fully validated' chased once www.once A
}

misbehaviour_025_signatures_not_yet_valid() {
    expect 'validity period has not begun' chased future www.future CAA
}

misbehaviour_026_expiry_before_inception() {
    times=$(validity inverted www.inverted CAA)
    [ "${times#* }" -lt "${times% *}" ] || fail "inception, expiry: $times"
    expect_bogus www.inverted CAA
}

misbehaviour_027_no_signatures() {
    expect_none 'RRSIG' ask_signed bare www.bare A
    expect_none 'RRSIG' ask_signed bare bare DNSKEY
    expect_bogus www.bare A
    expect_none 'RRSIG' ask_signed caaless www.caaless CAA
    expect 'IN RRSIG A' ask_signed caaless www.caaless A
    expect_bogus www.caaless CAA
}

misbehaviour_028_ds_without_dnskey() {
    expect 'IN DS' ask_signed apex keyless DS
    expect 'ANSWER: 0' ask_signed keyless keyless DNSKEY
    expect_bogus www.keyless A
}

misbehaviour_029_unsigned_below_a_ds() {
    expect 'IN DS' ask_signed apex broken DS
    expect_none 'RRSIG' ask_signed broken www.broken A
    expect_bogus www.broken A
}

misbehaviour_030_wrong_ds() {
    expect 'IN DS 1 13 2 ' ask_signed apex tag DS
    expect_bogus tag SOA
    expect_bogus digest SOA
    expect 'IN DS' ask_signed apex digesttype DS
    expect ' 13 99 ' ask_signed apex digesttype DS
    # No digest that anyone knows: as good as none.
    expect_insecure digesttype SOA
    expect ' 15 2 ' ask_signed apex algorithm DS
    expect_bogus algorithm SOA
}

misbehaviour_031_odd_algorithms() {
    expect 'IN DNSKEY 257 3 123 ' ask_signed reserved reserved DNSKEY
    expect 'IN RRSIG SOA 123 ' ask_signed reserved reserved SOA
    expect_insecure reserved SOA
    expect 'IN RRSIG SOA 253 ' ask_signed private private SOA
    # RFC 4034 appendix A.1.1: the name whose it is comes first, private.test.
    expect 'IN DNSKEY 257 3 253 B3ByaXZhdGUEdGVzdA' ask private private DNSKEY
    expect_insecure private SOA
    expect 'IN RRSIG SOA 5 ' ask_signed deprecated deprecated SOA
}

misbehaviour_032_keys_left_out_or_corrupt() {
    expect 'IN DNSKEY 257' ask_signed nozsk nozsk DNSKEY
    expect_none 'IN DNSKEY 256' ask_signed nozsk nozsk DNSKEY
    expect_bogus nozsk SOA
    expect 'IN DNSKEY 256' ask_signed noksk noksk DNSKEY
    expect_none 'IN DNSKEY 257' ask_signed noksk noksk DNSKEY
    expect_bogus noksk SOA
    expect 'IN DNSKEY 256' ask_signed corrupt corrupt DNSKEY
    expect 'IN DNSKEY 257' ask_signed corrupt corrupt DNSKEY
    expect_bogus corrupt SOA
}

misbehaviour_033_wrong_labels_and_signer() {
    expect 'IN RRSIG CAA 13 4 ' ask_signed labels www.labels CAA
    expect_bogus www.labels CAA
    expect ' wrong-signer.signatures. ' ask_signed signer www.signer CAA
    expect_bogus www.signer CAA
}

misbehaviour_034_alias_into_a_bogus_zone() {
    expect_secure www.good CNAME
    expect_bogus www.good CAA
}

misbehaviour_035_signatures_broken_for_mixed_case() {
    expect 'fully validated' chased mixed www.mixed A
    expect 'RRSIG failed to verify' chased mixed wWw.mixed A
}

misbehaviour_036_ad_always_set() {
    expect 'flags: qr aa ad;' ask ad www.ad A +noadflag
}

misbehaviour_037_bad_signature_beside_a_good_one() {
    expect 'ANSWER: 3' ask_signed beside www.beside CAA
    expect_secure www.beside CAA
    # One that stops at the first bad signature.
    expect 'RRSIG failed to verify' chased beside www.beside CAA
}

misbehaviour_038_many_keys_and_signatures() {
    expect 'ANSWER: 34' ask_signed trap trap DNSKEY
    ask trap trap DNSKEY +multiline | grep -o 'key id = [0-9]*' >"$WORK/tags"
    [ "$(wc -l <"$WORK/tags")" = 33 ] || fail 'not 33 keys'
    [ "$(sort -u "$WORK/tags" | wc -l)" = 1 ] || fail 'several key tags'
    expect 'ANSWER: 34' ask_signed trap www.trap CAA
}
