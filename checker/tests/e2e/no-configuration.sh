#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# On an ordinary machine caacheck needs no option to find the root and to trust
# it. Here the files of the system are those of a simulated DNS, bound over them.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
catalogue=$here/../../../scenarios/catalogue

if [ "${1:-}" != inside ]; then
    exec "$TESTBED_BIN/authsim" serve --sandbox \
        "$catalogue/alias-timeout.yaml" "$catalogue/nxdomain-signed.yaml" \
        "$catalogue/timeout-by-date.yaml" -- sh "$here/no-configuration.sh" inside
fi

mount --bind "$CAA_ROOT_HINTS" /usr/share/dns/root.hints
mount --bind "$CAA_TRUST_ANCHOR" /usr/share/dns/root.key
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# expect STATUS FIRST-LINE ARGUMENT...
expect() {
    status=$1
    line=$2
    shift 2
    got=0
    "$TESTBED_BIN/caacheck" --date 2026-11-01 --issuer ca.test "$@" >"$work/out" 2>"$work/err" || got=$?
    if [ "$got" -ne "$status" ] || [ "$(head -n 1 "$work/out")" != "$line" ]; then
        echo "error: caacheck $*: exit $got, expected $status: $line" >&2
        cat "$work/out" "$work/err" >&2
        exit 1
    fi
}

expect 0 'missing.permits.nxdomain-signed-parent-permits: permit, CAA found at permits.nxdomain-signed-parent-permits (RFC 8659 section 4.2)' \
    missing.permits.nxdomain-signed-parent-permits
expect 1 'missing.refuses.nxdomain-signed-parent-refuses: refuse, not-authorised, CAA found at refuses.nxdomain-signed-parent-refuses (RFC 8659 section 4.2)' \
    missing.refuses.nxdomain-signed-parent-refuses
expect 0 'www.agency.alias-timeout-target-permits: permit, CAA found at www.search.alias-timeout-target-permits (RFC 8659 section 4.2)' \
    www.agency.alias-timeout-target-permits
expect 1 'no-such-domain: refuse, internal-name (TLS-BR section 7.1.4.2, Mozilla bug 1695786)' no-such-domain

# CAA is dropped: refused; allowed where no chain of trust leads there.
expect 2 'insecure.timeout-by-date-insecure: refuse, lookup-failed (TLS-BR section 4.2.2.1)' \
    insecure.timeout-by-date-insecure
expect 2 'secure.timeout-by-date-secure: refuse, lookup-failed (TLS-BR section 4.2.2.1)' \
    --allow-lookup-failure secure.timeout-by-date-secure
expect 0 'insecure.timeout-by-date-insecure: permit (RFC 8659 section 3)' \
    --allow-lookup-failure --explain insecure.timeout-by-date-insecure
grep -q '^    Insecure: a validated denial of DS with the NS bit, at insecure.timeout-by-date-insecure$' "$work/out"
grep -q '^    asked directly: .* gives no answer$' "$work/out"

# The same question is told in the same words.
"$TESTBED_BIN/caacheck" --explain missing.permits.nxdomain-signed-parent-permits >"$work/one" || :
"$TESTBED_BIN/caacheck" --explain missing.permits.nxdomain-signed-parent-permits >"$work/two" || :
[ -s "$work/one" ]
cmp "$work/one" "$work/two"
