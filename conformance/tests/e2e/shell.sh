#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# shell.sh - a shell, or a command, inside the lab.
# shellcheck disable=SC2016 # what stands in single quotes is for another shell
. "$(dirname "$0")/common.sh"

# Something to type.
marked "$caaconform" shell alias-timeout/target-permits >"$work/out" 2>&1 <<'EOF'
dig +short CAA "$CAA_NAME"
cat /etc/resolv.conf
EOF
assert_rc 0 "a shell that reads a file"
grep -q '^0 issue "ca.test"$' "$work/out" || fail "dig: $(cat "$work/out")"
grep -q '^nameserver 198\.18\.' "$work/out" || fail "resolv.conf"
grep -q 'The lab ends with this shell' "$work/out" || fail "no greeting"

# A universe of its own has a resolver of its own.
marked "$caaconform" shell root-not-obeyed/root-refuses \
    -- dig +short CAA . '@{resolver}' >"$work/out" 2>&1
assert_rc 0 "a command"
grep -q '^0 issue ";"$' "$work/out" || fail "the root: $(cat "$work/out")"
marked "$caaconform" shell root-not-obeyed/root-refuses \
    -- dig +short CAA . >"$work/out" 2>&1
grep -q '^0 issue ";"$' "$work/out" || fail "resolv.conf: $(cat "$work/out")"

# On a terminal, with job control.
if command -v script >/dev/null; then
    cat >"$work/typed" <<'EOF'
sleep 86400 &
fg
EOF
    printf 'sleep 86400 &\njobs\nkill %%1\necho "terminal $(tty)"\nexit\n' \
        >"$work/typed"
    marked env SHELL=/bin/bash script -qec \
        "$caaconform shell tag-case/capitals-own" /dev/null \
        <"$work/typed" >"$work/out" 2>&1
    assert_rc 0 "a terminal"
    grep -q 'Running.*sleep 86400' "$work/out" ||
        fail "job control: $(cat "$work/out")"
    grep -q 'terminal /dev/pts/' "$work/out" || fail "no terminal"
    if grep -q 'no job control' "$work/out"; then
        fail "$(cat "$work/out")"
    fi
fi
assert_nothing_left "shell"
