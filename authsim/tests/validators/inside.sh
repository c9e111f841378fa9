#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Asks every question of questions.txt of the validators named, inside a
# sandbox that serves damages.yaml, and prints what they find:
#   secure    an answer, a denial too, with AD set
#   insecure  an answer without it
#   bogus     an answer only when the CD bit is set
#   none      no answer then either: nobody takes that for a good one
# A ! follows what the texts do not say.
# usage: inside.sh VALIDATOR...   unbound delv named knot powerdns
set -eu
WORK=/run/caa-testbed/validators
mkdir "$WORK"
# shellcheck source=authsim/tests/e2e/lib.sh
. authsim/tests/e2e/lib.sh
HERE=authsim/tests/validators
# shellcheck source=authsim/tests/validators/resolvers.sh
. "$HERE/resolvers.sh"
UNBOUND=53 NAMED=5302 KNOT=5303 POWERDNS=5304
APEX=damages-permits

sed '/^#/d' "$HERE/questions.txt" >"$WORK/questions"

# ask PORT FLAG FILE: all questions, numbered; one line of id, status and AD
# for every answer.
ask() {
    awk -v port="$1" -v flag="$2" -v apex=$APEX '{
        print "@127.0.0.1 -p", port, $1 "." apex, $2, "+qid=" NR, flag
    }' "$WORK/questions" >"$WORK/batch"
    dig -f "$WORK/batch" +noall +comments +tries=1 +time=15 >"$WORK/dig" || true
    awk '
        /->>HEADER<<-/ { status = $6; id = $8 }
        /^;; flags:/ { print id + 0, status, ($0 ~ / ad[ ;]/ ? "ad" : "-") }
    ' "$WORK/dig" | tr -d , >"$3"
}

# found NAME: a word for every question, from the answers without and with CD.
found() {
    awk 'FILENAME == ARGV[1] { status[$1] = $2; ad[$1] = $3; next }
         FILENAME == ARGV[2] { unchecked[$1] = $2; next }
         function answers(s) { return s == "NOERROR" || s == "NXDOMAIN" }
         {
             if (answers(status[FNR])) {
                 print ad[FNR] == "ad" ? "secure" : "insecure"
             } else {
                 print answers(unchecked[FNR]) ? "bogus" : "none"
             }
         }' "$WORK/checked" "$WORK/unchecked" "$WORK/questions" >"$WORK/found.$1"
}

judge() { # NAME PORT
    ask "$2" +nocd "$WORK/checked"
    ask "$2" +cd "$WORK/unchecked"
    found "$1"
}

# delv validates by itself what unbound hands through with CD set.
judge_by_delv() {
    # shellcheck disable=SC2046 # the parts of the anchor are words
    set -- $(anchor)
    echo "trust-anchors { . static-ds $1 $2 $3 \"$4\"; };" >"$WORK/anchor"
    ask $UNBOUND +cd "$WORK/unchecked"
    id=0
    while read -r name type _; do
        id=$((id + 1))
        case $(delv -a "$WORK/anchor" +root=. @127.0.0.1 "$name.$APEX" \
            "$type" </dev/null 2>&1) in
        *'fully validated'*) echo "$id NOERROR ad" ;;
        *'unsigned answer'*) echo "$id NOERROR -" ;;
        *) echo "$id SERVFAIL -" ;;
        esac
    done <"$WORK/questions" >"$WORK/checked"
    found delv
}

# Until it answers: before that its port is refused at once.
wait_for() { # NAME PORT
    asked=0
    until dig -p "$2" +tries=1 +time=1 @127.0.0.1 . SOA >"$WORK/first"; do
        asked=$((asked + 1))
        [ $asked -lt 1000 ] ||
            fail "$1 does not answer: $(tail -n 20 "$WORK/$1.log")"
    done
}

columns=
for validator in "$@"; do
    case $validator in
    unbound) start_unbound && judge unbound $UNBOUND ;;
    delv) judge_by_delv ;;
    named) start_named && wait_for named $NAMED && judge named $NAMED ;;
    knot) start_knot && wait_for knot $KNOT && judge knot $KNOT ;;
    powerdns)
        start_powerdns && wait_for powerdns $POWERDNS &&
            judge powerdns $POWERDNS
        ;;
    *) fail "no such validator: $validator" ;;
    esac
    columns="$columns $WORK/found.$validator"
done
{
    echo "name type texts $*"
    # shellcheck disable=SC2086 # a list of files
    paste -d ' ' "$WORK/questions" $columns
} | awk '
    # Not taking a bogus answer and not having it look the same to a client.
    function said(texts, word) {
        return index("|" texts "|", "|" word "|") > 0 ||
            (word == "none" && index(texts, "bogus") > 0)
    }
    {
        line = sprintf("%-31s%-6s%-17s", $1, $2, $3)
        for (i = 4; i <= NF; i++) {
            wrong = NR > 1 && !said($3, $i) ? "!" : ""
            line = line sprintf(i < NF ? "%-10s" : "%s", $i wrong)
        }
        print line
    }'
