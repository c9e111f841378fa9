# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=sh
# reload_inside.sh - authsim serve as a service manager runs it; WORK has
# story.yaml. Sourced by nothing, run by reload.sh in a sandbox.
set -eu
# shellcheck source=authsim/tests/e2e/lib.sh
. authsim/tests/e2e/lib.sh

# A service manager: prints what it is told, a datagram a line.
cat >"$WORK/manager.pl" <<'PERL'
use strict;
use Socket;
socket(my $s, AF_UNIX, SOCK_DGRAM, 0) or die;
bind($s, sockaddr_un($ARGV[0])) or die;
$| = 1;
print "listening\n";
my $told = "";
while (defined recv($s, $told, 512, 0)) {
    $told =~ s/\n/ /g;
    print "$told\n";
    last if $told eq 'STOPPING=1';
}
PERL

next_line() { # FD PATTERN
    read -r line <&"$1" || fail "nothing, not '$2'"
    # shellcheck disable=SC2254 # a pattern
    case $line in
    $2) ;;
    *) fail "'$line', not '$2'" ;;
    esac
}

ask() { # [OPTION...] NAME TYPE
    dig +short +tries=1 +time=5 -p 5300 @"$at" "$@"
}

change() { # FROM TO: in story.yaml
    sed "s/$1/$2/" "$WORK/story.yaml" >"$WORK/story.new"
    grep -q -- "$2" "$WORK/story.new" || fail "no $1 in the scenario"
    mv "$WORK/story.new" "$WORK/story.yaml"
}

# --- ready ---

mkfifo "$WORK/out" "$WORK/told"
start_manager() {
    rm -f "$WORK/notify"
    perl "$WORK/manager.pl" "$WORK/notify" >"$WORK/told" &
    manager=$!
    exec 4<"$WORK/told"
    next_line 4 listening
}
start_manager
NOTIFY_SOCKET=$WORK/notify authsim serve --port 5300 --control "unix:$WORK/c" \
    --journal "$WORK/lines" --lab-files "$WORK/lab" "$WORK/story.yaml" \
    >"$WORK/out" 2>>"$WORK/errors" &
pid=$!
exec 3<"$WORK/out"
next_line 3 'story/permits z 127.*'
at=${line##* }
next_line 3 'story/permits apex 127.*'
next_line 3 'ready: 1 instances on port 5300, root server 127.18.0.1'
next_line 4 READY=1
expect '"first"' ask www.z.story TXT
expect 'REFUSED' dig -p 5300 @"$at" www.z.story MX
expect 'NOERROR' dig -p 5300 @"$at" www.z.story MX
curl -sf --unix-socket "$WORK/c" http://lab/metrics |
    grep -q '^authsim_queries_total{.*} ' || fail 'no counters'
counted() {
    curl -sf --unix-socket "$WORK/c" http://lab/metrics |
        awk '/^authsim_queries_total/ { n += $2 } END { print n }'
}
[ "$(counted)" = 3 ] || fail "$(counted) queries are counted"

reload() {
    : >"$WORK/errors"
    kill -HUP $pid
    next_line 4 'RELOADING=1 MONOTONIC_USEC=[0-9]*'
    next_line 4 READY=1
    [ ! -s "$WORK/errors" ] || fail "$(cat "$WORK/errors")"
    next_line 3 'reloaded: 1 instances on port 5300, root server 127.18.0.1'
}

# --- reloaded: other records, counters at the start, the journal goes on ---

change '"first"' '"second"'
mv "$WORK/lines" "$WORK/lines.old"
reload
expect '"second"' ask www.z.story TXT
expect 'REFUSED' dig -p 5300 @"$at" www.z.story MX
[ "$(counted)" = 5 ] || fail "$(counted) queries are counted after a reload"
[ "$(jq -r .number "$WORK/lines.old" | tr '\n' ' ')" = '1 2 3 ' ] ||
    fail "the old journal: $(cat "$WORK/lines.old")"
[ "$(jq -r .number "$WORK/lines" | tr '\n' ' ')" = '4 5 ' ] ||
    fail "the new journal: $(cat "$WORK/lines")"

# --- not reloaded: the old one goes on as it was ---

not_reloaded() { # WHY
    : >"$WORK/errors"
    kill -HUP $pid
    next_line 4 'RELOADING=1 *'
    next_line 4 READY=1
    expect "$1" cat "$WORK/errors"
    grep -q '^authsim: not reloaded: ' "$WORK/errors" ||
        fail "not told: $(cat "$WORK/errors")"
    expect '"second"' ask www.z.story TXT
    expect 'NOERROR' dig -p 5300 @"$at" www.z.story MX
}
change 'first: 1' 'frist: 1'
not_reloaded "$WORK/story.yaml:10:"
mv "$WORK/story.yaml" "$WORK/gone.yaml"
not_reloaded "$WORK/story.yaml"
mv "$WORK/gone.yaml" "$WORK/story.yaml"
change 'frist: 1' 'first: 1'
change '"second"' '"third"'
rm -r "$WORK/lab"
: >"$WORK/lab"
not_reloaded "$WORK/lab"
rm "$WORK/lab"
reload
expect '"third"' ask +tcp www.z.story TXT

# --- stopped: nothing is left ---

kill -INT $pid
wait $pid || fail "status $? after SIGINT"
next_line 4 STOPPING=1
[ ! -e "$WORK/c" ] || fail 'a socket is left'
! ss -Hlnptu | grep 5300 || fail 'a socket is left'
[ "$(pgrep -c -x authsim)" = 1 ] || fail "left: $(ps ax)" # that of the sandbox

# --- a journal that cannot take the last words of the old universe ---

start_manager
NOTIFY_SOCKET=$WORK/notify authsim serve --port 5300 --journal /dev/full \
    "$WORK/story.yaml" >"$WORK/said" 2>&1 &
pid=$!
next_line 4 READY=1
kill $manager # whom nothing can be told any more
wait $manager || true
kill -HUP $pid
status=0
wait $pid || status=$?
[ $status = 3 ] || fail "status $status with a full disk"
[ "$(tail -n 1 "$WORK/said")" = \
    'authsim: /dev/full: No space left on device' ] ||
    fail "a full disk: $(cat "$WORK/said")"
! grep '^reloaded' "$WORK/said" || fail 'reloaded, and ended'
