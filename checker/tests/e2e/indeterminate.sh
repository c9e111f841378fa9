#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# With a trust anchor that validates nothing every answer would be "insecure",
# forged ones too: nothing may be permitted then. Names that libunbound would
# answer from a table of its own are for the root to deny.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
catalogue=$here/../../../scenarios/catalogue

if [ "${1:-}" != inside ]; then
    exec "$TESTBED_BIN/authsim" serve --sandbox "$catalogue/alias-timeout.yaml" \
        -- sh "$here/indeterminate.sh" inside
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
name=www.agency.alias-timeout-target-permits

# expect STATUS FIRST-LINE ANCHOR ARGUMENT...
expect() {
    status=$1
    line=$2
    anchor=$3
    shift 3
    got=0
    "$TESTBED_BIN/caacheck" --root-hints "$CAA_ROOT_HINTS" --trust-anchor "$anchor" \
        --date 2026-11-01 --issuer ca.test "$@" >"$work/out" 2>"$work/err" || got=$?
    if [ "$got" -ne "$status" ] || [ "$(head -n 1 "$work/out")" != "$line" ]; then
        echo "error: caacheck $*: exit $got, expected $status: $line" >&2
        cat "$work/out" "$work/err" >&2
        exit 1
    fi
}

# The anchor of some other zone; one whose digest type nobody knows.
echo 'island. IN DS 1 13 2 00' >"$work/island"
awk '{ $6 = 250; print }' "$CAA_TRUST_ANCHOR" >"$work/unknown"

permit="$name: permit, CAA found at www.search.alias-timeout-target-permits (RFC 8659 section 4.2)"
refuse="$name: refuse, lookup-failed (RFC 4035 section 4.3)"
expect 0 "$permit" "$CAA_TRUST_ANCHOR" "$name"
expect 64 '' "$work/island" "$name"
grep -q 'no DS or DNSKEY of the root' "$work/err"
expect 2 "$refuse" "$work/unknown" --explain "$name"
grep -q 'the trust anchor does not validate the root' "$work/out"
expect 2 "$refuse" "$work/unknown" --allow-lookup-failure "$name"

internal='refuse, internal-name (TLS-BR section 7.1.4.2, Mozilla bug 1695786)'
for name in localhost a.localhost 1.0.0.127.in-addr.arpa x.10.in-addr.arpa; do
    expect 1 "$name: $internal" "$CAA_TRUST_ANCHOR" --explain "$name"
    if grep -q insecure "$work/out"; then
        echo "error: $name was not denied by the root" >&2
        exit 1
    fi
done
