#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# features.sh - what an implementation lacks, or says it does not support, is
# unsupported and never a pass; from the day a profile demands it, missing, which
# fails the run. A request that it cannot express is never held against it.
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

account='rfc8657-account/o*'
for command in "$work/says-so" true; do
    # The first says so itself, whatever is declared; the second declares less.
    declared=all
    [ "$command" != true ] || declared=all,-rfc8657
    expect unsupported tls-br 2027-03-14 "$declared" "$account" "$command"
    expect missing tls-br 2027-03-15 "$declared" "$account" "$command"
    expect unsupported rfc8659 2027-03-15 "$declared" "$account" "$command"
done

# An account or a method of the request's own: nobody owes that it can be said.
for check in rfc8657-account/urn rfc8657-methods/ca-method; do
    expect unsupported tls-br 2027-03-15 all "$check" "$work/says-so"
    expect unsupported tls-br 2027-03-15 \
        all,-account-per-request,-method-per-request "$check" true
    expect missing tls-br 2027-03-15 all,-rfc8657 "$check" true
done

# Reports count it, JUnit tells it as a failure, a baseline may know it.
run_owed() {
    marked "$caaconform" run --profile tls-br --date 2027-03-15 \
        --features all,-rfc8657 --only rfc8657-account/own \
        --report "$report" --report "$work/report.xml" "$@" -- true \
        >"$work/out" 2>&1
}
run_owed --write-baseline "$work/known.json"
assert_rc 1 "a feature is owed"
assert_report "$report" '.summary.missing == 1 and .summary.unsafe == 0' owed
grep -q '^missing$' "$work/out" || fail "no list of what is missing"
grep -q '<failure type="missing" message="needs rfc8657, ' "$work/report.xml" ||
    fail "JUnit: $(cat "$work/report.xml")"
run_owed --baseline "$work/known.json"
assert_rc 0 "a feature is known to be missing"

# It lacks nothing that this check needs: unsupported all the same, no pass.
expect unsupported tls-br 2026-11-01 all tag-case/capitals-own "$work/says-so"
assert_nothing_left "features"
