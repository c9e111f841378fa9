#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# authsim serve --beyond-loopback, asked by another host: a network namespace at
# the other end of a cable. What a client gets that has shown nothing, one that
# brings its cookie back, and a burst of queries.
set -eu
if [ -z "${BEYOND_INSIDE:-}" ]; then
    WORK=$(mktemp -d)
    export WORK
    trap 'rm -rf "$WORK"' EXIT
    BEYOND_INSIDE=1 unshare -Urn sh "$0"
    exit
fi
# shellcheck source=authsim/tests/e2e/lib.sh
. authsim/tests/e2e/lib.sh
FILE=$WORK/packets
QUERIES=400
BURST=20 # and replies a second: SIM_GUARD_RATE

# The other host, which waits for what nobody writes.
mkfifo "$WORK/apart" "$WORK/never"
# shellcheck disable=SC2016 # for the shell there
unshare -n sh -c 'echo >"$WORK/apart"; read -r _ <"$WORK/never"' &
host=$!
pid=
trap 'kill $host $pid' EXIT
read -r _ <"$WORK/apart"
there() { # COMMAND...
    nsenter -t $host -n "$@"
}
ip link set lo up
ip route add local 198.18.0.0/15 dev lo
ip link add server type veth peer name client netns $host
ip addr add 192.0.2.1/24 dev server
ip link set server up
there ip addr add 192.0.2.2/24 dev client
there ip link set client up
there ip route add 198.18.0.0/15 via 192.0.2.1

cat >"$WORK/small.yaml" <<'END'
title: Names whose addresses are less than three times the question
sources: [{text: RFC 7873}]
zones:
  - name: small
    dnssec: signed
    records: |
      *.small      A    192.0.2.9
      small        CAA  0 issue "{issuer}"
      other.small  CAA  0 issue "{other}"
checks:
  - {id: permits, names: [small], verdict: permit}
  - {id: refuses, names: [other.small], verdict: refuse}
END
mkfifo "$WORK/out"
authsim serve --beyond-loopback --pcap "$FILE" "$WORK/small.yaml" >"$WORK/out" &
pid=$!
while read -r line; do
    case $line in
    'small/permits small '*) AT=$(echo "$line" | cut -d' ' -f3) ;;
    ready:*) break ;;
    esac
done <"$WORK/out"
ask() { # OPTION...: for the keys, more than three times the question
    there dig -p 5300 @"$AT" +tries=1 +norec +ignore +dnssec \
        small.small-permits DNSKEY "$@"
}

ask +cookie >"$WORK/first"
grep -q 'flags: qr aa tc; QUERY: 1, ANSWER: 0' "$WORK/first" ||
    fail "without a cookie and not cut: $(cat "$WORK/first")"
cookie=$(sed -n 's/^; COOKIE: \([0-9a-f]*\) (good)$/\1/p' "$WORK/first")
i=0
while [ $i -lt $QUERIES ]; do
    i=$((i + 1))
    echo "q$i.small.small-permits A"
done >"$WORK/queries"
there dnsperf -s "$AT" -p 5300 -d "$WORK/queries" -n 1 -q $QUERIES -t 1 \
    >"$WORK/dnsperf" 2>&1 || fail "$(cat "$WORK/dnsperf")"
# Of the network that has nothing left one is known, and another comes by TCP.
expect 'flags: qr aa; QUERY: 1, ANSWER: 2' ask +cookie="$cookie"
expect 'flags: qr aa; QUERY: 1, ANSWER: 2' ask +tcp
kill $pid
wait $pid
pid=

# The burst, query by query in the order in which they came: a whole reply for
# each token, 20 and 20 a second; of those beyond, the first is dropped, the next
# gets a reply no larger than itself, and so on, until there is a token again.
tshark -r "$FILE" -Y 'udp && dns.qry.type == 1' -T fields \
    -e frame.time_epoch -e dns.qry.name -e dns.flags.response \
    -e dns.flags.truncated -e udp.length >"$WORK/fields" 2>"$WORK/tshark"
awk -F '\t' -v burst=$BURST '
    $3 == 0 { name[++asked] = $2; size[$2] = $5 - 8; at[asked] = $1 }
    $3 == 1 { replied[$2] = $4 ? "slip" : "whole"; reply[$2] = $5 - 8 }
    function wrong(text) { print name[i] ": " text; bad = 1 }
    END {
        for (i = 1; i <= asked; i++) {
            told = replied[name[i]]
            over = told == "whole" ? 0 : over + 1
            if (told == "whole" && reply[name[i]] > 3 * size[name[i]])
                wrong("more than three times the question")
            if (told == "slip" && reply[name[i]] > size[name[i]])
                wrong("truncated, and larger than the question")
            if (told != "whole" && (told == "slip") != (over % 2 == 0))
                wrong("not every second one is told to come by TCP")
            count[told]++
        }
        seconds = at[asked] - at[1]
        print count["whole"], count["slip"], count[""], seconds
        i = asked
        if (count["whole"] > burst + burst * seconds) wrong("too many replies")
        if (count["slip"] == 0 || count[""] == 0) wrong("there is no limit")
        exit bad
    }' "$WORK/fields" >"$WORK/burst" || fail "$(cat "$WORK/burst")"
# What the client has is no more than that.
read -r whole slipped _ <"$WORK/burst"
completed=$(awk '/Queries completed:/ { print $3 }' "$WORK/dnsperf")
[ "$completed" -gt 0 ] || fail 'the client has no reply'
[ "$completed" -le $((whole + slipped)) ] ||
    fail "$completed replies for the client: $(cat "$WORK/burst")"
