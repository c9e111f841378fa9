#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# authsim serve as a service: ready, reloaded, not reloaded, stopped.
set -eu
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
# shellcheck source=authsim/tests/e2e/lib.sh
. authsim/tests/e2e/lib.sh
export WORK

cat >"$WORK/story.yaml" <<'YAML'
title: Something is published
sources: [{text: RFC 8659, section: "3"}]
twin: other
zones:
  - name: z
    dnssec: unsigned
    records: |
      www.z TXT "first"
    faults:
      - {id: once, when: {type: MX}, first: 1, do: {rcode: REFUSED}}
checks: [{id: permits, names: [www.z], verdict: permit}]
YAML

# On the loopback of a sandbox, so that no port is in the way and nobody else's
# processes, sockets and files are about.
cp "$WORK/story.yaml" "$WORK/around.yaml"
authsim serve --sandbox "$WORK/around.yaml" -- sh "$HERE/reload_inside.sh"

# In a sandbox: COMMAND tells its own authsim, which is its parent. What a
# manager could not be told is no reason to end.
cp "$WORK/around.yaml" "$WORK/story.yaml"
mkfifo "$WORK/news"
exec 4<>"$WORK/news"
cat >"$WORK/command.sh" <<'INSIDE'
set -eu
exec 2>&1
. authsim/tests/e2e/lib.sh
exec 3<"$WORK/news"
read -r line <&3
expect "NOTIFY_SOCKET $WORK/none: No such file or directory" echo "$line"
[ -z "${NOTIFY_SOCKET-}" ] || fail 'COMMAND sees NOTIFY_SOCKET'
expect '"first"' dig +short @"$(server story/permits z)" www.z.story TXT
sed 's/name: z/&\n    servers: [moved]/; s/"first"/"second"/' \
    "$WORK/story.yaml" >"$WORK/story.new"
cat "$WORK/story.new" >"$WORK/story.yaml"
kill -HUP $PPID
read -r line <&3
expect 'reloaded: 1 instances on port 53, ' echo "$line"
expect '"second"' dig +short @"$(server story/permits moved)" \
    www.z.story TXT
INSIDE
NOTIFY_SOCKET=$WORK/none authsim serve --sandbox "$WORK/story.yaml" -- \
    sh "$WORK/command.sh" 2>&4 || fail "status $?"
