#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# endings.sh - however caaconform ends, nothing is left of the lab.
. "$(dirname "$0")/common.sh"

mkfifo "$work/started"
cat >"$work/hang" <<'EOF'
#!/bin/sh
setsid sleep 86400 &
echo started >"$STARTED"
exec sleep 86400
EOF
chmod 755 "$work/hang"

# end_with SIGNAL: sends it once a command runs inside.
end_with() {
    env "$mark" STARTED="$work/started" TMPDIR="$work" "$caaconform" run \
        --only tag-case --jobs 1 -- "$work/hang" >/dev/null 2>&1 &
    pid=$!
    read -r _ <"$work/started"
    [ -n "$(left_over)" ] || fail "$1: the mark does not work"
    kill "-$1" "$pid"
    rc=0
    wait "$pid" 2>/dev/null || rc=$?
    assert_nothing_left "$1"
    [ -z "$(find "$work" -mindepth 1 ! -name started ! -name hang)" ] ||
        fail "$1: files are left: $(ls "$work")"
}

end_with INT
assert_rc 130 "INT"
end_with TERM
assert_rc 143 "TERM"
end_with HUP
assert_rc 129 "HUP"
end_with KILL
assert_rc 137 "KILL"

# The lab dies with an Unbound that dies, and says so.
marked "$caaconform" run --only tag-case --jobs 1 --time-limit 10 \
    -- sh -c 'exit 0' >/dev/null 2>&1
assert_nothing_left "an ordinary end"
