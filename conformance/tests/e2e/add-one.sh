#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# add-one.sh - does literally what "Add one" of scenarios/README.md tells: its
# file, its command lines and its addresses are taken from the text.
# shellcheck disable=SC2016 # backticks of Markdown
. "$(dirname "$0")/common.sh"

sed -n '/^## Add one$/,/^## When/p' scenarios/README.md >"$work/text"
file=$(sed -n 's/^Write `\(catalogue\/.*\.yaml\)`:$/\1/p' "$work/text")
[ -n "$file" ] || fail "the text names no file to write"
grep '^    caaconform ' "$work/text" | sed 's/^ *//; s/ *#.*//' >"$work/lines"

# A copy of the tree, as far as the text goes; programs by their names.
mkdir -p "$work/tree/ci"
cp -R scenarios "$work/tree/scenarios"
cp -R ci/checks "$work/tree/ci/checks"
PATH=$TESTBED_BIN:$PATH
export PATH
cd "$work/tree"
[ ! -e "scenarios/$file" ] || fail "$file is in the catalogue already"
sed -n '/^```yaml$/,/^```$/p' "$work/text" | sed '1d;$d' >"scenarios/$file"

# The checker of the text is one that has the bug that the text is about.
cat >my-checker <<'EOF'
#!/bin/sh
exec caacheck --resolver "$CAA_RESOLVER" --trust-anchor "$CAA_TRUST_ANCHOR" \
    --issuer "$CAA_ISSUER" --rule trailing-dot=accept "$1"
EOF
chmod 755 my-checker

# follow LINE: a line of the text, typed in; its status is in $rc.
follow() {
    marked sh -c "$1" >"$work/out" 2>&1 </dev/null
}

ran=0
while read -r line; do
    ran=$((ran + 1))
    follow "$line"
    case $line in
    *lint)
        assert_rc 0 "$line"
        [ ! -s "$work/out" ] || fail "$line: $(cat "$work/out")"
        ;;
    *my-checker*)
        assert_rc 1 "$line"
        grep -q '^ *2 checks: 1 pass, 1 unsafe' "$work/out" ||
            fail "$line: $(cat "$work/out")"
        ;;
    *' run '*)
        assert_rc 0 "$line"
        grep -q '^ *2 checks: 2 pass' "$work/out" ||
            fail "$line: $(cat "$work/out")"
        ;;
    *) assert_rc 0 "$line: $(cat "$work/out")" ;;
    esac
done <"$work/lines"
[ "$ran" -ge 4 ] || fail "only $ran lines were found to type in"
grep -qE '^\| R330 .*[ ,]trailing-dot( |,)' scenarios/COVERAGE.md ||
    fail "the page does not show the new checks"

# ids.txt: refused without the addresses, good with them.
! ci/checks/ids.sh >"$work/out" 2>&1 || fail "ids.txt need not be added to"
sed -n '/^Then add/,/^$/p' "$work/text" | grep -oE '`[a-z0-9-]+/[a-z0-9-]+`' |
    tr -d '`' >"$work/addresses"
caaconform list --json --only trailing-dot | jq -r '.[].id' |
    LC_ALL=C sort >"$work/listed"
LC_ALL=C sort "$work/addresses" | diff -u - "$work/listed" >&2 ||
    fail "the text tells to add other addresses than there are"
LC_ALL=C sort -o scenarios/ids.txt scenarios/ids.txt "$work/addresses"
ci/checks/ids.sh || fail "ids.txt is not as it should be"
assert_nothing_left "add one"
