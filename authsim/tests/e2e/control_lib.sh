#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# control_lib.sh - sourced after lib.sh by what asks the control interface at
# 127.0.0.1:8055 with TOKEN.
BASE=http://127.0.0.1:8055

# ask METHOD PATH [BODY]: the answer's body; fails unless it is a good one.
ask() {
    curl -sS --fail-with-body -X "$1" -H "Authorization: Bearer $TOKEN" \
        ${3:+--data "$3"} "$BASE$2"
}

# walk SERVED: every example of the document that is for a server of that, and
# what holds for all paths; each answer against the document.
walk() {
    head -c 1048577 /dev/zero | tr '\0' x >"$WORK/large"
    jq -r -L "$HERE" --arg base "$BASE" --arg token "$TOKEN" --arg work "$WORK" \
        --argjson served "$1" 'include "openapi"; curl($base; $token; $work; $served)' \
        authsim/openapi.json >"$WORK/curl"
    curl -sS -K "$WORK/curl" >"$WORK/answers.txt"
    (cd "$WORK/answers" && jq -Rn 'reduce (inputs | [input_filename, .]) as [$file, $line]
        ({}; .[$file] += [$line])' -- *) >"$WORK/bodies"
    jq -R . "$WORK/answers.txt" | jq -s . >"$WORK/statuses"
    jq -r -L "$HERE" --slurpfile answers "$WORK/statuses" --slurpfile bodies "$WORK/bodies" \
        --argjson served "$1" 'include "openapi"; judge($answers[0]; $bodies[0]; $served)' \
        authsim/openapi.json >"$WORK/wrong"
    [ ! -s "$WORK/wrong" ] || fail "the document and the server differ:
$(cat "$WORK/wrong")"
}
