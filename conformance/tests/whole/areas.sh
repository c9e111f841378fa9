#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# areas.sh - whoever permits all, or refuses all, fails in every chapter of
# requirements.yaml that has checks with a verdict of the other kind.
. "$(dirname "$0")/../e2e/common.sh"

"$caaconform" list --json >"$work/list.json"
for program in true false; do
    marked "$caaconform" run --report "$work/$program.json" -- "$program" >/dev/null 2>&1
    assert_rc 1 "$program"
done

# One line a chapter: its checks, those that must refuse and are unsafe with true,
# those that must permit and are overstrict with false.
jq -r -n --slurpfile list "$work/list.json" --slurpfile all "$work/true.json" \
    --slurpfile none "$work/false.json" '
    def outcomes: map({key: .id, value: .outcome}) | from_entries;
    ($all[0].results | outcomes) as $permits | ($none[0].results | outcomes) as $refuses
    | $list[0] | map(. as $c | .requirements | map(.[0:2]) | unique
        | map({chapter: ., id: $c.id, expected: $c.expected}))
    | add | group_by(.chapter)[]
    | [.[0].chapter, length,
       (map(select(.expected == "refuse")) | length),
       (map(select($permits[.id] == "unsafe")) | length),
       (map(select(.expected == "permit")) | length),
       (map(select($refuses[.id] == "overstrict")) | length)]
    | @tsv' >"$work/areas"
cat "$work/areas"
[ "$(wc -l <"$work/areas")" -ge 8 ] || fail "chapters: $(cat "$work/areas")"
while read -r chapter checks refusing unsafe permitting overstrict; do
    [ "$refusing" -eq 0 ] || [ "$unsafe" -gt 0 ] ||
        fail "$chapter: $checks checks, and permitting all is never unsafe"
    [ "$permitting" -eq 0 ] || [ "$overstrict" -gt 0 ] ||
        fail "$chapter: $checks checks, and refusing all is never overstrict"
done <"$work/areas"
