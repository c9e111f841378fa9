#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# --help and the man page name the same options; the page of the format names
# every key and word that the loader knows; both are good roff.
set -eu
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
# shellcheck source=authsim/tests/e2e/lib.sh
. authsim/tests/e2e/lib.sh

options() { # of a text, one a line
    grep -oE -- '--[a-z][a-z-]+' | sort -u
}

authsim --help | options >"$WORK/help"
sed 's/Fl -\([a-z]\)/Fl --\1/g' authsim/authsim.1 | options >"$WORK/man"
[ -s "$WORK/help" ] || fail 'no options in --help'
diff "$WORK/help" "$WORK/man" ||
    fail "--help (<) and authsim/authsim.1 (>) differ"

page=$WORK/authsim-scenario.5
awk -f scenarios/format-page.awk scenarios/FORMAT.md >"$page"
for of in authsim/authsim.1 "$page"; do
    man --warnings -E UTF-8 -l -Tutf8 -Z "$of" 2>"$WORK/warnings" >/dev/null
    [ ! -s "$WORK/warnings" ] || fail "$(cat "$WORK/warnings")"
done
# What man shows, without its hyphenation.
MANWIDTH=1000 man -E UTF-8 -l "$page" | tr -cs 'A-Za-z0-9_-' '\n' |
    sort -u >"$WORK/words"
jq -r '.. | objects | (.properties? // {} | keys[]), (.enum? // [] | .[]),
       (.const? // empty)' scenarios/schema.json | sort -u >"$WORK/known"
[ "$(wc -l <"$WORK/known")" -gt 200 ] || fail 'the schema has few keys'
if missing=$(grep -vxF -f "$WORK/words" "$WORK/known"); then
    fail "authsim-scenario(5) does not name $missing"
fi
# Nothing of Markdown is left.
! grep -n '^[#|]\|`\|\*\*' "$page" || fail 'FORMAT.md has more Markdown'
