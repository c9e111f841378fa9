#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What authsim serve --journal says of faults: which acted, which nearly did,
# which never.
set -eu
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
# shellcheck source=authsim/tests/e2e/lib.sh
. authsim/tests/e2e/lib.sh

cat >"$WORK/story.yaml" <<'END'
title: Faults that act, nearly act and never act
sources: [{text: RFC 1035}]
zones:
  - name: cut
    dnssec: signed
    records: |
      www.cut    CAA  0 issue "{issuer}"
      other.cut  CAA  0 issue "{other}"
    faults:
      - {id: once, when: {name: www.cut, transport: udp, type: CAA}, first: 1, do: {rcode: SERVFAIL}}
      - {when: {name: www.cut, transport: tcp, type: TXT}, do: {rcode: REFUSED}}
checks:
  - {id: permits, names: [www.cut], verdict: permit}
  - {id: refuses, names: [other.cut], verdict: refuse}
END
cat >"$WORK/ask.sh" <<'INSIDE'
at=$(awk '$1 == "story/permits" && $2 == "cut" { print $3 }' "$CAA_SERVERS")
dig +tries=1 @"$at" www.cut.story-permits CAA >/dev/null
dig +tries=1 @"$at" www.cut.story-permits CAA >/dev/null
dig +tries=1 +tcp @"$at" www.cut.story-permits CAA >/dev/null
dig +tries=1 @"$at" other.cut.story-permits MX >/dev/null
INSIDE
authsim serve --sandbox --journal "$WORK/journal" "$WORK/story.yaml" -- \
    sh "$WORK/ask.sh"
jq -r 'if .number then
         "\(.number) \(.fault // "-")\(.["near-misses"] // [] | map(
           " [\(.fault), line \(.line): \(.key) \(.match // "-")]") | add // "")"
       else
         "\(.instance) \(.["never-acted"]), line \(.line), of \(.exchanges)"
       end' "$WORK/journal" >"$WORK/told"
cat >"$WORK/wanted" <<'END'
1 once: rcode SERVFAIL
2 - [once: rcode SERVFAIL, line 10: first 2]
3 - [once: rcode SERVFAIL, line 10: transport -] [rcode REFUSED, line 11: type -]
4 -
story/permits rcode REFUSED, line 11, of 4
story/refuses once: rcode SERVFAIL, line 10, of 0
story/refuses rcode REFUSED, line 11, of 0
END
diff "$WORK/wanted" "$WORK/told" ||
    fail 'the journal (>) does not say what happened (<)'

# --- a journal that cannot be written ends it, and says so ---
status=0
authsim serve --sandbox --journal /dev/full "$WORK/story.yaml" -- \
    sh "$WORK/ask.sh" 2>"$WORK/said" || status=$?
[ "$status" = 3 ] || fail "a full disk: exit status $status"
[ "$(cat "$WORK/said")" = 'authsim: /dev/full: No space left on device' ] ||
    fail "a full disk: $(cat "$WORK/said")"
