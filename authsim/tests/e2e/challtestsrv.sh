#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# A session with the verbs of pebble-challtestsrv, its effect seen with dig: the
# server on the loopback of a network namespace, no COMMAND and no port of the
# privileged, as a test set-up starts challtestsrv.
set -eu
[ "${1:-}" = inside ] || exec unshare -Urn sh "$0" inside
ip link set lo up
WORK=$(mktemp -d)
# shellcheck source=authsim/tests/e2e/lib.sh
. authsim/tests/e2e/lib.sh
TOKEN=none-is-wanted-here
# shellcheck source=authsim/tests/e2e/control_lib.sh
. authsim/tests/e2e/control_lib.sh

mkfifo "$WORK/said"
authsim serve --port 5300 --control 127.0.0.1:8055 authsim/every-name.yaml >"$WORK/said" &
pid=$!
trap 'kill $pid 2>/dev/null || :; rm -rf "$WORK"' EXIT
exec 3<"$WORK/said"
while read -r line <&3; do
    case $line in
    'every-name root '*) at=$(echo "$line" | cut -d' ' -f3) ;;
    ready:*) break ;;
    esac
done
asked() { # ARGUMENT...
    dig -p 5300 @"$at" "$@"
}

# post VERB BODY, as the clients of challtestsrv do it.
post() {
    echo "/$1" >>"$WORK/verbs"
    curl -sS --fail-with-body -X POST -d "$2" "$BASE/$1"
}
is() { # WANTED NAME TYPE: what dig shows, the lines sorted and joined
    shown=$(asked +short "$2" "$3" | sort | paste -sd, -)
    [ "$shown" = "$1" ] || fail "$2 $3 is '$shown', not '$1'"
}
status() { # NAME TYPE
    asked "$1" "$2" | sed -n 's/.*status: \([A-Z]*\),.*/\1/p'
}
HOST=test-host.letsencrypt.org

# CAA, added to and cleared.
is '' $HOST CAA
[ -z "$(post add-caa '{"host":"'$HOST'", "policies":[{"tag":"issue","value":"letsencrypt.org"}]}')" ] ||
    fail 'a body where challtestsrv has none'
is '0 issue "letsencrypt.org"' $HOST CAA
post add-caa '{"host":"'$HOST'.", "policies":[{"tag":"iodef","value":"mailto:a@example.com"}]}'
is '0 iodef "mailto:a@example.com",0 issue "letsencrypt.org"' $HOST CAA
post clear-caa '{"host":"'$HOST'"}'
is '' $HOST CAA
[ "$(status $HOST CAA)" = NOERROR ] || fail 'a name is gone'
# What the scenario says gives way, and is back.
post add-caa '{"host":"permits.example","policies":[{"tag":"issue","value":";"}]}'
is '0 issue ";"' permits.example CAA
post clear-caa '{"host":"permits.example"}'
is '0 issue "ca.test"' permits.example CAA

# SERVFAIL for all types, over everything else, for this name alone.
post add-a '{"host":"'$HOST'", "addresses":["12.12.12.12", "13.13.13.13"]}'
post set-servfail '{"host":"'$HOST'"}'
[ "$(status $HOST CAA) $(status $HOST A) $(status $HOST TXT)" = 'SERVFAIL SERVFAIL SERVFAIL' ] ||
    fail 'set-servfail sets none'
is '' $HOST A
[ "$(status other.letsencrypt.org CAA)" != SERVFAIL ] || fail 'another name fails'
post clear-servfail '{"host":"'$HOST'."}'
is '12.12.12.12,13.13.13.13' $HOST A

# Addresses and their defaults.
post add-aaaa '{"host":"'$HOST'", "addresses":["2001:4860:4860::8888", "2001:4860:4860::8844"]}'
is '2001:4860:4860::8844,2001:4860:4860::8888' $HOST AAAA
post set-default-ipv4 '{"ip":"10.10.10.2"}'
post set-default-ipv6 '{"ip":"::1"}'
is '12.12.12.12,13.13.13.13' $HOST A
for name in any.name.at.all letsencrypt.org org under.$HOST b.letsencrypt.org; do
    is 10.10.10.2 "$name" A
    is ::1 "$name" AAAA
done
post set-txt '{"host":"_acme-challenge.fresh.example.net.", "value": "foo"}'
is 10.10.10.2 fresh.example.net A
post clear-a '{"host":"'$HOST'"}'
post clear-aaaa '{"host":"'$HOST'"}'
is 10.10.10.2 $HOST A
is ::1 $HOST AAAA
post set-default-ipv4 '{"ip":""}'
is '' $HOST A
is '' any.name.at.all A
is ::1 any.name.at.all AAAA
post set-default-ipv6 '{"ip":""}'
is '' any.name.at.all AAAA

# TXT, more than one; a long one.
post set-txt '{"host":"_acme-challenge.'$HOST'", "value": "foo"}'
post set-txt '{"host":"_acme-challenge.'$HOST'", "value": "bar"}'
is '"bar","foo"' _acme-challenge.$HOST TXT
post clear-txt '{"host":"_acme-challenge.'$HOST'"}'
is '' _acme-challenge.$HOST TXT
post set-txt '{"host":"'$HOST'","value":"'"$(printf %0300d 0)"'"}'
is "\"$(printf %0255d 0)\" \"$(printf %045d 0)\"" $HOST TXT
post clear-txt '{"host":"'$HOST'"}'

# An alias stands alone.
post add-a '{"host":"target.example","addresses":["192.0.2.9"]}'
post add-a '{"host":"alias.example","addresses":["192.0.2.1"]}'
post set-cname '{"host":"alias.example", "target":"target.example"}'
is '192.0.2.9,target.example.' alias.example A
post set-cname '{"host":"alias.example.", "target":"permits.example."}'
is '0 issue "ca.test",permits.example.' alias.example CAA
post clear-cname '{"host":"alias.example"}'
is 192.0.2.1 alias.example A

# Names and keys in capitals, as Go takes them.
post add-caa '{"Host":"UPPER.Example.", "Policies":[{"Tag":"issue","Value":"ca.test"}]}'
is '0 issue "ca.test"' upper.example CAA
post clear-caa '{"HOST":"upper.EXAMPLE"}'
is '' upper.example CAA

# History: what was asked for a host, until it is cleared.
H=history.example.net
asked +short $H CAA >"$WORK/dig"
asked +short History.Example.NET A >"$WORK/dig"
asked +short other.$H A >"$WORK/dig"
[ "$(post dns-request-history '{"host":"'$H'"}' | jq -c .)" = \
    '[{"Question":{"Name":"history.example.net.","Qtype":257,"Qclass":1}},{"Question":{"Name":"History.Example.NET.","Qtype":1,"Qclass":1}}]' ] ||
    fail "the history is $(post dns-request-history '{"host":"'$H'"}')"
post clear-request-history '{"host":"'$H'", "type":"http"}'
[ "$(post dns-request-history '{"host":"'$H'."}' | jq length)" = 2 ] || fail 'another history was cleared'
post clear-request-history '{"host":"'$H'", "type":"dns"}'
[ "$(post dns-request-history '{"host":"'$H'"}')" = '[]' ] || fail 'the history was not cleared'
[ "$(post dns-request-history '{"host":"other.'$H'"}' | jq length)" = 1 ] ||
    fail 'the history of another host was cleared'
asked +short $H CAA >"$WORK/dig"
[ "$(post dns-request-history '{"host":"'$H'"}' | jq length)" = 1 ] || fail 'history ends with its clearing'

# What is no DNS is for another server.
for verb in add-http01 del-http01 add-redirect del-redirect add-tlsalpn01 del-tlsalpn01 \
    http-request-history tlsalpn01-request-history; do
    expect "run pebble-challtestsrv -dns01 '' beside it" \
        curl -s -d '{"host":"'$HOST'","content":"foo"}' $BASE/$verb
done

# No verb of the document is left out.
jq -r '.paths | keys_unsorted | .[index("/add-a"):][]' authsim/openapi.json | sort >"$WORK/documented"
sort -u "$WORK/verbs" | cmp - "$WORK/documented" || fail "verbs are $(cat "$WORK/documented")"

# What is wrong changes nothing.
expect '"status":400' curl -s -d '{"host":"'$HOST'","policies":[{"tag":"issue","value":"a"},{"tag":""}]}' $BASE/add-caa
is '' $HOST CAA
walk '"every name"'

kill $pid
wait $pid || fail "status $? after SIGTERM"
[ -z "$(cat <&3)" ] || fail 'it says more than where it serves'
