#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# --help, the manual page and README name the same options, the program takes
# them, and the commands are in all of them.
set -eu
caaconform="$TESTBED_BIN/caaconform"
page=conformance/caaconform.1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$caaconform" --help >"$work/text"
grep -oE '^  --[a-z0-9-]+' "$work/text" | tr -d ' ' | sort -u >"$work/help"
sed -n 's/^\.It Fl -\([a-z0-9-]*\).*/--\1/p' "$page" | sort -u >"$work/page"
[ -s "$work/help" ]
diff -u "$work/help" "$work/page"

while read -r option; do
    # A wrong option would be "no such option"; these lack a value, or more.
    "$caaconform" lint "$option" </dev/null >"$work/said" 2>&1 || true
    if grep -q 'no such option' "$work/said"; then
        echo "error: $option is in --help, and is not taken" >&2
        exit 1
    fi
done <"$work/help"

for command in run list show lint coverage repro shell adequacy; do
    grep -q "^  caaconform $command" "$work/text"
    grep -qx "\.It Cm $command" "$page"
done

# What README tells to type must exist.
if [ -f README.md ]; then
    grep -E '^ +caaconform ' README.md | sed 's/ -- .*//; s/ #.*//' |
        grep -oE -- '--[a-z][a-z0-9-]*' | sort -u >"$work/readme" || true
    if missing=$(grep -vxF -f "$work/help" "$work/readme"); then
        echo "error: README names $missing, which --help does not" >&2
        exit 1
    fi
fi

if command -v man >/dev/null; then
    man --warnings -E UTF-8 -l -Tutf8 -Z "$page" 2>"$work/warnings" >/dev/null
    if [ -s "$work/warnings" ]; then
        cat "$work/warnings" >&2
        exit 1
    fi
fi
