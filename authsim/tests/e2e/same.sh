#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The same seed, epoch and queries give the same replies, octet for octet, with
# every algorithm, faults and damage included; another seed gives others.
set -eu
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
# shellcheck source=authsim/tests/e2e/lib.sh
. authsim/tests/e2e/lib.sh

# Message ids are fixed here; what clients choose at random is left out.
cat >"$WORK/ask.sh" <<'INSIDE'
set -eu
# ask TRANSPORT...: the queries that are read, one line each.
ask() {
    id=1
    while read -r label name type flags; do
        at=$(awk -v label="$label" '
            $1 == "same-replies/permits" && $2 == label { print $3 }' \
            "$CAA_SERVERS")
        echo "@$at $name.same-replies-permits $type +qid=$id $flags"
        id=$((id + 1))
    done >"$WORK/queries"
    dig -f "$WORK/queries" "$@" +norec +dnssec +nocookie +tries=1 +time=5 \
        >"$WORK/dig"
}
ask <<'QUERIES'
plain www.plain CAA
plain www.plain CAA
plain www.plain CAA
plain wWw.plain CAA
plain www.plain CAA
plain www.plain CAA
plain x.wild.plain CAA
plain www.dept.plain CAA
plain other.plain CAA
plain alias.plain CAA +ignore
plain none.plain CAA
plain late.plain CAA
plain late.plain CAA
plain late.plain CAA
plain torn.plain CAA
plain torn.plain CAA
hashed none.hashed CAA
hashed bad.hashed CAA
hashed old.hashed CAA
hashed hashed NSEC3PARAM
short none.short CAA
short www.short TXT
apex plain DS
QUERIES
ask +tcp <<'QUERIES'
plain www.plain CAA
plain other.plain CAA
plain alias.plain CAA
plain plain DNSKEY
hashed hashed DNSKEY
QUERIES
INSIDE

# replies NAME OPTION...: those of one run into a file of that name.
replies() {
    run=$1
    shift
    authsim serve --sandbox --epoch "$EPOCH" --pcap "$WORK/packets" \
        --journal "$WORK/journal" "$@" "$HERE/same-replies.yaml" -- \
        sh "$WORK/ask.sh"
    tshark -r "$WORK/packets" -T fields -e udp.payload -e tcp.payload \
        -Y 'udp.srcport == 53 || (tcp.srcport == 53 && tcp.len > 0)' \
        >"$WORK/$run" 2>"$WORK/tshark" || fail "$(cat "$WORK/tshark")"
    # Times differ, delays do not.
    jq -c 'if .["replied-ns"] then
               .delay = .["replied-ns"] - .["received-ns"]
           else . end |
           del(.client, .["received-ns"], .["replied-ns"])' "$WORK/journal" \
        >>"$WORK/$run"
    rm "$WORK/journal"
    [ "$(grep -c . "$WORK/$run")" -gt 55 ] || fail "too little in run $run"
}

EPOCH=$(date -u +%Y-%m-01)
export WORK
for algorithm in 8 10 13 14 15 16; do
    replies first --seed 7 --algorithm $algorithm
    replies second --seed 7 --algorithm $algorithm
    # RRSIG, its length, CAA, the algorithm.
    grep -q "002e0001........\(..\)\{2\}0101$(printf %02x $algorithm)" \
        "$WORK/first" || fail "no reply is signed with algorithm $algorithm"
    diff "$WORK/first" "$WORK/second" >"$WORK/diff" ||
        fail "algorithm $algorithm, two runs: $(cat "$WORK/diff")"
done
[ "$(grep '"name":"late' "$WORK/first" | grep -o '"delay":[0-9]*' | sort -u |
    wc -l)" = 3 ] || fail 'there is no jitter'
replies other --seed 8 --algorithm 16
if cmp -s "$WORK/first" "$WORK/other"; then
    fail 'another seed changes nothing'
fi
