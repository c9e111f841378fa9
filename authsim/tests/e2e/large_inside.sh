#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# A set of 1001 records: cut over UDP, whole over TCP; inside a sandbox.
set -eu
WORK=/run/caa-testbed/large
mkdir "$WORK"
# shellcheck source=authsim/tests/e2e/lib.sh
. authsim/tests/e2e/lib.sh

AT=$(server rrset-1001/critical big)
NAME=www.big.rrset-1001-critical
for size in 512 1232 4096; do
    expect 'flags: qr aa tc; QUERY: 1, ANSWER: 0,' \
        dig +norec +ignore +bufsize=$size @"$AT" $NAME CAA
done
[ "$(dig +short +tcp @"$AT" $NAME CAA | wc -l)" = 1001 ] ||
    fail 'TCP does not carry the whole set'
[ "$(dig +short @"$AT" $NAME CAA | wc -l)" = 1001 ] ||
    fail 'dig does not go over to TCP'
