#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# smime.sh - requests for mailboxes: what the days of the S/MIME Baseline
# Requirements make of a failed look-up and of bogus data, what a command
# receives, and what counts when it does not know mailboxes.
. "$(dirname "$0")/common.sh"

report=$work/report.json

# expect DATE OUTCOMES RULES...: of the reference that is told to misread.
expect() {
    date=$1
    expected=$2
    shift 2
    "$caaconform" run --profile smime-br --date "$date" --features all \
        --only 'issuemail-failure/*' --report "$report" \
        -- "$TESTBED_BIN/caacheck" --json --resolver '{resolver}' \
        --trust-anchor '{trust-anchor}' --issuer '{issuer}' --kind '{kind}' \
        --profile smime-br --date "$date" "$@" -- '{names}' >/dev/null 2>&1 || :
    got=$(jq -r '[.results[] | select(.outcome != "pass")
        | .outcome + " " + .check] | join(", ")' "$report")
    [ "$got" = "$expected" ] || fail "$date $*: '$got', expected '$expected'"
}

permits_all='--allow-lookup-failure --rule failure-proof=none'
# shellcheck disable=SC2086 # several arguments on purpose
{
    expect 2025-03-14 '' $permits_all
    expect 2025-03-15 'unsafe secure-drop, unsafe secure-servfail' $permits_all
}
for date in 2025-03-15 2025-10-13; do
    expect "$date" '' --allow-lookup-failure
done
expect 2026-03-14 '' --rule bogus=accept
expect 2026-03-15 'unsafe bogus-denial, unsafe bogus-permission' --rule bogus=accept

# `show` tells on which days that changes.
"$caaconform" show issuemail-failure/insecure-servfail --date 2025-04-01 |
    sed -n '/^  smime-br:/,$p' | grep -E '^    (before|from|on)' >"$work/days"
diff -u - "$work/days" <<'E2' >&2 || fail "the days that show tells"
    before 2025-03-15:
    from 2025-03-15 and before 2025-10-13 (now):
    from 2025-10-13:
E2

# A mailbox is one argument, whole, whatever is in it.
cat >"$work/compare" <<'E2'
#!/bin/sh
# usage: compare EXPECTED KIND NAME...
[ "$#" -eq 3 ] && [ "$2" = smime ] && [ "$3" = "$1" ] && exit 1
exit 0
E2
chmod 755 "$work/compare"
# receives CHECK MAILBOX
receives() {
    "$caaconform" run --only "issuemail-mailboxes/$1" --features all \
        --report "$report" -- "$work/compare" "$2.issuemail-mailboxes-$1" \
        '{kind}' '{names}' >/dev/null 2>&1 || :
    assert_report "$report" '.results[0].outcome == "no-evidence"' \
        "$1: the command did not receive $2"
}
receives plain-refuses alice@shut.open
receives quoted-at-refuses '"alice@b"@shut.open'
receives quoted-quote-refuses '"a\"@b"@shut.open'
receives u-label-refuses alice@bücher.open

# Who does not say that it knows mailboxes owes them from 2025-03-15.
for date in 2025-03-14 2025-03-15; do
    "$caaconform" run --profile smime-br --date "$date" --report "$report" \
        --only issuemail/permits-mail --only issuemail/tls-still-restricted \
        -- false >/dev/null 2>&1 || :
    jq -r '.results[] | select(.check == "permits-mail") | .outcome' \
        "$report" >>"$work/outcomes"
done
[ "$(tr '\n' ' ' <"$work/outcomes")" = 'unsupported missing ' ] ||
    fail "smime is owed: $(cat "$work/outcomes")"
