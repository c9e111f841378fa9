#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# resolvers.sh - every way to a resolver: the lab's, none, the user's own.
# shellcheck disable=SC2016 # what stands in single quotes is for another shell
. "$(dirname "$0")/common.sh"

outcomes() {
    jq -S '[.results[] | select(.outcome != "unsupported")
        | {id, check, outcome, verdict}]' "$1"
}

# graded RESOLVER NAME: grades some files through it.
graded() {
    marked "$caaconform" run --resolver "$1" --only 'tag-*' --only 'alias*' \
        --only root-not-obeyed --only rrset-1001 --only ipv6-only \
        --report "$work/$2.json" >"$work/out" 2>&1
    assert_rc 0 "$2: $(cat "$work/out")"
}

graded unbound unbound
graded none none
assert_report "$work/unbound.json" '.summary.unsupported == 0' "unbound"
assert_report "$work/none.json" '[.results[] | select(.outcome == "unsupported")
    | .id | split("/")[0]] | unique - ["alias-full-name-refuses", "alias-timeout-full-name",
        "alias-timeout-warm", "alias-timeout-warm-refuses"] == []' "none"
marked "$caaconform" run --resolver-preset default --only 'tag-*' \
    >"$work/out" 2>&1
assert_rc 0 "as packaged: $(cat "$work/out")"

# The user's own, on this loopback. Rerun in a network namespace whose port 53
# may be had.
if [ -z "${RESOLVERS_INSIDE-}" ]; then
    assert_nothing_left "resolvers"
    rm -rf "$work"
    RESOLVERS_INSIDE=1 exec unshare -Urn sh -c 'ip link set lo up && exec sh "$0"' \
        "$0"
fi
# A resolver that is not there is no fault of the implementation.
marked "$caaconform" run --resolver 127.0.0.1@5300 --only tag-case/capitals-own \
    >"$work/out" 2>&1
assert_rc 3 "no resolver there: $(cat "$work/out")"
grep -q 'no resolver answers at 127.0.0.1 port 5300' "$work/out" ||
    fail "no resolver there: $(cat "$work/out")"

# As the manual says: the lab's files from authsim, then the resolver.
mkfifo "$work/ready"
"$TESTBED_BIN/authsim" serve --port 53 --lab-files "$work/lab" \
    scenarios/catalogue/tag-case.yaml >"$work/ready" &
authsim=$!
read -r _ <"$work/ready" || fail "authsim did not get ready"
kill "$authsim"
wait "$authsim" || true
cat >"$work/unbound.conf" <<EOF
server:
    chroot: ""
    username: ""
    pidfile: ""
    directory: "$work"
    use-syslog: no
    logfile: ""
    verbosity: 0
    interface: 127.0.0.1@5300
    do-not-query-localhost: no
    do-ip6: no
    root-hints: "$work/lab/root.hints"
    trust-anchor-file: "$work/lab/trust-anchor"
    trust-anchor-signaling: no
remote-control:
    control-enable: no
EOF
mkfifo "$work/log"
/usr/sbin/unbound -d -c "$work/unbound.conf" 2>"$work/log" &
unbound=$!
trap 'kill "$unbound"; rm -rf "$work"' EXIT
grep -q 'start of service' <"$work/log"
cat "$work/log" >/dev/null &
marked "$caaconform" run --resolver 127.0.0.1@5300 --only 'tag-*' \
    --only root-not-obeyed --only ipv6-only --report "$work/own.json" \
    >"$work/out" 2>&1
assert_rc 0 "the user's own: $(cat "$work/out")"
assert_report "$work/own.json" '.summary.pass > 10' "the user's own"
assert_report "$work/own.json" '[.results[] | select(.outcome == "unsupported")
    | .id | split("/")[0]] | unique == ["ipv6-only", "root-not-obeyed"]' "the user's own"
assert_nothing_left "the user's own"
