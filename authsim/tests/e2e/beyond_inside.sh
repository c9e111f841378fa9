#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Inside a sandbox.
set -eu
# shellcheck source=authsim/tests/e2e/lib.sh
. authsim/tests/e2e/lib.sh

# serve OPTION...: starts it and sets pid; AT is a server that has a large set.
serve() {
    mkfifo "$WORK/ready"
    authsim serve "$@" >"$WORK/ready" &
    pid=$!
    while read -r line; do
        case $line in
        'rrset-1001/critical big '*) AT=$(echo "$line" | cut -d' ' -f3) ;;
        ready:*) break ;;
        esac
    done <"$WORK/ready"
    rm "$WORK/ready"
}

serve "$1"
ss -Hlun 'sport = 5300' | grep -q '%lo:5300' ||
    fail 'no UDP socket of the device lo'
! ss -Hltun 'sport = 5300' | grep -qv '%lo:5300' ||
    fail "a socket can be reached: $(ss -Hltun 'sport = 5300')"
kill $pid
wait $pid

serve --beyond-loopback "$1"
ss -Hlun 'sport = 5300' | grep -q '0.0.0.0:5300' || fail 'not beyond the loopback'
NAME=www.big.rrset-1001-critical
ask() { # OPTION...
    dig -p 5300 @"$AT" +norec +ignore +dnssec "$@"
}
# The keys are more than three times the question:
# they are cut, until the cookie that came with that is brought back.
KEYS='big.rrset-1001-critical DNSKEY'
# shellcheck disable=SC2086 # two words
ask $KEYS >"$WORK/first"
grep -q 'flags: qr aa tc; QUERY: 1, ANSWER: 0' "$WORK/first" ||
    fail "not cut: $(cat "$WORK/first")"
cookie=$(sed -n 's/^; COOKIE: \([0-9a-f]*\) (good)$/\1/p' "$WORK/first")
[ ${#cookie} = 48 ] || fail "no cookie: $(cat "$WORK/first")"
# shellcheck disable=SC2086 # two words
expect 'flags: qr aa; QUERY: 1, ANSWER: 2' ask +cookie="$cookie" $KEYS
# A cookie that was made up, or none, is not the same.
# shellcheck disable=SC2086 # two words
expect 'flags: qr aa tc;' ask +cookie="$(echo "$cookie" | tr 0-9 1-90)" $KEYS
# shellcheck disable=SC2086 # two words
expect 'flags: qr aa tc;' ask +nocookie $KEYS
expect 'status: FORMERR' ask +nocookie +ednsopt=10:001122334455667788 $NAME CAA
# TCP is proof enough.
[ "$(ask +tcp +short $NAME CAA +nodnssec | wc -l)" = 1001 ] ||
    fail 'TCP does not carry the whole set'
kill $pid
wait $pid
