#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# perspectives.sh - what a command gets in checks of remote perspectives and of a
# clock, and that the wrong readings of both are told from the right one.
. "$(dirname "$0")/common.sh"

report=$work/report.json

# caught RULE EXPECTED ONLY...: checks that the reference, told to misread so,
# does not pass.
caught() {
    rule=$1
    expected=$2
    shift 2
    "$caaconform" run --features all --date 2026-11-01 "$@" --report "$report" \
        -- "$TESTBED_BIN/caacheck" --json --resolver '{resolver}' \
        --remote '{remotes}' --now '{now}' --state '{state}' \
        --trust-anchor '{trust-anchor}' --issuer '{issuer}' \
        --date 2026-11-01 --rule "$rule" -- '{names}' >/dev/null 2>&1 || :
    got=$(jq -r '[.results[] | select(.outcome != "pass")
        | .outcome + " " + .check] | join(", ")' "$report")
    [ "$got" = "$expected" ] || fail "$rule: '$got', expected '$expected'"
}

five='--only mpic-quorum-five/*'
# shellcheck disable=SC2086 # several arguments on purpose
{
    caught quorum=baseline '' $five
    caught quorum=none-needed 'unsafe three-prohibit, unsafe two-prohibit' $five
    caught quorum=majority 'unsafe two-prohibit' $five
    caught quorum=all 'overstrict one-prohibits' $five
    caught remote-lookups=shared 'unsafe three-prohibit, unsafe two-prohibit' $five
}
caught reuse=ttl-or-8-hours '' --only 'recheck-*'
caught reuse=forever 'unsafe after-8-hours' --only recheck-after-8-hours
caught reuse-denial=thirty-days 'unsafe long-past-a-day, unsafe short-past-8-hours' \
    --only recheck-no-caa

# Only the checks that are about them get a list, a time and a directory, which
# is kept; and no other command may write there.
cat >"$work/tell" <<'E2'
#!/bin/sh
echo "$1|$CAA_REMOTES|$CAA_NOW|$(cat "$CAA_STATE/seen" 2>/dev/null)" >&2
[ -z "$CAA_STATE" ] || echo kept >"$CAA_STATE/seen"
exit 0
E2
chmod +x "$work/tell"
told() { # ID/CHECK, pattern
    "$caaconform" repro "$1" --features all --epoch 2026-11-01 -- \
        "$work/tell" '{name}' >"$work/out" 2>&1 || :
    grep -qE "$2" "$work/out" || fail "$1: nothing like '$2'" <"$work/out"
}
told mpic-quorum-two/nobody-prohibits '\|[0-9.]+,[0-9.]+\|\|$'
told recheck-after-8-hours/first '\|\|1793491200\|$'
told recheck-after-8-hours/after-8-hours '\|\|1793520060\|kept$'
told ttl-extremes/zero-permits '\|\|\|$'
