#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# authsim serve --control: every path of its document, what it changes on the
# wire, who is let in.
# shellcheck disable=SC2016 # what stands in single quotes is for another shell
set -eu
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
# shellcheck source=authsim/tests/e2e/lib.sh
. authsim/tests/e2e/lib.sh
SCENARIO=$HERE/control.yaml
export WORK

TOKEN=token-0123456789abcdef
echo "$TOKEN" >"$WORK/token"
authsim serve --sandbox --journal "$WORK/journal" --control 127.0.0.1:8055 \
    --control-token-file "$WORK/token" "$SCENARIO" -- \
    sh "$HERE/control_inside.sh" "$TOKEN"
# What was cleared had been written, and what went with its scenario.
grep -q '"instance":"later/permits"' "$WORK/journal" || fail 'a journal went unwritten'
[ "$(jq -s 'map(select(.number)) | length == (map(.number) | unique | length) and length > 5' "$WORK/journal")" = true ] ||
    fail 'the journal on file has gaps'

# A Unix socket, for its owner alone, gone afterwards; one that was left behind
# is in nobody's way.
cat >"$WORK/socket.sh" <<'INSIDE'
set -eu
. authsim/tests/e2e/lib.sh
expect '"status":"ok"' curl -sS --unix-socket "$WORK/socket" http://authsim/health
[ "$(stat -c %a "$WORK/socket")" = 700 ] || fail "mode $(stat -c %a "$WORK/socket")"
INSIDE
authsim serve --sandbox --control "unix:$WORK/socket" "$SCENARIO" -- sh "$WORK/socket.sh"
[ ! -e "$WORK/socket" ] || fail 'the socket was left behind'
mkfifo "$WORK/started"
authsim serve --sandbox --control "unix:$WORK/socket" "$SCENARIO" -- \
    sh -c 'echo started; exec sleep 1000' >"$WORK/started" &
pid=$!
exec 3<"$WORK/started"
read -r line <&3
[ "$line" = started ] || fail "it said '$line'"
kill -KILL $pid
cat <&3
wait $pid || :
[ -S "$WORK/socket" ] || fail 'the test wants a socket that was left behind'
authsim serve --sandbox --control "unix:$WORK/socket" "$SCENARIO" -- sh "$WORK/socket.sh"

# Beyond the loopback only with a token; IPv6.
expect_status 2 authsim serve --sandbox --control 198.18.0.9:8055 "$SCENARIO" -- true
grep -q 'wants --control-token-file' "$WORK/stderr" || fail 'no word of a token'
expect_status 2 authsim serve --sandbox --control '[2001:2::9]:8055' "$SCENARIO" -- true
authsim serve --sandbox --control 198.18.0.9:8055 --control-token-file "$WORK/token" \
    "$SCENARIO" -- sh -c 'curl -sf -H "Authorization: Bearer $1" http://198.18.0.9:8055/health &&
                          ! curl -sf http://198.18.0.9:8055/health' sh "$TOKEN" >"$WORK/out"
authsim serve --sandbox --control '[::1]:8055' "$SCENARIO" -- \
    curl -sSf 'http://[::1]:8055/health' >"$WORK/out"

# Bad usage and input.
for where in 8055 localhost:8055 127.0.0.1: 127.0.0.1:0 127.0.0.1:65536 ::1:8055 unix: ''; do
    expect_status 2 authsim serve --sandbox --control "$where" "$SCENARIO" -- true
done
expect_status 2 authsim serve --control-token-file "$WORK/token" "$SCENARIO"
expect_status 2 authsim zone --dir "$WORK/zones" --control 127.0.0.1:8055 "$SCENARIO"
echo short >"$WORK/short"
for file in "$WORK/short" "$WORK/none" /dev/null; do
    expect_status 2 authsim serve --sandbox --control 127.0.0.1:8055 \
        --control-token-file "$file" "$SCENARIO" -- true
    grep -q -- "--control-token-file $file: " "$WORK/stderr" || fail "no word of $file"
done
expect_status 3 authsim serve --sandbox --control unix:/none/such "$SCENARIO" -- true
grep -q 'No such file' "$WORK/stderr" || fail 'why it cannot listen is not told'
