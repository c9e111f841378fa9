#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# list, show and lint, on the catalogue and on bad files; bad usage.
set -eu
caaconform="$TESTBED_BIN/caaconform"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
    echo "error: $*" >&2
    exit 1
}

# exits STATUS COMMAND...: runs it, output in $work/out and $work/err
exits() {
    wanted=$1
    shift
    got=0
    "$@" >"$work/out" 2>"$work/err" || got=$?
    [ "$got" = "$wanted" ] || {
        cat "$work/out" "$work/err" >&2
        fail "$* ended with $got, not $wanted"
    }
}

says() { # FILE PATTERN
    grep -qE -- "$2" "$work/$1" || {
        cat "$work/$1" >&2
        fail "standard $1 does not say $2"
    }
}

# --- the catalogue is well and can be listed ---
exits 0 "$caaconform" lint
if [ -s "$work/out" ] || [ -s "$work/err" ]; then
    fail "lint is not silent"
fi

exits 0 "$caaconform" list --json
[ "$(jq length "$work/out")" -ge 120 ] || fail "fewer than 120 checks"
jq -e 'all(has("id") and has("scenario") and has("check") and has("title") and
    (.sources | length > 0) and has("catches") and has("features") and
    (.expected | IN("permit", "refuse", "either")) and has("twin"))' \
    "$work/out" >"$work/all" || fail "an entry lacks a key"
[ "$(jq -r '.[].id' "$work/out" | sort -u | wc -l)" = "$(jq length "$work/out")" ] ||
    fail "an id is there twice"
exits 0 "$caaconform" list --only 'alias-timeout*' --skip '*/target-refuses'
says out '^  permit  alias-timeout/target-permits$'
if grep -q 'alias-timeout/target-refuses' "$work/out"; then
    fail "--skip does not skip"
fi

exits 0 "$caaconform" show alias-timeout/target-permits
says out '^  RFC 8659, section 3$'
says out '^  tls-br:$'
says out 'before 2025-07-21'
says out 'from 2025-07-21 \(now\)'
exits 0 "$caaconform" show scenarios/catalogue/alias-timeout.yaml/target-refuses
says out 'alias-timeout/target-refuses expects'

# The catalogue is found from elsewhere, and can be named.
(cd "$work" && "$caaconform" list >"$work/out") || fail "no catalogue from elsewhere"
exits 0 "$caaconform" list --catalogue scenarios/catalogue/alias-timeout.yaml
says out '^2 checks$'

# --- bad files: one line with place and remedy, exit 2 ---
mkdir "$work/bad"
cat >"$work/bad/unknown-key.yaml" <<'END'
title: A file with a key that nobody knows
sources: [{text: RFC 8659}]
checks:
  - {id: x, verdict: permit, colour: red}
END
cat >"$work/bad/no-yaml.yaml" <<'END'
title: [
END
cat >"$work/bad/zone-text.yaml" <<'END'
title: Zone text that does not parse
sources: [{text: RFC 8659}]
twin: alias-timeout/target-permits
zones:
  - name: z
    records: |
      www.z  CAA  0 issue "ca.test"
      www.z  A    300.1.2.3
checks:
  - {id: x, names: [www.z], verdict: refuse}
END
for name in unknown-key no-yaml zone-text; do
    file=$work/bad/$name.yaml
    exits 2 "$caaconform" lint "$file"
    [ "$(wc -l <"$work/err")" = 1 ] || fail "not one diagnostic for $file"
    says err "^$file:[0-9]+:[0-9]+: "
    exits 2 "$caaconform" run --catalogue "$file"
    says err "^$file:"
done
exits 2 "$caaconform" lint "$work/none.yaml"
says err 'none.yaml.*cannot be read'
exits 2 "$caaconform" lint "$work/bad"
[ "$(wc -l <"$work/err")" = 3 ] || fail "not one diagnostic a bad file"

# A copy anywhere uses the catalogue's rules.
cp scenarios/catalogue/alias-timeout.yaml "$work/copy.yaml"
exits 0 "$caaconform" lint "$work/copy.yaml"
exits 0 "$caaconform" show "$work/copy.yaml/target-permits"
says out '^copy/target-permits expects$'

# --- two checks with one apex ---
mkdir "$work/twins"
twin() { # ID CHECK
    cat >"$work/twins/$1.yaml" <<END
title: Half of a pair
sources:
  - {text: RFC 8659, section: "3"}
checks:
  - {id: $2, caa: ['0 issue ";"'], verdict: refuse}
  - {id: other, verdict: permit}
END
}
twin pair of-twins
twin pair-of twins
for command in lint "run --catalogue"; do
    # shellcheck disable=SC2086 # two words
    exits 2 "$caaconform" $command "$work/twins"
    says err 'pair.*/.* get the same apex; rename one of them$'
    [ "$(wc -l <"$work/err")" = 1 ] || fail "not one line: $command"
done

# --- the program alone ---
mkdir "$work/alone"
cp "$caaconform" "$work/alone/"
exits 2 env PATH=/bin "$work/alone/caaconform" run --only tag-case
says err '^caaconform: caacheck: not found; .* beside caaconform or in PATH$'

# --- bad usage ---
exits 2 "$caaconform"
exits 2 "$caaconform" run --jobs none
says err '^caaconform: --jobs none: wants '
exits 2 "$caaconform" show no-such-scenario
says err 'no such check'
exits 2 "$caaconform" run --only 'no-such-*'
says err 'leave no check'
mkdir "$work/empty"
exits 2 "$caaconform" run --catalogue "$work/empty"
says err 'no scenario in the catalogue'
exits 2 "$caaconform" run --report "$work/none/report.json"
says err 'cannot be written'
exits 2 "$caaconform" run --baseline "$work/copy.yaml"
says err "^$work/copy.yaml:1:"
exits 2 "$caaconform" shell alias-timeout
says err 'has several checks; name one'
exits 0 "$caaconform" --version
says out '^caaconform [0-9]'
