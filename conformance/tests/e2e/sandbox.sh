#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# sandbox.sh - the lab as an ordinary user, and where it may not be made.
# shellcheck disable=SC2016 # what stands in single quotes is for another shell
. "$(dirname "$0")/common.sh"

# No user namespaces: exit 3, and what to change.
if unshare -Urn true 2>/dev/null; then
    marked unshare -Urn sh -c \
        'echo 0 >/proc/sys/user/max_user_namespaces && exec "$0" run -- false' \
        "$caaconform" >"$work/out" 2>&1
    assert_rc 3 "no user namespaces"
    grep -q 'max_user_namespaces' "$work/out" ||
        fail "no remedy: $(cat "$work/out")"
else
    echo "user namespaces cannot be had here at all" >&2
fi

# No unbound: exit 3, and how to get it. A PATH cannot hide /usr/sbin, an empty
# file over the program can.
if [ -x /usr/sbin/unbound ] && unshare -Urm true 2>/dev/null; then
    : >"$work/nothing"
    marked unshare -Urm sh -c \
        'mount --bind "$1" /usr/sbin/unbound && exec "$0" run -- false' \
        "$caaconform" "$work/nothing" >"$work/out" 2>&1
    assert_rc 3 "no unbound"
    grep -q 'apt install unbound' "$work/out" ||
        fail "no remedy: $(cat "$work/out")"
fi

# with_unbound PROGRAM EXPECTED: exit 3, and what became of it.
with_unbound() {
    marked unshare -Urm sh -c \
        'mount --bind "$1" /usr/sbin/unbound && exec "$0" run --only tag-case \
            --time-limit 30 -- sleep 86400' \
        "$caaconform" "$1" >"$work/out" 2>&1
    assert_rc 3 "$2"
    grep -q "$2" "$work/out" || fail "not '$2': $(cat "$work/out")"
    assert_nothing_left "$2"
}

# An unbound that does not start, and one that dies in the middle of the run.
if [ -x /usr/sbin/unbound ] && unshare -Urm true 2>/dev/null; then
    cat >"$work/no-start" <<'EOF'
#!/bin/sh
echo "[1] unbound[1:0] error: no luck" >&2
exit 1
EOF
    cp /usr/sbin/unbound "$work/real"
    cat >"$work/dies" <<EOF
#!/bin/sh
"$work/real" "\$@" &
sleep 0.5
kill \$!
wait
EOF
    chmod 755 "$work/no-start" "$work/dies"
    with_unbound "$work/no-start" 'did not start: .*no luck'
    with_unbound "$work/dies" 'unbound has ended'
fi

# As root also as somebody else: same outcomes.
marked "$caaconform" run --only 'tag-*' --report "$work/own.json" >/dev/null 2>&1
assert_rc 0 "this user"
if [ "$(id -u)" -eq 0 ] && setpriv --version >/dev/null 2>&1; then
    # The checkout may lie where only root may look.
    mkdir -m 777 "$work/nobody"
    cp "$TESTBED_BIN/caaconform" "$TESTBED_BIN/caacheck" "$work/nobody"
    cp -r scenarios/catalogue scenarios/rules.yaml "$work/nobody"
    chmod -R a+rX "$work/nobody"
    marked setpriv --reuid 65534 --regid 65534 --clear-groups \
        sh -c 'cd "$1" && ./caaconform run --catalogue catalogue --only "tag-*" --report r.json' \
        sh "$work/nobody" >"$work/out" 2>&1
    assert_rc 0 "nobody: $(cat "$work/out")"
    jq -S '[.results[] | {id, check, outcome}]' "$work/own.json" >"$work/a"
    jq -S '[.results[] | {id, check, outcome}]' "$work/nobody/r.json" >"$work/b"
    cmp "$work/a" "$work/b" || fail "nobody has other outcomes"
fi
assert_nothing_left "sandbox"
