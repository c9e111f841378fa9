#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# delv, with the lab's anchor, finds every kind of answer fully validated.
set -eu
WORK=/run/caa-testbed/validate
mkdir "$WORK"
# shellcheck source=authsim/tests/e2e/lib.sh
. authsim/tests/e2e/lib.sh

start_unbound
awk '{ print "trust-anchors { . static-ds " $5, $6, $7, "\"" $8 "\"; };" }' \
    "$CAA_TRUST_ANCHOR" >"$WORK/anchor"

validated() {
    # delv exits 0 whatever it finds.
    expect 'fully validated' delv -a "$WORK/anchor" +root=. @127.0.0.1 "$@"
}

for zone in nsec nsec3; do
    at=$zone.every-answer-permits
    validated www.$at CAA        # positive
    validated none.$at CAA       # NXDOMAIN
    validated www.$at MX         # NODATA
    validated x.wild.$at TXT     # wildcard
    validated x.wild.$at CAA     # NODATA at a wildcard
    validated a.old.$at CAA      # DNAME
    validated none.old.$at CAA   # DNAME into NXDOMAIN
    validated ent.$at CAA        # empty non-terminal
done
validated none CAA # denied by the root
