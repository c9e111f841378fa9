#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# reports.sh - JSON and JUnit of a real run, the baseline, repeats.
. "$(dirname "$0")/common.sh"

# --- the shape of report.json, whole or not at all ---
marked "$caaconform" run --only 'alias-timeout' --seed 7 --epoch "$(date +%Y)-01-15" \
    --report "$work/r.json" --report "$work/r.xml" >"$work/out" 2>&1
assert_rc 0 "reports"
assert_report "$work/r.json" '
    (keys_unsorted == ["schema", "implementation", "profile", "policy_date",
        "seed", "epoch", "resolver", "summary", "results"]) and
    (.summary | keys_unsorted == ["total", "pass", "unsafe", "overstrict",
        "no-evidence", "wrong-reason", "unsupported", "missing", "hang",
        "crash", "unstable", "lab-error"]) and
    ([.summary | del(.total) | .[]] | add == 2) and
    (.results | length == 2) and (.results == (.results | sort_by(.id))) and
    all(.results[]; keys_unsorted == ["id", "check", "outcome", "verdict",
        "expected", "row", "reason", "duration_ms", "sources", "evidence"]) and
    .implementation == "caacheck" and .profile == "tls-br" and .seed == 7 and
    .policy_date == .epoch and .resolver == "unbound (brisk)"' "shape"
xmllint --noout "$work/r.xml" || fail "JUnit is not well-formed"
xmllint --noout conformance/tests/golden/*.xml || fail "golden JUnit"
[ "$(xmllint --xpath 'count(//testcase)' "$work/r.xml")" = 2 ] || fail "test cases"
[ "$(find "$work" -name 'r.json*' | wc -l)" = 1 ] || fail "temporary files are left"
grep -q '^conformant under tls-br' "$work/out" || fail "$(cat "$work/out")"

# --- nothing is written twice, and that is said before the run ---
for twice in "--report $work/w.json --report $work/./w.json" \
    "--report $work/w.json --write-baseline $work/w.json"; do
    # shellcheck disable=SC2086 # several words
    marked "$caaconform" run --only alias-timeout $twice >"$work/out" 2>&1
    assert_rc 2 "$twice"
    grep -q 'would be written twice' "$work/out" || fail "$(cat "$work/out")"
    [ "$(wc -l <"$work/out")" = 1 ] || fail "$(cat "$work/out")"
done

# --- a run in which nothing was graded is no success ---
marked "$caaconform" run --only tag-case -- sh -c 'exit 3' >"$work/out" 2>&1
assert_rc 1 "nothing graded"
grep -q '^nothing was graded' "$work/out" || fail "$(cat "$work/out")"

# --- hostile output stays well-formed ---
cat >"$work/hostile" <<'END'
#!/bin/sh
printf 'a\033[31m\377\000]]>&<"\n' | cat - >&2
exit 1
END
chmod 755 "$work/hostile"
marked "$caaconform" run --only tag-case --report "$work/h.xml" \
    --report "$work/h.json" --colour never -- "$work/hostile" >"$work/out" 2>&1
assert_rc 1 "hostile"
xmllint --noout "$work/h.xml" || fail "JUnit of hostile output"
jq -e . "$work/h.json" >"$work/x" || fail "JSON of hostile output"
if LC_ALL=C grep -q "$(printf '\033')" "$work/out"; then
    fail "an escape sequence reached the terminal"
fi
grep -q "rerun  *caaconform run --only tag-case/" "$work/out" ||
    fail "no command that reruns: $(cat "$work/out")"

# --- a baseline: known failures pass, an unexpected pass fails ---
marked "$caaconform" run --only tag-case --write-baseline "$work/known.json" \
    -- true >"$work/out" 2>&1
assert_rc 1 "writing a baseline"
marked "$caaconform" run --only tag-case --baseline "$work/known.json" -- true \
    >"$work/out" 2>&1
assert_rc 0 "known failures"
grep -q 'known by the baseline' "$work/out" || fail "$(cat "$work/out")"
marked "$caaconform" run --only tag-case --baseline "$work/known.json" -- false \
    >"$work/out" 2>&1
assert_rc 1 "other failures"
grep -q 'another kind of failure' "$work/out" || fail "$(cat "$work/out")"
marked "$caaconform" run --only tag-case --baseline "$work/known.json" \
    >"$work/out" 2>&1
assert_rc 1 "unexpected passes"
grep -q 'unexpected pass' "$work/out" || fail "$(cat "$work/out")"

# --- what differs from run to run is unstable ---
cat >"$work/fickle" <<'END'
#!/bin/sh
# permits in one run, refuses in the next, and looks both times
dig +short CAA "$1" "@$2" >/dev/null
if [ -e "$FICKLE/$1" ]; then exit 1; fi
touch "$FICKLE/$1"
END
chmod 755 "$work/fickle"
mkdir "$work/seen"
chmod 777 "$work/seen"
marked env FICKLE="$work/seen" "$caaconform" run --only tag-case/capitals-own \
    --repeat 2 --report "$work/u.json" -- "$work/fickle" '{name}' '{resolver}' \
    >"$work/out" 2>&1
assert_rc 1 "fickle"
assert_report "$work/u.json" '.summary.unstable == 1' "fickle"
grep -q 'run 1: pass .*; run 2: overstrict' "$work/out" || fail "$(cat "$work/out")"
assert_nothing_left "reports"
