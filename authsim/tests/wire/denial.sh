#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What is said of names and types that are not there. Where a validator is what
# the thing is for, one says what becomes of it.

start_resolver

expect_bogus() { # NAME TYPE
    expect 'status: SERVFAIL' resolve "$@"
    expect_none 'status: SERVFAIL' resolve "$@" +cd
}

misbehaviour_012_nxdomain_at_an_empty_non_terminal() {
    expect 'status: NXDOMAIN' ask ent empty.ent CAA
    expect '192.0.2.1' ask ent deep.empty.ent A
    expect 'ent.denial. 300 IN NSEC deep.empty.ent.denial.' \
        ask_signed ent empty.ent CAA
}

misbehaviour_013_nsec_that_is_its_own_next() {
    expect 'host.self.denial. 300 IN NSEC host.self.denial. A RRSIG NSEC' \
        ask_signed self none.self CAA
    expect '192.0.2.1' ask self host.self A
}

misbehaviour_014_nodata_without_denial() {
    expect_none 'NSEC' ask_signed bare www.bare CAA
    expect 'IN RRSIG SOA' ask_signed bare www.bare CAA
    expect_bogus www.bare CAA
}

misbehaviour_015_wrong_bitmap() {
    expect 'NSEC bitmap.denial. A RRSIG NSEC CAA' \
        ask_signed bitmap set.bitmap CAA
    expect 'ANSWER: 0' ask_signed bitmap set.bitmap CAA
    expect_bogus set.bitmap CAA
    expect 'clear.bitmap.denial. 300 IN NSEC set.bitmap.denial. RRSIG NSEC' \
        ask_signed bitmap clear.bitmap A
    expect_none 'NSEC CAA' ask_signed bitmap clear.bitmap A
    expect '0 issue "ca.test"' ask bitmap clear.bitmap CAA
}

misbehaviour_016_no_proof_about_the_wildcard() {
    expect 'status: NXDOMAIN' ask_signed wild none.wild CAA
    expect 'a.wild.denial. 300 IN NSEC *.star.wild' \
        ask_signed wild none.wild CAA
    # Two records and their signatures: SOA, and the NSEC over the name alone.
    expect 'AUTHORITY: 4' ask_signed wild none.wild CAA
    expect_bogus none.wild CAA
    # An answer from a wildcard, and no proof that nothing is closer.
    expect '192.0.2.1' ask_signed wild any.star.wild A
    expect_none 'IN NSEC' ask_signed wild any.star.wild A
    expect_bogus any.star.wild A
}

misbehaviour_017_no_ns_bit_at_a_cut() {
    expect 'insecure.cut.denial. 300 IN NSEC' ask_signed cut insecure.cut DS
    expect_none ' NS RRSIG NSEC' ask_signed cut insecure.cut DS
    expect_bogus insecure.cut A
}

misbehaviour_018_no_ds_without_soa() {
    expect 'status: NOERROR' ask_signed nosoa insecure.nosoa DS
    expect_none 'SOA' ask_signed nosoa insecure.nosoa DS
    expect 'IN NSEC' ask_signed nosoa insecure.nosoa DS
}

misbehaviour_019_opt_out_over_a_signed_child() {
    expect 'IN DS' ask_signed optout signed.optout DS
    expect 'IN NSEC3 1 1 0 - ' ask_signed optout www.signed.optout A
    expect_none 'IN DS' ask_signed optout www.signed.optout A
    # The resolver is led to believe that the child is not signed.
    expect '192.0.2.1' resolve www.signed.optout A
    expect_none ' ad;' resolve www.signed.optout A
}

misbehaviour_020_no_nsec3_for_an_empty_non_terminal() {
    hashed=$(ldns-nsec3-hash -a 1 -t 0 "empty.lost.$GROUP." | tr -d '. ')
    expect 'status: NOERROR' ask_signed lost empty.lost CAA
    expect 'IN NSEC3' ask_signed lost empty.lost CAA
    expect_none "$hashed" ask_signed lost empty.lost CAA
    expect_bogus empty.lost CAA
}

misbehaviour_021_spoilt_nsec3() {
    hashed=$(ldns-nsec3-hash -a 1 -t 0 "hash.$GROUP." | tr -d '. ')
    expect "${hashed#?}.hash.$GROUP. 300 IN NSEC3" ask_signed hash hash CAA
    expect_none "$hashed" ask_signed hash hash CAA
    expect_bogus hash CAA
    # The next hash is the owner's and one more: they begin alike.
    ask_signed next none.next CAA | awk '
        $4 == "NSEC3" {
            if (toupper(substr($1, 1, 20)) == toupper(substr($9, 1, 20))) {
                alike++
            } else {
                other++
            }
        }
        END { exit alike == 0 || other > 0 }' || fail 'an NSEC3 has another next hash'
    expect_bogus none.next CAA
    expect_bogus none.signature CAA
    # More iterations than validators do: not bogus, but not validated either.
    expect 'IN NSEC3 1 0 2500 AABBCCDD' \
        ask_signed iterations none.iterations CAA
    expect 'status: NXDOMAIN' resolve none.iterations CAA
    expect_none ' ad;' resolve none.iterations CAA
}

misbehaviour_022_denial_of_the_parent() {
    expect 'status: NXDOMAIN' ask_signed below-up www.below.up CAA
    expect 'up.denial. 300 IN SOA' ask_signed below-up www.below.up CAA
    expect 'below.up.denial. 300 IN NSEC up.denial. NS DS RRSIG' \
        ask_signed below-up www.below.up CAA
    expect_bogus www.below.up CAA
}

misbehaviour_023_compact_denial() {
    expect 'none.compact.denial. 300 IN NSEC \000.none.compact.denial. RRSIG NSEC TYPE128' \
        ask_signed compact none.compact CAA
    expect 'status: NOERROR' ask_signed compact none.compact CAA
    expect 'status: NXDOMAIN' ask compact none.compact CAA
    # Who knows of it, by the CO flag, gets both (RFC 9824 section 5.1).
    expect 'status: NXDOMAIN' ask_signed compact none.compact CAA +coflag
    expect 'IN NSEC \000.none.compact' \
        ask_signed compact none.compact CAA +coflag
    expect 'flags: do co;' ask_signed compact none.compact CAA +coflag
    expect 'IN NSEC \000.www.compact' ask_signed compact www.compact NSEC
    expect 'status: FORMERR' ask_signed compact none.compact TYPE128
}
