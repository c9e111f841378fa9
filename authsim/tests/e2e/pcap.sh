#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# authsim serve --pcap: what tshark makes of it.
set -eu
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
# shellcheck source=authsim/tests/e2e/lib.sh
. authsim/tests/e2e/lib.sh
SCENARIO=$HERE/every-answer.yaml
FILE=$WORK/packets

# dissect: one line of fields for every packet, with every checksum checked.
dissect() {
    tshark -r "$FILE" -o ip.check_checksum:TRUE -o udp.check_checksum:TRUE \
        -o tcp.check_checksum:TRUE -T fields -e _ws.expert.severity \
        -e _ws.malformed -e frame.protocols -e udp.srcport -e udp.dstport \
        -e tcp.srcport -e tcp.len -e tcp.flags.reset -e dns.flags.response \
        -e dns.qry.name -e dns.qry.type -e dns.caa.value -e dns.count.answers \
        -e dns.time -e icmp.type -e icmp.code -e icmpv6.type -e icmpv6.code \
        -e udp.stream -e dns.id >"$WORK/fields" 2>"$WORK/tshark" || {
        cat "$WORK/tshark" >&2
        fail "tshark cannot read $FILE"
    }
}

# those CONDITION: the lines for which it holds. Of severities there may be
# several in a line; a warning is 0x600000, an error 0x800000.
those() {
    awk -F '\t' '{
        n = split($1, severity, ",")
        malformed = $2 != ""
        broken = malformed
        for (i = 1; i <= n; i++) {
            broken = broken || severity[i] >= 6291456
        }
        ipv6 = $3 ~ /ipv6/; udp = $3 ~ /udp/; tcp = $3 ~ /tcp/
        udp_from = $4; udp_to = $5; tcp_from = $6; tcp_len = $7; reset = $8
        response = $9; name = $10; type = $11; caa = $12; answers = $13
        time = $14; icmp = $15 "/" $16; icmpv6 = $17 "/" $18
        stream = $19; id = $20
    }
    '"$1" "$WORK/fields"
}

count() {
    those "$1" | wc -l
}

# Undamaged messages of every kind, 65 kB over TCP among them: every query and
# every reply is found, and none of them is broken.
authsim serve --sandbox --pcap "$FILE" --journal "$WORK/journal" \
    "$SCENARIO" scenarios/catalogue/rrset-1001.yaml -- \
    sh -c 'sh authsim/tests/e2e/answers_inside.sh
           sh authsim/tests/e2e/large_inside.sh'
dissect
[ -z "$(those broken)" ] || fail "undamaged and yet: $(those broken)"
[ "$(count 'response == "0"')" = "$(count 'response == "1"')" ] ||
    fail 'not one reply for every query'
jq -r 'select(.name) | [if .name == "." then "<Root>" else .name end,
        ({CAA: 257, TXT: 16, NS: 2}[.type])] | join(" ")' "$WORK/journal" |
    sort >"$WORK/journaled"
for side in 0 1; do
    those "response == \"$side\" { print name, type }" | sort >"$WORK/captured"
    [ -z "$(comm -23 "$WORK/journaled" "$WORK/captured")" ] ||
        fail "response $side: the journal has more than the capture"
done
for kind in '!ipv6 && udp' '!ipv6 && tcp' 'ipv6 && udp' 'ipv6 && tcp'; do
    [ "$(count "$kind && caa == \"ca.test\"")" -gt 0 ] ||
        fail "no CAA record where $kind"
done
[ "$(count 'answers == 1001 && tcp')" -gt 0 ] ||
    fail 'the reply of 1001 records is not put together'

# Damaged ones: the same filter sees them.
cat >"$WORK/damaged.yaml" <<'END'
title: Replies that a reader of packets must stumble over
sources: [{text: RFC 9293}]
zones:
  - name: cut
    dnssec: signed
    records: |
      short.cut  CAA  0 issue "{issuer}"
      reset.cut  CAA  0 issue "{issuer}"
      slow.cut   CAA  0 issue "{issuer}"
      late.cut   CAA  0 issue "{issuer}"
      gone.cut   CAA  0 issue "{issuer}"
      other.cut  CAA  0 issue "{other}"
    faults:
      - {when: {name: gone.cut, transport: udp}, do: {drop: unreachable}}
      - {when: {name: short.cut, transport: tcp}, do: {tcp: length-short}}
      - {when: {name: reset.cut, transport: tcp}, do: {tcp: reset}}
      - {when: {name: slow.cut, transport: tcp}, do: {tcp: one-octet}}
      - when: {name: late.cut}
        do: {delay-ms: 300, decoy: 'late.cut CAA 0 issue "{other}"', decoy-wrong: port}
checks:
  - {id: permits, names: [slow.cut], verdict: permit}
  - {id: refuses, names: [other.cut], verdict: refuse}
END
cat >"$WORK/damaged.sh" <<'INSIDE'
. authsim/tests/e2e/lib.sh
at=$(server damaged/permits cut)
for from in "$at" "$(server damaged/permits cut 6)"; do
    expect 'connection refused' \
        dig +tries=1 +time=5 @"$from" gone.cut.damaged-permits CAA
done
for name in short reset slow; do
    dig +tcp +tries=1 +time=5 @"$at" $name.cut.damaged-permits CAA >/dev/null
done
dig +tries=1 @"$at" late.cut.damaged-permits CAA >/dev/null
INSIDE
authsim serve --sandbox --pcap "$FILE" "$WORK/damaged.yaml" -- \
    sh "$WORK/damaged.sh"
dissect
[ "$(count 'broken && reset == 1')" = 1 ] || fail 'no reset is seen'
[ "$(count malformed)" = 1 ] || fail 'no malformed message is seen'
[ "$(count 'tcp_from == 53 && tcp_len == 1')" -gt 50 ] ||
    fail 'a reply octet by octet is not seen as it went'
[ "$(count 'name ~ /^slow/ && tcp && caa == "ca.test" && !broken')" = 1 ] ||
    fail 'nor is it put together'
# Timers count from when the loop woke up, a little before the query was read.
[ "$(count 'udp_from == 53 && time > 0.2')" = 1 ] ||
    fail 'the delay of a reply is not seen'
# News of a closed port: whole, of the stream of the query that it quotes.
for kind in 'icmp == "3/3"' 'icmpv6 == "1/4"'; do
    [ "$(count "$kind && !broken && name ~ /^gone/")" = 1 ] ||
        fail "no news of a closed port where $kind"
    pair=$(those "$kind { print stream, id }")
    [ "$(those '{ print stream, id }' | grep -cxF "$pair")" = 2 ] ||
        fail "tshark relates that news to no query where $kind"
done
[ "$(count 'udp && udp_from != 53 && udp_to != 53')" = 1 ] ||
    fail 'the port of the decoy is not its own'

# On the loopback, killed: whole packets are left, for port 53.
cat >"$WORK/killed.sh" <<'INSIDE'
set -eu
mkfifo "$WORK/out"
authsim serve --port 5300 --pcap "$FILE" "$1" >"$WORK/out" &
pid=$!
exec 3<"$WORK/out"
while read -r line <&3; do
    case $line in
    'every-answer/permits nsec '*) at=${line##* } ;;
    ready:*) break ;;
    esac
done
dig +tcp +keepopen -p 5300 @"$at" www.nsec.every-answer-permits CAA >/dev/null
dig -p 5300 @"$at" www.nsec.every-answer-permits CAA >/dev/null
# Once this is answered those before are in the file.
dig -p 5300 @"$at" none.nsec.every-answer-permits CAA >/dev/null
kill -KILL $pid
INSIDE
export WORK FILE
authsim serve --sandbox "$SCENARIO" -- sh "$WORK/killed.sh" "$SCENARIO"
dissect
[ -z "$(those broken)" ] || fail "killed, and then: $(those broken)"
[ "$(count 'response == "1" && caa == "ca.test"')" = 2 ] ||
    fail 'not every reply is in the file of a killed authsim'

expect_status 2 authsim serve --sandbox --pcap /none/such "$SCENARIO" -- true
grep -q '/none/such: No such file' "$WORK/stderr" ||
    fail 'a file that cannot be made is not told'
