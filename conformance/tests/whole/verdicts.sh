#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# verdicts.sh - implementations that do not look: they never pass where a query
# is owed; and one that looks through dig.
. "$(dirname "$0")/../e2e/common.sh"

report=$work/report.json

marked "$caaconform" run --report "$report" --skip servfail-cached \
    -- true >/dev/null 2>&1
assert_rc 1 "true"
assert_report "$report" '[.results[] | select(.expected == "refuse")
    | .outcome] - ["unsafe", "unsupported"] == []' "true is unsafe"
assert_report "$report" '.summary.overstrict == 0' "true is never overstrict"
assert_nothing_left "true"

marked "$caaconform" run --report "$report" --skip servfail-cached \
    -- false >/dev/null 2>&1
assert_rc 1 "false"
assert_report "$report" '[.results[] | select(.expected == "permit")
    | .outcome] - ["overstrict", "unsupported"] == []' "false is overstrict"
assert_report "$report" '.summary.unsafe == 0' "false is never unsafe"

# It reads the issue property of the name itself, and nothing else.
cat >"$work/naive" <<'EOF'
#!/bin/sh
records=$(dig +short CAA "$1" "@$2") || exit 2
[ -z "$records" ] && exit 0
echo "$records" | grep -qF "issue \"$3\""
EOF
chmod 755 "$work/naive"
marked "$caaconform" run --report "$report" --only tag-case --only climb \
    --only 'wildcard*' -- "$work/naive" '{name}' '{resolver}' '{issuer}' \
    >/dev/null 2>&1
assert_rc 1 "the naive checker"
assert_report "$report" '.summary.pass > 0 and .summary.unsafe > 0' \
    "the naive checker"
assert_nothing_left "the naive checker"
