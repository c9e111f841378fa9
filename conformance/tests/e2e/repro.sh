#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# repro.sh - the founding case tells two stories, by how the resolver asks; a
# changed fault tells a third.
. "$(dirname "$0")/common.sh"

says() {
    grep -qE -- "$1" "$work/out" || fail "no \"$1\" in: $(cat "$work/out")"
}

silent_on() {
    if grep -qE -- "$1" "$work/out"; then
        fail "\"$1\" in: $(cat "$work/out")"
    fi
}

# Minimised queries: the alias is met by a query of type A.
marked "$caaconform" repro alias-timeout/target-permits >"$work/out" 2>&1
assert_rc 0 "relaxed"
says '^The alias was met by a type A query for www\.agency\.[^ ]*, which leads to www\.search\.'
says 'was never asked for CAA of that name\.$'
says "^ +[0-9]+\.[0-9]{3}  resolver's front +-> CAA www\.agency\."
says '^ +[0-9]+\.[0-9]{3} +server search +-> CAA www\.search\.'
says '^-> check: permit, found at www\.search\.'
says '^Outcome: pass: permitted, as expected$'
silent_on 'drop query'

# The full name and type: CAA is asked, dropped, asked again.
marked "$caaconform" repro alias-timeout-full-name >"$work/out" 2>&1
assert_rc 0 "disabled"
says 'no reply \[fault: .*drop query\]$'
says '^CAA www\.agency\.[^ ]* was asked [0-9]+ times at the server of agency\.[^ ]*, and dropped each time \(fault: .*drop query\); no answer was given\.$'
says '^-> lookup-failure [0-9]+: either, because .* \(rules\.yaml:[0-9]+\)$'
silent_on 'was met by'

# Another fault in a copy of the file: the text follows.
sed 's/{drop: query}/{rcode: SERVFAIL}/' \
    scenarios/catalogue/alias-timeout-full-name.yaml >"$work/servfail-copy.yaml"
marked "$caaconform" repro "$work/servfail-copy.yaml" >"$work/out" 2>&1
assert_rc 0 "SERVFAIL"
says 'and answered SERVFAIL each time \(fault: .*rcode SERVFAIL\)'
silent_on 'drop'

# An implementation that never looks.
marked "$caaconform" repro alias-timeout/target-permits -- true >"$work/out" 2>&1
assert_rc 1 "true"
says '^ +nothing was asked$'
says 'NOT shown: answered: CAA www\.search\.'
says '^Outcome: no-evidence: '
assert_nothing_left "repro"
