# SPDX-License-Identifier: BSD-2-Clause
# lib.sh - for scripts that run inside `authsim serve --sandbox`.
# Sourced by scripts; LAB is a directory of their own.

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

# expect WORDS COMMAND...: the output has these words.
expect() {
    words=$1
    shift
    out=$("$@" 2>&1) || true
    case $out in
    *"$words"*) ;;
    *) fail "no '$words' in the output of '$*':
$out" ;;
    esac
}

# server KEY LABEL: its IPv4 address.
server() {
    awk -v key="$1" -v label="$2" \
        '$1 == key && $2 == label { print $3 }' "$CAA_SERVERS"
}

# server6 KEY LABEL: its IPv6 address.
server6() {
    awk -v key="$1" -v label="$2" \
        '$1 == key && $2 == label { print $4 }' "$CAA_SERVERS"
}

# Starts unbound at 127.0.0.1 and returns once it answers.
start_unbound() {
    cat >"$LAB/unbound.conf" <<CONF
server:
    directory: "$LAB"
    chroot: ""
    username: ""
    pidfile: ""
    do-daemonize: no
    num-threads: 1
    use-syslog: no
    logfile: "$LAB/unbound.log"
    interface: 127.0.0.1
    do-not-query-localhost: no
    root-hints: "$CAA_ROOT_HINTS"
    trust-anchor-file: "$CAA_TRUST_ANCHOR"
    trust-anchor-signaling: no
    root-key-sentinel: no
    target-fetch-policy: "0 0 0 0 0"
    aggressive-nsec: no
    val-sig-skew-min: 0
    val-sig-skew-max: 0
    infra-cache-min-rtt: 50
    infra-cache-max-rtt: 400
    unknown-server-time-limit: 200
CONF
    unbound -c "$LAB/unbound.conf" &
    dig +tries=20 +time=1 +retry=20 @127.0.0.1 . SOA >"$LAB/first" ||
        fail "unbound does not answer: $(cat "$LAB/unbound.log")"
}
