#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What dig and drill see of a world; runs inside a sandbox.
set -eu
WORK=/run/caa-testbed/answers
mkdir "$WORK"
# shellcheck source=authsim/tests/e2e/lib.sh
. authsim/tests/e2e/lib.sh

KEY=every-answer/permits
APEX=every-answer-permits
V4=$(server $KEY nsec)
V6=$(server $KEY nsec 6)

for at in "$V4" "$V6"; do
    expect '0 issue "ca.test"' dig +short @"$at" www.nsec.$APEX CAA
    expect '0 issue "ca.test"' dig +short +tcp @"$at" www.nsec.$APEX CAA
    expect "from server $at" dig +identify +short @"$at" www.nsec.$APEX CAA
done
expect 'flags: qr aa;' dig +norec @"$V4" www.nsec.$APEX CAA
expect 'flags: qr aa rd;' dig @"$V4" www.nsec.$APEX CAA
expect 'wWw.nSec' dig @"$V4" wWw.nSec.$APEX CAA
expect 'status: NXDOMAIN' dig @"$V4" none.nsec.$APEX CAA
expect 'status: REFUSED' dig @"$V4" elsewhere. CAA
expect 'status: REFUSED' dig @"$V4" CH version.bind TXT
expect 'status: NOTIMP' dig @"$V4" +opcode=NOTIFY nsec.$APEX SOA
expect 'status: BADVERS' dig @"$V4" +edns=1 +noednsneg www.nsec.$APEX CAA
expect 'flags: do; udp: 1232' dig +dnssec @"$V4" www.nsec.$APEX CAA
expect 'rcode: NXDOMAIN' drill none.nsec.$APEX @"$V4" CAA
expect 'ca.test' drill -D www.nsec.$APEX @"$V4" CAA
expect '"expanded"' dig +short @"$V4" x.wild.nsec.$APEX TXT
expect "new.nsec.$APEX." dig +short @"$V4" a.old.nsec.$APEX CAA
# From the root down, without a resolver.
expect 'ca.test' drill -r "$CAA_ROOT_HINTS" -T www.nsec.$APEX CAA

# Without EDNS 512 octets are all there is; RRSIGs do not fit beside NSEC3.
expect 'flags: qr aa tc;' dig +norec +dnssec +bufsize=512 +ignore @"$(server $KEY nsec3)" \
    none.ent.nsec3.$APEX CAA
[ -z "$(dig +short @"$V4" none.nsec.$APEX CAA)" ] ||
    fail 'a name that does not exist has CAA'
