#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The control interface, asked with curl and seen with dig; inside a sandbox.
# usage: control_inside.sh TOKEN
set -eu
WORK=/run/caa-testbed/control
mkdir "$WORK"
# shellcheck source=authsim/tests/e2e/lib.sh
. authsim/tests/e2e/lib.sh
BASE=http://127.0.0.1:8055
TOKEN=$1
AT=$(server control/permits zone)

# ask METHOD PATH [BODY]: the answer's body; fails unless it is a good one.
ask() {
    curl -sS --fail-with-body -X "$1" -H "Authorization: Bearer $TOKEN" \
        ${3:+--data "$3"} "$BASE$2"
}

# --- the document, whole ---
dig +short @"$AT" www.zone.control-permits CAA >"$WORK/dig"
dig +tcp +dnssec @"$AT" www.zone.control-permits CAA >"$WORK/dig"
dig +short @"$AT" none.zone.control-permits A >"$WORK/dig"
head -c 1048577 /dev/zero | tr '\0' x >"$WORK/large"
ask GET /openapi.json >"$WORK/served"
cmp "$WORK/served" authsim/openapi.json || fail 'another document is served'
jq -r -L "$HERE" --arg base "$BASE" --arg token "$TOKEN" --arg work "$WORK" \
    'include "openapi"; curl($base; $token; $work)' authsim/openapi.json >"$WORK/curl"
curl -sS -K "$WORK/curl" >"$WORK/answers.txt"
(cd "$WORK/answers" && jq -Rn 'reduce (inputs | [input_filename, .]) as [$file, $line]
    ({}; .[$file] += [$line])' -- *) >"$WORK/bodies"
jq -R . "$WORK/answers.txt" | jq -s . >"$WORK/statuses"
jq -r -L "$HERE" --slurpfile answers "$WORK/statuses" --slurpfile bodies "$WORK/bodies" \
    'include "openapi"; judge($answers[0]; $bodies[0])' authsim/openapi.json >"$WORK/wrong"
[ ! -s "$WORK/wrong" ] || fail "the document and the server differ:
$(cat "$WORK/wrong")"
[ "$(wc -l <"$WORK/answers.txt")" -gt 40 ] || fail 'hardly anything was asked'

# --- what is not in it ---
status() { # ARGUMENT...: the status of a request
    curl -s -o "$WORK/out" -w '%{http_code}' -H "Authorization: Bearer $TOKEN" "$@"
}
[ "$(status $BASE/nothing)" = 404 ] || fail 'a path that is not there is found'
[ "$(status $BASE/health/)" = 404 ] || fail 'a path is found by another'
for method in POST DELETE PUT PATCH OPTIONS; do
    [ "$(status -X $method $BASE/health)" = 405 ] || fail "$method /health is let in"
    jq -e '.status == 405' "$WORK/out" >/dev/null || fail 'no problem for a 405'
done
expect 'Allow: GET, POST' curl -si -X PUT -H "Authorization: Bearer $TOKEN" $BASE/faults
expect 'WWW-Authenticate: Bearer' curl -si $BASE/health

# --- faults, on the wire ---
WWW=www.zone.control-permits
expect '0 issue "ca.test"' dig +short @"$AT" $WWW CAA
ask POST /faults '{"scenario":"control","fault":"outage","enabled":true}' >"$WORK/out"
expect 'status: SERVFAIL' dig @"$AT" $WWW CAA
[ "$(ask GET '/faults?scenario=control/permits' | jq -c '.faults[0] | [.enabled, .acted]')" = \
    '[true,true]' ] || fail 'a fault that acted does not say so'
[ "$(status -d '{"scenario":"control","fault":"outage","enabled":0}' $BASE/faults)" = 400 ] ||
    fail 'a switch that is neither on nor off is taken'
expect 'status: SERVFAIL' dig @"$AT" $WWW CAA
ask POST /faults '{"scenario":"control","fault":"outage","enabled":false}' >"$WORK/out"
expect '0 issue "ca.test"' dig +short @"$AT" $WWW CAA

# --- the journal ---
ask DELETE /journal
[ "$(ask GET /journal | jq -c .)" = '{"exchanges":[],"more":false}' ] ||
    fail 'a cleared journal is not empty'
dig +short @"$AT" www.zone.control-permits CAA >"$WORK/dig"
dig +short +tcp @"$AT" www.zone.control-permits A >"$WORK/dig"
dig +short @"$(server control/refuses zone)" other.zone.control-refuses CAA >"$WORK/dig"
shown() { # QUERY: what of the journal is shown
    ask GET "/journal?$1" | jq -r '([.exchanges[] | .name + " " + .type] | join(", ")) + " \(.more)"'
}
[ "$(shown '')" = 'www.zone.control-permits CAA, www.zone.control-permits A, other.zone.control-refuses CAA false' ] ||
    fail "the journal shows $(shown '')"
[ "$(shown 'transport=tcp')" = 'www.zone.control-permits A false' ] || fail 'transport is no filter'
[ "$(shown 'type=CAA&limit=1')" = 'www.zone.control-permits CAA true' ] || fail 'limit does not limit'
[ "$(shown 'scenario=control/refuses')" = 'other.zone.control-refuses CAA false' ] ||
    fail 'scenario is no filter'
[ "$(shown 'name=WWW.zone.control-permits.&type=TYPE1')" = 'www.zone.control-permits A false' ] ||
    fail 'name and type are no filter'
[ "$(shown 'server=apex')" = ' false' ] || fail 'server is no filter'
LAST=$(ask GET /journal | jq '.exchanges[1].number')
[ "$(shown "after=$LAST")" = 'other.zone.control-refuses CAA false' ] || fail 'after is no filter'
ask DELETE '/journal?scenario=control/permits'
[ "$(shown '')" = 'other.zone.control-refuses CAA false' ] || fail 'too much or too little was cleared'
