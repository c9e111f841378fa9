#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Every option of --help is in the manual page and the reverse, and --help
# names nothing the program does not take.
set -eu
caacheck="$TESTBED_BIN/caacheck"
page=$(dirname "$0")/../../caacheck.1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$caacheck" --help | grep -oE '^  --[a-z0-9-]+' | tr -d ' ' | sort -u >"$work/help"
sed -n 's/^\.It Fl -\([a-z0-9-]*\).*/--\1/p' "$page" | sort -u >"$work/page"
[ -s "$work/help" ]
diff -u "$work/help" "$work/page"

while read -r option; do
    # A wrong option would be "no such option"; these lack a value or a name.
    if "$caacheck" "$option" </dev/null 2>&1 | grep -q 'no such option'; then
        echo "error: $option is in --help, and is not taken" >&2
        exit 1
    fi
done <"$work/help"
