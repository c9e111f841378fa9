#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The control interface, asked with curl and seen with dig; inside a sandbox.
# usage: control_inside.sh TOKEN
set -eu
WORK=/run/caa-testbed/control
mkdir "$WORK"
# shellcheck source=authsim/tests/e2e/lib.sh
. authsim/tests/e2e/lib.sh
TOKEN=$1
# shellcheck source=authsim/tests/e2e/control_lib.sh
. authsim/tests/e2e/control_lib.sh
AT=$(server control/permits zone)


# --- the document, whole ---
dig +short @"$AT" www.zone.control-permits CAA >"$WORK/dig"
dig +tcp +dnssec @"$AT" www.zone.control-permits CAA >"$WORK/dig"
dig +short @"$AT" none.zone.control-permits A >"$WORK/dig"
ask GET /openapi.json >"$WORK/served"
cmp "$WORK/served" authsim/openapi.json || fail 'another document is served'
walk null
[ "$(wc -l <"$WORK/answers.txt")" -gt 200 ] || fail 'hardly anything was asked'

# --- what is not in it ---
status() { # ARGUMENT...: the status of a request
    curl -s -o "$WORK/out" -w '%{http_code}' -H "Authorization: Bearer $TOKEN" "$@"
}
[ "$(status $BASE/nothing)" = 404 ] || fail 'a path that is not there is found'
[ "$(status -d '{"token":"aaaa","content":"bbbb"}' $BASE/add-http01)" = 404 ] || fail 'HTTP-01 is served'
jq -e '.detail | test("run pebble-challtestsrv -dns01 .. beside it")' "$WORK/out" >/dev/null ||
    fail "it says $(cat "$WORK/out")"
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
# What is nobody's: a name below no apex, a message without a question.
dig +short @198.18.0.1 nobodys.test CAA >"$WORK/dig"
dig +short +opcode=NOTIFY @"$AT" $WWW SOA >"$WORK/dig"
[ "$(ask GET "/journal?after=$LAST" | jq -c '[.exchanges[] | [.instance, .server, .name, .type, .class, .rcode]]')" = \
    '[["control/refuses","zone","other.zone.control-refuses","CAA",1,0],[null,"root","nobodys.test","CAA",1,3],[null,"zone",null,null,null,4]]' ] ||
    fail "what is nobody's: $(ask GET "/journal?after=$LAST")"
[ "$(shown 'name=nobodys.test')" = 'nobodys.test CAA false' ] || fail "what is nobody's has a name"
[ "$(shown 'scenario=control/refuses')" = 'other.zone.control-refuses CAA false' ] ||
    fail "what is nobody's is a scenario's"

# --- records, signed anew ---
expect 'NXDOMAIN' dig @"$AT" new.zone.control-permits A
ask POST /records '{"publish": "www.zone.control-permits. 60 CAA 0 issue \"new.test\"\nwww.zone.control-permits 60 CAA 128 tbs \"x\"\nnew.zone.control-permits A 192.0.2.7\nother.zone.control-refuses TXT \"there\"\n"}' \
    >"$WORK/out"
[ "$(jq -c . "$WORK/out")" = '{"published":4,"withdrawn":0,"restored":0}' ] || fail "it says $(cat "$WORK/out")"
[ "$(dig +short @"$AT" $WWW CAA | wc -l)" = 2 ] || fail 'not all of an RRset was published'
dig +dnssec +short @"$AT" $WWW CAA | grep -q '^CAA 13 3 ' || fail 'what was published is not signed'
expect '192.0.2.7' dig +short @"$AT" new.zone.control-permits A
expect '"there"' dig +short @"$(server control/refuses zone)" other.zone.control-refuses TXT
ask POST /records '{"scenario":"control/permits","withdraw":["www.zone.control-permits CAA"],"restore":["new.zone.control-permits A"]}' \
    >"$WORK/out"
[ -z "$(dig +short @"$AT" $WWW CAA)" ] || fail 'what was withdrawn is there'
expect 'NXDOMAIN' dig @"$AT" new.zone.control-permits A
[ "$(status -d '{"restore":["www.zone.control-permits CAA"],"publish":"www.zone.control-permits TXT"}' $BASE/records)" = 400 ] ||
    fail 'a TXT record without a string is taken'
[ -z "$(dig +short @"$AT" $WWW CAA)" ] || fail 'half of a wrong request was done'
ask POST /records '{"restore":["www.zone.control-permits CAA"]}' >"$WORK/out"
expect '0 issue "ca.test"' dig +short @"$AT" $WWW CAA

# --- waiting ---
LAST=$(ask GET /journal | jq '[.exchanges[].number] | max')
waits() {
    ask GET /metrics | sed -n 's/^authsim_control_waits //p'
}
wait_for() { # NAME COUNT MS
    ask POST /wait '{"name":"'"$1"'","type":"CAA","after":'"$LAST"',"at-least":'"$2"',"timeout-ms":'"$3"'}'
}
# Nobody waits for what is there already, or has no time.
[ "$(ask POST /wait '{"name":"'$WWW'","at-least":2,"timeout-ms":60000}' | jq .met)" = true ] ||
    fail 'what was asked before does not count'
[ "$(wait_for $WWW 1 0)" = '{"met":false,"count":0}' ] || fail 'without time there is no answer'
# Answered by the second query, the first and those of another type are not enough.
wait_for $WWW 2 60000 >"$WORK/met" &
waiter=$!
until [ "$(waits)" = 1 ]; do :; done
wait_for $WWW 9 300 >"$WORK/over" &
over=$!
dig +short @"$AT" $WWW CAA >"$WORK/dig"
dig +short @"$AT" $WWW A >"$WORK/dig"
kill -0 $waiter || fail 'one query is as good as two'
dig +short @"$AT" $WWW CAA >"$WORK/dig"
wait $waiter
[ "$(cat "$WORK/met")" = '{"met":true,"count":2}' ] || fail "the wait says $(cat "$WORK/met")"
wait $over
[ "$(jq -c .met "$WORK/over")" = false ] || fail "after its time a wait says $(cat "$WORK/over")"
# A client that goes away is in nobody's way.
expect_status 28 curl -sS -m 0.2 -H "Authorization: Bearer $TOKEN" \
    -d '{"name":"'$WWW'","at-least":99999,"timeout-ms":1000}' $BASE/wait
dig +short @"$AT" $WWW CAA >"$WORK/dig"
# No more than 48 wait; by now nobody does.
until [ "$(waits)" = 0 ]; do :; done
for i in $(seq 48); do
    printf 'url = "%s/wait"\nheader = "Authorization: Bearer %s"\ndata-raw = "%s"\noutput = "%s"\n' \
        $BASE "$TOKEN" '{\"name\":\"full.'$WWW'\",\"timeout-ms\":60000}' "$WORK/full.$i"
    [ "$i" = 48 ] || echo next
done >"$WORK/full"
curl -sS --parallel --parallel-immediate --parallel-max 48 -K "$WORK/full" 2>"$WORK/meter" &
full=$!
until [ "$(waits)" = 48 ]; do :; done
[ "$(status -d '{"name":"full.'$WWW'","timeout-ms":60000}' $BASE/wait)" = 503 ] || fail 'too many wait'
jq -e '.status == 503' "$WORK/out" >/dev/null || fail 'no problem for a 503'
dig +short @"$AT" full.$WWW CAA >"$WORK/dig"
wait $full
[ "$(sort -u "$WORK"/full.*)" = '{"met":true,"count":1}' ] || fail "the waits say $(sort "$WORK"/full.* | uniq -c)"

# --- metrics ---
metric() {
    ask GET /metrics | awk -v name="authsim_$1" '$1 == name { print $2 }'
}
before=$(metric 'queries_total{transport="tcp",type="CAA"}')
refused=$(metric 'control_requests_total{status="4xx"}')
dig +tcp +short @"$AT" $WWW CAA >"$WORK/dig"
ask DELETE /journal
[ "$(metric 'queries_total{transport="tcp",type="CAA"}')" = $((before + 1)) ] || fail 'a query is not counted'
[ "$(metric journal_exchanges)" = 0 ] || fail 'what was cleared is held'
hits=$(metric cache_hits_total)
misses=$(metric cache_misses_total)
# The first has a cookie, that nobody else has.
dig +norec @198.18.0.1 $WWW CAA >"$WORK/dig"
dig +norec +nocookie @198.18.0.1 $WWW CAA >"$WORK/dig"
dig +norec +nocookie @198.18.0.1 $WWW CAA >"$WORK/dig"
[ "$(metric cache_hits_total)" = $((hits + 1)) ] || fail 'what was kept is not counted'
[ "$(metric cache_misses_total)" = $((misses + 2)) ] || fail 'what was not kept is not counted'
[ "$(status $BASE/nothing)" = 404 ]
[ "$(metric 'control_requests_total{status="4xx"}')" = $((refused + 1)) ] || fail 'a problem is not counted'
[ "$(metric instances)" = 2 ] || fail 'instances are not counted'
[ "$(ask GET /metrics | grep -cv '^#')" = "$(ask GET /metrics | grep -v '^#' | cut -d' ' -f1 | sort -u | wc -l)" ] ||
    fail 'a metric stands twice'

# --- scenarios that come and go ---
load() { # ID FILE: the status
    status -X POST -H 'Content-Type: application/yaml' --data-binary @"$2" "$BASE/scenarios?id=$1"
}
sed 's/192.0.2.1/192.0.2.99/' "$HERE/control.yaml" >"$WORK/later.yaml"
[ "$(load later "$WORK/later.yaml")" = 201 ] || fail "not loaded: $(cat "$WORK/out")"
[ "$(cat "$WORK/out")" = '{"loaded":["later/permits","later/refuses"]}' ] || fail "loaded is $(cat "$WORK/out")"
LATER=$(ask GET /scenarios | jq -r '.scenarios[] | select(.key == "later/permits") | .servers[] | select(.label == "zone") | .ipv4')
expect '192.0.2.99' dig +short @"$LATER" www.zone.later-permits A
expect '192.0.2.99' drill -r "$CAA_ROOT_HINTS" -T www.zone.later-permits A
expect '192.0.2.1' dig +short @"$AT" www.zone.control-permits A
[ "$(load later "$WORK/later.yaml")" = 409 ] || fail 'it is served twice'
printf 'title: x\nzones: [\n' >"$WORK/bad.yaml"
[ "$(load bad "$WORK/bad.yaml")" = 400 ] || fail 'a broken scenario is served'
jq -e '.detail | test("bad.yaml:[0-9]+:[0-9]+: ")' "$WORK/out" >/dev/null || fail "it says $(cat "$WORK/out")"
# One of a universe of its own makes every name be there.
[ "$(load every-name authsim/every-name.yaml)" = 201 ] || fail "not loaded: $(cat "$WORK/out")"
ALL=$(ask GET /scenarios | jq -r '.scenarios[] | select(.key == "every-name") | .servers[0].ipv4')
ask POST /add-caa '{"host":"www.example.com","policies":[{"tag":"issue","value":";"}]}'
ask POST /set-default-ipv4 '{"ip":"192.0.2.77"}'
expect '0 issue ";"' dig +short @"$ALL" www.example.com CAA
expect '192.0.2.77' dig +short @"$ALL" a.b A
# What waits for it ends with it.
curl -sS -H "Authorization: Bearer $TOKEN" -w '%{http_code}\n' \
    -d '{"scenario":"later/permits","name":"never.asked","timeout-ms":60000}' $BASE/wait >"$WORK/gone" &
gone=$!
until [ "$(waits)" = 1 ]; do :; done
counted=$(metric 'queries_total{transport="udp",type="A"}')
ask DELETE /scenarios/later
wait $gone
[ "$(tail -n 1 "$WORK/gone")" = 410 ] || fail "a wait ends with $(cat "$WORK/gone")"
[ "$(metric 'queries_total{transport="udp",type="A"}')" = "$counted" ] || fail 'queries go with their scenario'
expect 'status: NXDOMAIN' dig @198.18.0.1 +norec www.zone.later-permits CAA
expect '192.0.2.77' dig +short @"$ALL" c.d A
ask DELETE /scenarios/every-name
[ "$(status -d '{"host":"www.example.com"}' $BASE/clear-caa)" = 404 ] || fail 'every name is still there'
[ "$(load every-name authsim/every-name.yaml)" = 201 ] || fail "not loaded again: $(cat "$WORK/out")"
ask POST /set-txt '{"host":"a.b","value":"text"}'
[ -z "$(dig +short @"$ALL" www.example.com CAA; dig +short @"$ALL" b A; dig +short @"$ALL" c.d A)" ] || fail 'what was added outlived its scenario'
ask DELETE /scenarios/every-name
[ "$(ask GET /scenarios | jq '.scenarios | length')" = 2 ] || fail 'others are served'

# --- what is hardly HTTP, too large, or too many ---
cat >"$WORK/raw.sh" <<'INSIDE'
exec 3<>/dev/tcp/127.0.0.1/8055
printf "$1" >&3
read -r -t 9 line <&3
printf '%s\n' "${line%$'\r'}"
INSIDE
expect 'HTTP/1.1 400 ' bash "$WORK/raw.sh" 'GET /health\r\n\r\n'
expect 'HTTP/1.1 400 ' bash "$WORK/raw.sh" '\001\002\r\n\r\n'
expect 'HTTP/1.1 413 ' bash "$WORK/raw.sh" 'POST /faults HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n'
expect 'HTTP/1.1 401 ' bash "$WORK/raw.sh" 'BREW /health HTTP/1.1\r\n\r\n'
[ "$(status -H "X: $(printf %020000d 0)" $BASE/health)" = 400 ] || fail 'headers have no bound'
# Of seventy connections 64 are held, the others wait in the kernel.
cat >"$WORK/many.sh" <<'INSIDE'
for i in $(seq 10 79); do
    eval "exec $i<>/dev/tcp/127.0.0.1/8055"
done
curl -s -m 1 http://127.0.0.1:8055/health
[ $? = 28 ] || echo 'it was answered'
[ "$(find /proc/1/fd -lname 'socket:*' | wc -l)" -le 88 ] || echo 'too many are held'
INSIDE
bash "$WORK/many.sh" >"$WORK/out" 2>&1
[ ! -s "$WORK/out" ] || fail "connections have no bound: $(cat "$WORK/out")"
expect '"status":"ok"' ask GET /health
