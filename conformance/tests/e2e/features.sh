#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# features.sh - what an implementation lacks, or says it does not support, is
# unsupported and never a pass; from the day a profile demands it, a failure.
. "$(dirname "$0")/common.sh"

report=$work/report.json
printf '#!/bin/sh\nexit 3\n' >"$work/says-so"
chmod 755 "$work/says-so"

# expect OUTCOME PROFILE DATE FEATURES CHECKS COMMAND: of all of these checks.
expect() {
    what="$2 $3 $4 $5 $6"
    marked "$caaconform" run --profile "$2" --date "$3" --features "$4" \
        --only "$5" --report "$report" -- "$6" >"$work/out" 2>&1
    # Where nothing is graded nothing is right either.
    assert_rc 1 "$what"
    assert_report "$report" ".summary.total > 0 and
        ([.results[].outcome] | unique) == [\"$1\"]" "$what"
    case $1 in
    unsupported) wanted='nothing was graded' ;;
    *) wanted='is mandatory since' ;;
    esac
    grep -q "$wanted" "$work/out" || fail "$what: $(cat "$work/out")"
}

account='rfc8657-account/*'
for command in "$work/says-so" true; do
    # The first says so itself, whatever is declared; the second declares less.
    declared=all
    [ "$command" != true ] || declared=all,-rfc8657
    expect unsupported tls-br 2027-03-14 "$declared" "$account" "$command"
    expect unsafe tls-br 2027-03-15 "$declared" "$account" "$command"
    expect unsupported rfc8659 2027-03-15 "$declared" "$account" "$command"
done

# It lacks nothing that this check needs: unsupported all the same, no pass.
expect unsupported tls-br 2026-11-01 all tag-case/capitals-own "$work/says-so"
assert_nothing_left "features"
