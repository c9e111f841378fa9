#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# commands.sh - how a command is found, started and given its request.
# shellcheck disable=SC2016 # what stands in single quotes is for another shell
. "$(dirname "$0")/common.sh"

# usage TEXT EXPECTED ARGUMENT...: exit 2, and says why.
usage() {
    text=$1
    expected=$2
    shift 2
    marked "$caaconform" run --only tag-case "$@" >"$work/out" 2>&1
    assert_rc 2 "$text"
    grep -qF "$expected" "$work/out" || fail "$text: $(cat "$work/out")"
    assert_nothing_left "$text"
}

cd "$work"
catalogue=$OLDPWD/scenarios/catalogue
printf '#!/no/such/interpreter\n' >bad-interpreter
printf 'exit 0\n' >no-interpreter
printf '#!/bin/sh\n' >not-executable
chmod 755 bad-interpreter no-interpreter
usage "no such file" "not found" --catalogue "$catalogue" -- ./no-such-file
usage "not in PATH" "not found" --catalogue "$catalogue" -- no-such-program-x
usage "not executable" "may not be executed" --catalogue "$catalogue" \
    -- ./not-executable
usage "bad interpreter" "cannot be started" --catalogue "$catalogue" \
    -- ./bad-interpreter
usage "no interpreter" "must begin with #!" --catalogue "$catalogue" \
    -- ./no-interpreter
usage "no resolver" "{resolver}" --catalogue "$catalogue" --resolver none \
    -- dig '@{resolver}'
cd "$OLDPWD"

# A command sees its request in its arguments and in its environment.
cat >"$work/tell" <<'EOF'
#!/bin/sh
{
    echo "arguments $*"
    echo "environment $CAA_NAME|$CAA_NAMES|$CAA_ISSUER|$CAA_METHOD|$CAA_KIND"
    echo "nameserver ${CAA_RESOLVER-none} $(cat /etc/resolv.conf)"
    grep -c . "$CAA_ROOT_HINTS" "$CAA_TRUST_ANCHOR"
} >>"$TELL_FILE"
exit 1
EOF
chmod 755 "$work/tell"
marked env TELL_FILE="$work/told" "$caaconform" run --only tag-case/capitals-own \
    -- "$work/tell" '{name}' '{issuer}' '${name}' >/dev/null 2>&1
assert_rc 1 "tell"
name=www.tag-case-capitals-own
grep -q "^arguments .*tag-case-capitals-own ca.test \${name}\$" "$work/told" ||
    fail "arguments: $(cat "$work/told")"
grep -q "^environment .*tag-case-capitals-own|.*|ca.test|http-01|tls\$" \
    "$work/told" || fail "environment of $name: $(cat "$work/told")"
grep -q '^nameserver \(198.18.[0-9.]*\) nameserver \1$' "$work/told" ||
    fail "resolv.conf: $(cat "$work/told")"

# With {name} a request of eighty names is eighty runs; with {names} it is one.
: >"$work/told"
marked env TELL_FILE="$work/told" "$caaconform" run \
    --only certificate-eighty-names/two-fail -- "$work/tell" '{name}' \
    >/dev/null 2>&1
[ "$(grep -c ^arguments "$work/told")" -eq 80 ] || fail "eighty runs"
: >"$work/told"
marked env TELL_FILE="$work/told" "$caaconform" run \
    --only certificate-eighty-names/two-fail -- "$work/tell" '{names}' \
    >/dev/null 2>&1
[ "$(grep -c ^arguments "$work/told")" -eq 1 ] || fail "one run"
[ "$(awk '/^arguments/ { print NF }' "$work/told")" -eq 81 ] ||
    fail "eighty arguments"

# What was refused, name by name, is told.
cat >"$work/refuse-bad" <<'EOF'
#!/bin/sh
dig +short CAA "$1" "@$2" >/dev/null
case $1 in *.bad.*) exit 2 ;; esac
EOF
chmod 755 "$work/refuse-bad"
marked "$caaconform" run --only certificate-eighty-names --report "$work/r.json" \
    -- "$work/refuse-bad" '{name}' '{resolver}' >/dev/null 2>&1
assert_rc 0 "name by name"
assert_report "$work/r.json" '.summary.pass == .summary.total' "name by name"

# Without a resolver there are hints and anchor, and no CAA_RESOLVER.
: >"$work/told"
marked env TELL_FILE="$work/told" "$caaconform" run --resolver none \
    --only tag-case/capitals-own -- "$work/tell" '{root-hints}' >/dev/null 2>&1
assert_rc 1 "no resolver"
grep -q '^nameserver none # no resolver in this lab' "$work/told" ||
    fail "no resolver: $(cat "$work/told")"
assert_nothing_left "commands"
