#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# --help and the man page name the same options.
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
