#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Validating resolvers for the lab, each on a port of 127.0.0.1. Sourced inside
# a sandbox, after e2e/lib.sh; WORK is a directory of their own. Every one
# trusts the lab's anchor alone and asks nobody else's servers.

# The parts of the anchor: ". IN DS TAG ALGORITHM TYPE DIGEST".
anchor() {
    awk '{ print $5, $6, $7, $8 }' "$CAA_TRUST_ANCHOR"
}

# The address of the first root server.
root_address() {
    awk '$3 == "A" || $4 == "A" { print $NF; exit }' "$CAA_ROOT_HINTS"
}

root_name() {
    awk '$3 == "A" || $4 == "A" { print $1; exit }' "$CAA_ROOT_HINTS"
}

start_named() {
    # shellcheck disable=SC2046 # the parts of the anchor are words
    set -- $(anchor)
    cat >"$WORK/named.conf" <<CONF
options {
    directory "$WORK";
    pid-file none;
    session-keyfile none;
    listen-on port $NAMED { 127.0.0.1; };
    listen-on-v6 { none; };
    recursion yes;
    dnssec-validation yes;
    trust-anchor-telemetry no;
    root-key-sentinel no;
    empty-zones-enable no;
    synth-from-dnssec no;
    servfail-ttl 0;
    prefetch 0;
};
controls { };
zone "." { type hint; file "$CAA_ROOT_HINTS"; };
trust-anchors { . static-ds $1 $2 $3 "$4"; };
CONF
    named -g -4 -n 1 -c "$WORK/named.conf" >"$WORK/named.log" 2>&1 &
}

start_knot() {
    mkdir "$WORK/knot"
    cat >"$WORK/knot.conf" <<CONF
net.listen('127.0.0.1', $KNOT)
net.ipv6 = false
for _, name in ipairs({'ta_update', 'ta_signal_query', 'priming',
    'detect_time_skew', 'detect_time_jump', 'policy'}) do
    modules.unload(name)
end
modules.load('hints')
option('ALLOW_LOCAL', true)
option('NO_0X20', true)
hints.root({ ['$(root_name)'] = { '$(root_address)' } })
trust_anchors.remove('.')
trust_anchors.add('. IN DS $(anchor)')
cache.size = 10 * MB
CONF
    kresd -n -c "$WORK/knot.conf" "$WORK/knot" >"$WORK/knot.log" 2>&1 &
}

start_powerdns() {
    mkdir "$WORK/powerdns"
    cat >"$WORK/powerdns/recursor.conf" <<CONF
local-address=127.0.0.1
local-port=$POWERDNS
socket-dir=$WORK/powerdns
hint-file=$CAA_ROOT_HINTS
lua-config-file=$WORK/powerdns/anchor.lua
dont-query=
dnssec=validate
security-poll-suffix=
threads=1
serve-rfc1918=no
export-etc-hosts=no
aggressive-nsec-cache-size=0
packetcache-servfail-ttl=0
dont-throttle-netmasks=198.18.0.0/15
server-down-max-fails=0
non-resolving-ns-max-fails=0
CONF
    printf 'clearTA()\naddTA(".", "%s")\n' "$(anchor)" \
        >"$WORK/powerdns/anchor.lua"
    pdns_recursor --config-dir="$WORK/powerdns" --daemon=no --write-pid=no \
        >"$WORK/powerdns.log" 2>&1 &
}
