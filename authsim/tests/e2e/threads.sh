#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Threads that answer while records, faults and the whole universe change: every
# query has its reply and its line in the journal.
set -eu
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
# shellcheck source=authsim/tests/e2e/lib.sh
. authsim/tests/e2e/lib.sh
export WORK CLIENTS=4 QUERIES=150 CHANGES=12 SINGLES=16

cat >"$WORK/story.yaml" <<'YAML'
title: Something is published
sources: [{text: RFC 8659, section: "3"}]
twin: other
zones:
  - name: z
    dnssec: signed
    records: |
      www.z CAA 0 issue "{issuer}"
      far.z CAA 0 issue "{other}"
    faults:
      - {id: late, state: disabled, when: {name: far.z}, do: {delay-ms: 3}}
checks: [{id: permits, names: [www.z], verdict: permit}]
YAML

cat >"$WORK/inside.sh" <<'INSIDE'
set -eu
. authsim/tests/e2e/lib.sh
# With a body POST, else GET.
control() { # PATH [BODY]
    curl -sf -o "$WORK/answer" --unix-socket "$WORK/c" ${2:+-d "$2"} \
        "http://lab$1" || fail "$1 $2"
}
has_threads() { # PID AT-LEAST: a sanitizer may have one more
    [ "$(awk '/^Threads:/ { print $2 }' "/proc/$1/status")" -ge "$2" ] ||
        fail "of $2 threads: $(grep ^Threads: "/proc/$1/status")"
}
# That of the sandbox: its loop, which has TCP, begins when all are there.
expect 'status: NOERROR' dig +tcp +norec +tries=1 +time=10 @198.18.0.1 . SOA
has_threads $PPID 3

mkfifo "$WORK/out"
authsim serve --port 5300 --threads 4 --control "unix:$WORK/c" \
    --journal "$WORK/journal" "$WORK/story.yaml" >"$WORK/out" &
pid=$!
exec 3<"$WORK/out"
while read -r line <&3; do
    case $line in
    'story/permits z '*) at=${line##* } ;;
    ready:*) break ;;
    esac
done
has_threads $pid 4

i=0
while [ $i -lt "$QUERIES" ]; do
    i=$((i + 1))
    echo "www.z.story CAA"
    echo "far.z.story CAA"
done >"$WORK/queries"
# Two dig that ask at once may have one port, and take each other's replies: each
# has an address of its own.
clients=
for client in $(seq "$CLIENTS"); do
    [ "$client" = 1 ] && transport=+tcp || transport=+notcp
    dig -b "127.0.0.1$client" $transport +dnssec +norec +tries=1 +time=10 \
        -p 5300 @"$at" -f "$WORK/queries" >"$WORK/replies-$client" &
    clients="$clients $!"
done
i=0
while [ $i -lt "$CHANGES" ]; do
    i=$((i + 1))
    control /set-txt "{\"host\":\"www.z.story\",\"value\":\"$i\"}"
    for enabled in true false; do
        control /faults "{\"scenario\":\"story\",\"fault\":\"late\",\"enabled\":$enabled}"
        control /journal
    done
    kill -HUP $pid
    read -r line <&3
    expect reloaded: echo "$line"
done
# shellcheck disable=SC2086 # a word each
wait $clients
kill $pid
wait $pid

# What another thread has answered is written at once, though nothing else
# happens: of so many clients it has some.
mkfifo "$WORK/lines"
authsim serve --port 5300 --threads 2 --journal "$WORK/lines" \
    "$WORK/story.yaml" >"$WORK/out" &
pid=$!
exec 3<"$WORK/out" 4<"$WORK/lines"
while read -r line <&3; do
    case $line in ready:*) break ;; esac
done
for i in $(seq "$SINGLES"); do
    dig +norec +tries=1 +time=10 -p 5300 @"$at" www.z.story CAA >"$WORK/answer"
    timeout 20 sh -c 'read -r line <&4 && echo "$line"' >>"$WORK/begun" ||
        fail "query $i is not in the journal"
done

# The end, while they are asked.
dnsperf -s "$at" -p 5300 -d "$WORK/queries" -c 8 -l 100 >"$WORK/dnsperf" 2>&1 &
load=$!
for i in $(seq "$SINGLES"0); do
    read -r line <&4
    echo "$line"
done >>"$WORK/begun"
cat <&4 >"$WORK/ended" &
reader=$!
kill $pid
wait $pid || fail "status $? when it is ended under load"
wait $reader
kill $load
wait $load || true
INSIDE
cp "$WORK/story.yaml" "$WORK/around.yaml"
authsim serve --sandbox --threads 3 "$WORK/around.yaml" -- sh "$WORK/inside.sh"

for client in $(seq "$CLIENTS"); do
    for want in 'status: NOERROR' 'CAA.*0 issue' 'RRSIG.*CAA'; do
        [ "$(grep -c "$want" "$WORK/replies-$client")" = $((2 * QUERIES)) ] ||
            fail "client $client: not $((2 * QUERIES)) times '$want'"
    done
done
# Each once, in the order of arrival; beside them what a universe says at its
# end.
jq -r 'select(.number).number' "$WORK/journal" >"$WORK/numbers"
seq $((2 * CLIENTS * QUERIES)) | cmp - "$WORK/numbers"
cat "$WORK/begun" "$WORK/ended" | jq -r 'select(.number).number' >"$WORK/numbers"
seq "$(wc -l <"$WORK/numbers")" | cmp - "$WORK/numbers"
[ "$(tail -n 1 "$WORK/ended" | jq -r '.["never-acted"]')" = 'late: delay 3 ms' ] ||
    fail "the last line: $(tail -n 1 "$WORK/ended")"
