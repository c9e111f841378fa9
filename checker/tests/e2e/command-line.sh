#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What the command line promises without any DNS: exit statuses, one line on
# standard error, names that are never looked up.
set -eu
caacheck="$TESTBED_BIN/caacheck"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
echo '. IN DS 1 8 2 00' >"$work/anchor"

# expect STATUS LINES-ON-STDERR ARGUMENT...
expect() {
    status=$1
    lines=$2
    shift 2
    got=0
    "$caacheck" "$@" >"$work/out" 2>"$work/err" || got=$?
    if [ "$got" -ne "$status" ] || [ "$(wc -l <"$work/err")" -ne "$lines" ]; then
        echo "error: caacheck $*: exit $got, expected $status" >&2
        cat "$work/err" >&2
        exit 1
    fi
}

expect 64 1
expect 64 1 --nonsense
expect 64 1 --trust-anchor "$work/none" example.test
expect 64 1 --trust-anchor /dev/null example.test
expect 64 1 --trust-anchor "$work/anchor" --resolver nonsense example.test
expect 64 1 --trust-anchor "$work/anchor" --rule climb=sideways example.test
expect 64 1 --trust-anchor "$work/anchor" 'a..b'
expect 64 1 --trust-anchor "$work/anchor" alice@example.test
expect 64 1 --trust-anchor "$work/anchor" --kind smime '*.example.test'
expect 64 1 --trust-anchor "$work/anchor" --kind mail alice@example.test
expect 0 0 --help
expect 0 0 --version
expect 0 0 --list-rules
grep -q '^climb=to-tld|skip-tld|none|' "$work/out"

# No exit status 0 without a verdict on every name, told.
expect 64 1 example.test --help
expect 64 1 --trust-anchor "$work/anchor" --issuer 'ca.test; x' example.test
expect 64 1 --trust-anchor "$work/anchor" --resolver 127.0.0.1@0 example.test
cannot_write() {
    got=0
    "$caacheck" --trust-anchor "$work/anchor" "$@" 192.0.2.1 2>"$work/err" || got=$?
    [ "$got" -eq 2 ]
    grep -q 'standard output cannot be written' "$work/err"
}
cannot_write >&-
cannot_write --json >&-
cannot_write </dev/null >/dev/full

# Never looked up, so that no name server is needed.
echo '. IN DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D' >"$work/anchor"
expect 0 0 --trust-anchor "$work/anchor" 192.0.2.1 2001:db8::1 a.onion '*.b.onion'
expect 1 0 --trust-anchor "$work/anchor" a_b.example.test
grep -q '^a_b.example.test: refuse, invalid-name' "$work/out"

expect 0 0 --trust-anchor "$work/anchor" --kind smime --json '"a@b"@c.onion' 'bücher@d.onion'
grep -q '"name":"\\"a@b\\"@c.onion","verdict":"permit","section":"RFC 7686 section 2"' "$work/out"
grep -q '"name":"bücher@d.onion"' "$work/out"

# Nobody answers at this address: refused as a failed look-up, in its time.
expect 2 0 --trust-anchor "$work/anchor" --resolver 127.0.0.1@9 --timeout-ms 50 --json a.example b.example 192.0.2.1
grep -q '^{"verdict":"refuse","reason":"lookup-failed","refused-names":\["a.example","b.example"\]' "$work/out"
[ "$(wc -l <"$work/out")" -eq 1 ]
expect 2 0 --trust-anchor "$work/anchor" --resolver 127.0.0.1@9 --timeout-ms 50 --kind smime --profile smime-br \
    --explain 'a@b.example' 'bücher@bücher.example'
grep -q '^a@b.example: refuse, lookup-failed (SMIME-BR section 4.2.2.1)' "$work/out"
grep -q '^  xn--bcher-kva.example CAA: ' "$work/out"
