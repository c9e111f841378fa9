#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# authsim zone: files that others accept, that repeat, and are whole or absent.
set -eu
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
# shellcheck source=authsim/tests/e2e/lib.sh
. authsim/tests/e2e/lib.sh
SCENARIO=$HERE/every-answer.yaml

# ldns accepts every signed, undamaged zone of the catalogue. What it cannot
# read at all are the malformed CAA records of rdata-hostile and rdata-hostile-below.
authsim zone --dir "$WORK/all" scenarios/catalogue
find "$WORK/all" -name '*.zone' ! -path '*/rdata-hostile*/*' >"$WORK/list"
count=0
while read -r file; do
    case $(head -n 1 "$file") in
    *': signed' | *': island')
        ldns-verify-zone "$file" >"$WORK/out" 2>&1 ||
            fail "$file: $(cat "$WORK/out")"
        count=$((count + 1))
        ;;
    esac
done <"$WORK/list"
[ $count -gt 300 ] || fail "only $count signed zones in the whole catalogue"

# The same octets for the same seed and epoch, by every algorithm.
for algorithm in 8 10 13 14 15 16; do
    dir=$WORK/$algorithm
    authsim zone --seed 7 --epoch 2026-11-01 --algorithm $algorithm \
        --dir "$dir" "$SCENARIO"
    (cd "$WORK" && find $algorithm -type f | LC_ALL=C sort | xargs sha256sum)
done >"$WORK/sha256"
diff -u "$HERE/zone-sha256.txt" "$WORK/sha256" ||
    fail "zones differ from "$HERE/zone-sha256.tx"t"
authsim zone --seed 8 --epoch 2026-11-01 --dir "$WORK/other" "$SCENARIO"
if cmp -s "$WORK/other/trust-anchor" "$WORK/13/trust-anchor"; then
    fail 'another seed has the same keys'
fi

# BIND's tool accepts what is signed by every algorithm, in every way to deny,
# in every state of a rollover. It takes no more than 150 iterations of NSEC3
# for good ones.
authsim zone --dir "$WORK/states" authsim/tests/validators/damages.yaml
find "$WORK/states/damages/permits" "$WORK"/[0-9]*/every-answer/permits \
    -name '*.zone' ! -name 'iterated.*' >"$WORK/list"
count=0
while read -r file; do
    case $(head -n 1 "$file") in
    *': signed' | *': island')
        zone=$(basename "$file" .zone).
        [ "$zone" != root. ] || zone=.
        dnssec-verify -z -o "$zone" "$file" >"$WORK/out" 2>&1 ||
            fail "$file: $(cat "$WORK/out")"
        ldns-verify-zone "$file" >"$WORK/out" 2>&1 ||
            fail "$file: $(cat "$WORK/out")"
        count=$((count + 1))
        ;;
    esac
done <"$WORK/list"
[ $count -gt 45 ] || fail "only $count zones for dnssec-verify"

# One instance has its zones in DIR itself, with its root.
authsim zone --dir "$WORK/one/" scenarios/catalogue/single-label-missing.yaml
for file in root.zone root.hints trust-anchor single-label-missing.zone; do
    [ -s "$WORK/one/$file" ] || fail "no $file: $(ls "$WORK/one")"
done

# A private universe has its own root.
authsim zone --dir "$WORK/private" scenarios/catalogue/root-not-obeyed.yaml
grep -q 'CAA.*issue ";"' "$WORK"/private/root-not-obeyed/*/root.zone ||
    fail 'no CAA in the private root'

# What is there stays as it is.
expect_status 2 authsim zone --dir "$WORK/one" "$SCENARIO"
grep -q 'name a directory that is empty' "$WORK/stderr" ||
    fail "no remedy in: $(cat "$WORK/stderr")"
mkdir "$WORK/empty"
expect_status 0 authsim zone --dir "$WORK/empty" "$SCENARIO"
expect_status 2 authsim zone --dir "$WORK/none/such" "$SCENARIO"
expect_status 2 authsim zone "$SCENARIO"
expect_status 2 authsim zone --dir "$WORK/x" --port 53 "$SCENARIO"
[ -z "$(find "$WORK" -name '.authsim-*')" ] || fail 'drafts are left'
for left in "$WORK"/one.* "$WORK"/none.* "$WORK"/empty.*; do
    [ ! -e "$left" ] || fail "$left is left"
done

# Below another name.
authsim zone --dir "$WORK/suffix" --suffix caa.example.org "$SCENARIO"
[ -s "$WORK/suffix/every-answer/permits/nsec.every-answer-permits.caa.example.org.zone" ] ||
    fail "no zone below the suffix: $(find "$WORK/suffix")"
