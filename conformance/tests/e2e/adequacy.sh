#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# adequacy.sh - a small catalogue is held against its table of deviations.
. "$(dirname "$0")/common.sh"

mkdir "$work/small"
cat >"$work/small/gate.yaml" <<'END'
title: A gate
sources: [{text: RFC 8659, section: "4.2"}]
catches: [A11, D5, X1]
checks:
  - {id: shut, caa: ['0 issue ";"'], verdict: refuse, found-at: shut}
  - {id: below-shut, names: [www.gate], verdict: refuse, found-at: gate}
  - {id: open, caa: ['0 issue "{issuer}"'], verdict: permit}
zones:
  - records: |
      gate  CAA  0 issue ";"
END
cat >"$work/small/hour.yaml" <<'END'
title: A watch that the reference is not given
sources: [{text: RFC 8659, section: "3"}]
features: [clock]
catches: [E15]
checks:
  - {id: late, caa: ['0 issue ";"'], verdict: refuse}
  - {id: early, caa: ['0 issue "{issuer}"'], verdict: permit}
END
cat >"$work/small/deviations.yaml" <<'END'
deviations:
  - {id: A11, what: does not climb, source: s, outcome: unsafe, rules: [climb=none]}
  - {id: D5, what: drops issue, source: s, outcome: unsafe, rules: [empty-issuer=no-record]}
  - id: D6
    what: does not know issuewild
    source: s
    outcome: unsafe
    rules: [issuewild=ignore]
    equivalent: [{for: [tls-br], because: nobody asks for a wildcard here}]
  - {id: E15, what: reuses a check, source: s, outcome: unsafe}
  - {id: X1, what: permits everything, source: s, outcome: unsafe}
END

adequacy() {
    marked "$caaconform" adequacy --catalogue "$work/small" --epoch "$(date -u +%Y-%m-01)" \
        --features -clock "$@" >"$work/out" 2>"$work/err"
}
# has PATTERN: a line of the output.
has() {
    grep -q -- "$1" "$work/out" || fail "no line $1: $(cat "$work/out" "$work/err")"
}

adequacy
assert_rc 0 "an adequate catalogue"
has '^A11  caught        unsafe 1: gate$'
has '^D5   caught        unsafe 2: gate$'
has '^D6   equivalent    does not know issuewild$'
has '^E15  no-feature '
has '^  A11: gate/below-shut$'
has '^  D6: .*(nobody asks for a wildcard here)$'
has '^  hour$'
has '^adequate$'

adequacy --json
assert_rc 0 "as JSON"
cp "$work/out" "$work/first"
jq -e '.adequate and .weakest == ["A11"] and .unneeded == ["hour"] and
    (.deviations[0]["caught-by"].unsafe == ["gate/below-shut"])' "$work/out" >/dev/null ||
    fail "JSON: $(cat "$work/out")"
adequacy --json --jobs 3
cmp "$work/first" "$work/out" || fail "two runs differ"

# What is not run would have told the same.
adequacy --json --exhaustive
cmp "$work/first" "$work/out" || fail "runs that were spared would have differed"
adequacy --exhaustive
has '^[0-9]* runs, and 0 that cannot differ'

adequacy --claims --deviation 'D5' --deviation 'X*'
assert_rc 0 "claims alone"
has '^X1   caught '
has '^2 deviations, 5 checks,'

# Under another profile the equivalence does not hold, and nobody catches it.
adequacy --profile rfc8659
assert_rc 1 "a deviation that is missed"
has '^  D6: does not know issuewild$'
has '^not adequate$'

# A claim that does not hold.
sed -i 's/catches: \[A11/catches: [B3, A11/' "$work/small/gate.yaml"
adequacy
assert_rc 2 "a claim that is not in the table"
grep -q "gate.yaml:3:11: no deviation has the id 'B3'" "$work/err" || fail "$(cat "$work/err")"
cat >>"$work/small/deviations.yaml" <<'END'
  - {id: B3, what: takes SERVFAIL for empty, source: s, outcome: unsafe, rules: [servfail=empty]}
END
adequacy --deviation B3
assert_rc 1 "a claim that does not hold"
has '^  gate does not catch B3: takes SERVFAIL for empty$'

# A bug that the program does not have.
sed -i 's/catches: \[B3, /catches: [/; ' "$work/small/gate.yaml"
sed -i '/id: B3/d' "$work/small/deviations.yaml"
echo '  - {id: Z999, what: unheard of, source: s, outcome: crash}' >>"$work/small/deviations.yaml"
adequacy
assert_rc 3 "a switch that is not there"
has '^  Z999: unheard of$'
sed -i '/Z999/d' "$work/small/deviations.yaml"

adequacy --deviation Y1
assert_rc 2 "no such deviation"
assert_nothing_left "adequacy"

# Ctrl-C while it waits for what a command does not say.
mkfifo "$work/started"
cat >"$work/caacheck-deviant" <<'END'
#!/bin/sh
[ "$1" = --list-deviations ] && exec echo Z1
echo started >"$STARTED"
exec sleep 86400
END
chmod 755 "$work/caacheck-deviant"
cp "$caaconform" "$work/caaconform"
cp "$TESTBED_BIN/caacheck" "$work/caacheck"
echo '  - {id: Z1, what: waits, source: s, outcome: hang}' >>"$work/small/deviations.yaml"
env "$mark" STARTED="$work/started" "$work/caaconform" adequacy --jobs 1 \
    --catalogue "$work/small" --deviation Z1 --only gate/shut >"$work/out" 2>&1 &
pid=$!
read -r _ <"$work/started"
kill -INT "$pid"
rc=0
wait "$pid" || rc=$?
assert_rc 130 "Ctrl-C"
assert_nothing_left "Ctrl-C"

# Nothing can be said where the reference fails itself.
sed -i 's/id: open, caa: .*verdict: permit/id: open, verdict: permit/' "$work/small/gate.yaml"
sed -i 's/^      gate  CAA/      @     CAA  0 issue ";"\n      gate  CAA/' "$work/small/gate.yaml"
adequacy
assert_rc 1 "a reference that fails"
has '^  gate/open: overstrict$'
grep -q 'the reference itself fails' "$work/err" || fail "$(cat "$work/err")"
