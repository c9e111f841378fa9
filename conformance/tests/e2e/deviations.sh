#!/bin/sh
# Every deviation of checker/deviations.tsv, given to the reference checker as
# rules, fails a check that claims in `catches` to catch it, with the outcome that
# the table expects.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
conform="$TESTBED_BIN/caaconform"
"$conform" list --json >"$work/list.json"

# The default command of caaconform, with the rules of the deviation.
grade() { # id, rules...
    id=$1
    shift
    jq -r --arg id "$id" '.[] | select(.catches | index($id)) | "--only\n\(.id)"' \
        "$work/list.json" >"$work/$id.only"
    if [ ! -s "$work/$id.only" ]; then
        echo "$id: no scenario claims to catch it" >&2
        return 1
    fi
    # shellcheck disable=SC2046 # ids hold no blanks
    "$conform" run $(cat "$work/$id.only") --report "$work/$id.json" \
        --features all \
        -- "$TESTBED_BIN/caacheck" --json --resolver '{resolver}' \
        --trust-anchor '{trust-anchor}' --issuer '{issuer}' \
        --remote '{remotes}' --now '{now}' --state '{state}' \
        --account '{account}' --method '{method}' --kind '{kind}' "$@" \
        '{names}' >"$work/$id.out" 2>&1 || [ $? -eq 1 ] || {
        cat "$work/$id.out" >&2
        return 1
    }
}

failed=0
tab=$(printf '\t')
while IFS="$tab" read -r id rules expected what; do
    case "$id" in
    '#'*) continue ;;
    esac
    # shellcheck disable=SC2086 # several arguments on purpose
    if grade "$id" $rules; then
        caught=$(jq -r --arg o "$expected" \
            '[.results[] | select(.outcome == $o) | .id] | join(" ")' "$work/$id.json")
    else
        caught=''
    fi
    if [ -n "$caught" ]; then
        echo "$id $expected: $caught"
    else
        echo "FAILED $id ($what): no check of those that catch it is $expected" >&2
        failed=1
    fi
done <checker/deviations.tsv
exit "$failed"
