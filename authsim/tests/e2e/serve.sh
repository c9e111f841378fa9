#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# authsim serve: in a sandbox, on the loopback, its journal, its end.
# shellcheck disable=SC2016 # what stands in single quotes is for another shell
set -eu
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
# shellcheck source=authsim/tests/e2e/lib.sh
. authsim/tests/e2e/lib.sh
SCENARIO=$HERE/every-answer.yaml

# Answers.
authsim serve --sandbox "$SCENARIO" -- sh "$HERE/answers_inside.sh"
authsim serve --sandbox scenarios/catalogue/rrset-1001.yaml -- \
    sh "$HERE/large_inside.sh"

# The journal is JSON Lines, in order of arrival.
authsim serve --sandbox --journal "$WORK/journal" "$SCENARIO" -- \
    sh -c 'dig +short @198.18.0.1 www.nsec.every-answer-permits CAA >/dev/null
           dig +short +tcp @198.18.0.1 every-answer-refuses DS >/dev/null
           dig @198.18.0.1 nobodys.test CAA >/dev/null
           dig @198.18.0.1 +opcode=NOTIFY every-answer-permits SOA >/dev/null'
[ "$(jq -r '[.number, .instance, .server, .zone, .name, .type, .transport,
             .rcode, .usable] | map(. // "-" | tostring) | join(" ")' \
    "$WORK/journal")" = \
  '1 every-answer/permits root . www.nsec.every-answer-permits CAA udp 0 true
2 every-answer/refuses root . every-answer-refuses DS tcp 0 true
3 - root . nobodys.test CAA udp 3 true
4 - root - - - udp 4 -' ] ||
    fail "the journal says $(cat "$WORK/journal")"

# The command: its status, its words, its environment, its lack of a network.
expect_status 42 authsim serve --sandbox "$SCENARIO" -- sh -c 'exit 42'
expect_status 137 authsim serve --sandbox "$SCENARIO" -- sh -c 'kill -9 $$'
expect_status 0 authsim serve --sandbox "$SCENARIO" -- \
    sh -c 'test "$1" = "$CAA_ROOT_HINTS" && grep -q DS "$2" && test "$3" = "$4"
           test "$CAA_TRUST_ANCHOR" = "$2" && test -s "$CAA_SERVERS"' \
    sh '{root-hints}' '{trust-anchor}' '${servers}' '${servers}'
expect_status 2 authsim serve --sandbox "$SCENARIO" -- ./no-such-file
grep -q 'no-such-file: No such file' "$WORK/stderr" ||
    fail 'a command that is not there is not told'
expect_status 0 authsim serve --sandbox "$SCENARIO" -- \
    sh -c 'test -z "$(ls -A /run | grep -v caa-testbed)"'

# What ends authsim by an error, and not by the signal, ends COMMAND by the signal.
cat >"$WORK/ignored.sh" <<'INSIDE'
ignored() { # PID: of SIGPIPE and SIGXFSZ, signal(7)
    mask=$(awk '/^SigIgn:/ { print $2 }' "/proc/$1/status")
    echo $((0x$mask >> 12 & 1)) $((0x$mask >> 24 & 1))
}
ignored $PPID
ignored $$
INSIDE
[ "$(authsim serve --sandbox "$SCENARIO" -- sh "$WORK/ignored.sh" |
    tr '\n' ,)" = '1 1,0 0,' ] || fail 'signals are not ignored as they should be'

# On the loopback, here that of a sandbox, so that no port is in the way.
cat >"$WORK/loopback.sh" <<'INSIDE'
set -eu
# shellcheck source=authsim/tests/e2e/lib.sh
. authsim/tests/e2e/lib.sh
mkfifo "$WORK/out"
authsim serve --port 5300 --journal "$WORK/lines" --lab-files "$WORK/lab" \
    "$1" >"$WORK/out" &
pid=$!
exec 3<"$WORK/out"
while read -r line <&3; do
    case $line in
    'every-answer/permits nsec '*) at=${line##* } ;;
    ready:*) break ;;
    esac
done
expect '0 issue "ca.test"' dig +short -p 5300 @"$at" \
    www.nsec.every-answer-permits CAA
grep -q 127.18.0.1 "$WORK/lab/root.hints" || fail 'no root hints'
[ -s "$WORK/lab/trust-anchor" ] || fail 'no trust anchor'
[ -s "$WORK/lab/servers" ] || fail 'no list of servers'
grep -q '"name":"www.nsec.every-answer-permits"' "$WORK/lines" ||
    fail 'nothing in the journal'
# A resolver that is told where the zones are uses that port.
start_unbound_with <<CONF
    trust-anchor-file: "$WORK/lab/trust-anchor"
include: "$WORK/lab/stub-zones.conf"
CONF
resolver=$!
expect 'status: NOERROR' dig @127.0.0.1 . SOA
expect ' ad; QUERY' dig +dnssec @127.0.0.1 www.nsec.every-answer-permits CAA
expect ' ad; QUERY' dig +dnssec @127.0.0.1 gone.nsec3.every-answer-refuses CAA
kill $resolver
# The port is taken now.
expect_status 3 authsim serve --port 5300 "$1"
grep -q 'another process has that port' "$WORK/stderr" ||
    fail 'a taken port is not told'
kill -TERM $pid
wait $pid || fail "status $? after SIGTERM"
INSIDE
export WORK
authsim serve --sandbox "$SCENARIO" -- sh "$WORK/loopback.sh" "$SCENARIO"

# Who asks from where authsim(1) says is a remote perspective, here as well.
cat >"$WORK/places.sh" <<'INSIDE'
set -eu
# shellcheck source=authsim/tests/e2e/lib.sh
. authsim/tests/e2e/lib.sh
mkfifo "$WORK/places"
authsim serve --port 5301 authsim/tests/wire/scenarios/time-and-place.yaml \
    >"$WORK/places" &
pid=$!
exec 3<"$WORK/places"
while read -r line <&3; do
    case $line in
    *' far '*) at=${line##* } ;;
    ready:*) break ;;
    esac
done
from() {
    dig +short -b "$1" -p 5301 @"$at" place.far.time-and-place CAA
}
expect primary.test from 127.0.0.1
expect remote.test from 127.18.12.2
expect primary.test from 127.18.12.3
kill -TERM $pid
wait $pid || fail "status $? after SIGTERM"
INSIDE
authsim serve --sandbox "$SCENARIO" -- sh "$WORK/places.sh"

# However it ends, nothing is left: the pipe ends when its last holder does.
ends_by() { # NAME STATUS
    mkfifo "$WORK/$1"
    authsim serve --sandbox "$SCENARIO" -- \
        sh -c 'echo started; sleep 1000 & sleep 1000' >"$WORK/$1" &
    pid=$!
    exec 3<"$WORK/$1"
    read -r line <&3
    [ "$line" = started ] || fail "it said '$line'"
    kill -"$1" $pid
    cat <&3
    status=0
    wait $pid || status=$?
    [ $status = "$2" ] || fail "status $status after SIG$1"
}
ends_by TERM 143
ends_by KILL 137

# Also by a signal that comes before anything is served: it waits in the mask
# until there is a sandbox.
mkfifo "$WORK/slow.yaml"
env --block-signal=TERM authsim serve --sandbox "$WORK/slow.yaml" -- sleep 9 &
pid=$!
cat "$SCENARIO" >"$WORK/slow.yaml"
kill -TERM $pid
status=0
wait $pid || status=$?
[ $status = 143 ] || fail "status $status after SIGTERM at the start"

# Bad usage and input.
expect_status 2 authsim
expect_status 2 authsim dance
expect_status 2 authsim serve
expect_status 2 authsim serve --port 0 "$SCENARIO"
expect_status 2 authsim serve --port 65536 "$SCENARIO"
expect_status 2 authsim serve --seed -1 "$SCENARIO"
expect_status 2 authsim serve --seed 99999999999999999999 "$SCENARIO"
expect_status 2 authsim serve --epoch 2026-02-30 "$SCENARIO"
expect_status 2 authsim serve --epoch 1999-01-01 "$SCENARIO"
expect_status 2 authsim serve --algorithm 5 "$SCENARIO"
expect_status 2 authsim serve --algorithm eight "$SCENARIO"
expect_status 2 authsim serve --suffix a..b "$SCENARIO"
expect_status 2 authsim serve --dance "$SCENARIO"
expect_status 2 authsim serve --seed
expect_status 2 authsim serve --dir x "$SCENARIO"
expect_status 2 authsim serve "$SCENARIO" -- true
expect_status 2 authsim serve --sandbox "$SCENARIO"
expect_status 2 authsim serve --sandbox --port 53 "$SCENARIO" -- true
expect_status 2 authsim serve --sandbox --journal /none/such "$SCENARIO" -- true
expect_status 2 authsim serve --sandbox --lab-files /dev/null "$SCENARIO" -- true
expect_status 2 authsim serve "$WORK/none.yaml"
grep -q none.yaml "$WORK/stderr" || fail 'a missing file is not named'
printf 'title: x\nzones: [\n' >"$WORK/bad.yaml"
expect_status 2 authsim serve "$WORK/bad.yaml"
grep -q 'bad.yaml:[0-9]*:[0-9]*: ' "$WORK/stderr" ||
    fail 'a malformed file is told without its line and column'
expect_status 0 authsim --help
expect_status 0 authsim --version

# On the loopback ICMP takes a privilege; without it that is told at once.
cat >"$WORK/unprivileged.sh" <<'INSIDE'
exec setpriv --bounding-set=-net_raw --inh-caps=-net_raw \
    authsim serve --port 5300 "$1"
INSIDE
expect_status 3 authsim serve --sandbox "$SCENARIO" -- \
    sh "$WORK/unprivileged.sh" authsim/tests/wire/scenarios/message.yaml
grep -q 'needs a sandbox or CAP_NET_RAW' "$WORK/stderr" ||
    fail "no remedy in: $(cat "$WORK/stderr")"

# Where namespaces are refused it says what to change.
cat >"$WORK/refused.sh" <<'INSIDE'
echo 0 >/proc/sys/user/max_user_namespaces
exec authsim serve --sandbox "$1" -- true
INSIDE
expect_status 3 authsim serve --sandbox "$SCENARIO" -- \
    sh "$WORK/refused.sh" "$SCENARIO"
grep -q 'sysctl -w user.max_user_namespaces=' "$WORK/stderr" ||
    fail "no remedy in: $(cat "$WORK/stderr")"
