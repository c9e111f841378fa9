#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# caacheck-deviant has bugs that can be switched on, each at a place in the
# sources; caacheck has none of them, and no way to ask for one.
set -eu
caacheck="$TESTBED_BIN/caacheck"
deviant="$TESTBED_BIN/caacheck-deviant"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
echo '. IN DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D' >"$work/anchor"

fail() {
    echo "error: $*" >&2
    exit 1
}

# Every switch bites somewhere, and every place has a switch.
"$deviant" --list-deviations | sort >"$work/listed"
[ -s "$work/listed" ] || fail 'no deviation is listed'
grep -oh 'CAA_DEVIATES([A-Z][0-9]*)' checker/src/*.c |
    sed 's/.*(\(.*\))/\1/' | sort -u >"$work/used"
diff -u "$work/listed" "$work/used" >&2 ||
    fail 'the switches of the table (-) and of the sources (+) differ'

# Every switch is a row of the table, and every row without rules is a switch.
awk '/^  - id: / { print $3 }' scenarios/deviations.yaml | sort >"$work/rows"
awk '/^  - id: / { if (bug) print id; id = $3; bug = 1 }
     /^    rules: / { bug = 0 }
     END { if (bug) print id }' scenarios/deviations.yaml | sort >"$work/bugs"
comm -23 "$work/listed" "$work/rows" >"$work/unknown"
comm -23 "$work/bugs" "$work/listed" >"$work/missing"
[ ! -s "$work/unknown" ] ||
    fail "switches without a row in scenarios/deviations.yaml: $(cat "$work/unknown")"
[ ! -s "$work/missing" ] ||
    fail "rows without rules that have no switch: $(cat "$work/missing")"

# What caacheck does not have.
if "$caacheck" --deviation X1 192.0.2.1 2>"$work/err"; then
    fail 'caacheck took --deviation'
fi
grep -q '^caacheck: --deviation: no such option' "$work/err" || fail 'not told so'
nm "$deviant" | grep -q caa_deviates || fail 'nm shows nothing'
if nm "$caacheck" 2>/dev/null | grep -i devia >&2; then
    fail 'caacheck has symbols of deviations'
fi
strings -d "$caacheck" >"$work/strings"
sed -n 's/^    { "[A-Z][0-9]*", "\(.*\)", CAA_REACH_[A-Z]* },$/\1/p' checker/src/deviation.c >"$work/what"
[ "$(wc -l <"$work/what")" -eq "$(wc -l <"$work/listed")" ] || fail 'descriptions missed'
if grep -Ff "$work/what" "$work/strings" >&2 || grep -i deviation "$work/strings" >&2; then
    fail 'caacheck has texts of deviations'
fi

# expect STATUS ARGUMENT...
expect() {
    status=$1
    shift
    got=0
    "$deviant" "$@" >"$work/out" 2>"$work/err" || got=$?
    [ "$got" -eq "$status" ] || {
        cat "$work/out" "$work/err" >&2
        fail "caacheck-deviant $*: exit $got, expected $status"
    }
}

# told STATUS ID NAME...: of names that no version has to look up.
told() {
    status=$1
    id=$2
    shift 2
    expect "$status" --deviation "$id" --trust-anchor "$work/anchor" "$@"
}

expect 64
expect 64 --deviation
expect 64 --deviation X0 192.0.2.1
expect 64 --list-deviations now

told 1 J10 192.0.2.1 a_b.example
told 0 X1 a_b.example
told 1 X2 192.0.2.1
told 0 J1 192.0.2.1 a_b.example
told 1 J1 a_b.example 192.0.2.1
told 0 J2 a_b.example 192.0.2.1
told 1 J2 192.0.2.1 a_b.example
told 0 J3 a_b.example 192.0.2.1
told 1 J3 a_b.example
told 0 J4 '*.a_b.example'
told 1 J4 a_b.example
told 1 J5 1.1.1.1 1.1.1.1 1.1.1.1 1.1.1.1 1.1.1.1 1.1.1.1 1.1.1.1 1.1.1.1 1.1.1.1 a_b.example
told 0 J5 1.1.1.1 1.1.1.1 1.1.1.1 1.1.1.1 1.1.1.1 1.1.1.1 1.1.1.1 1.1.1.1 1.1.1.1 1.1.1.1 a_b.example
told 0 J6 192.0.2.1 a_b.example
told 1 J6 a_b.example 192.0.2.1

# refuses_one ID NAME...: one of them, where caacheck refuses both.
refuses_one() {
    id=$1
    shift
    told 1 "$id" "$@"
    [ "$(grep -c ': refuse' "$work/out")" -eq 1 ] || fail "$id: $(cat "$work/out")"
}
refuses_one E13 a_b.example '*.a_b.example'
refuses_one J7 '*.a_b.example' a_b.example
refuses_one J8 a_b.example c_d.example
refuses_one J9 a_b.example c.a_b.example
