#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Serve scenarios/GROUP.yaml in a sandbox and let every misbehaviour_NNN_...
# of GROUP.sh look at it with a client that is not ours.
# usage: run.sh GROUP
set -eu
GROUP=$1
export GROUP
exec "$TESTBED_BIN/authsim" serve --sandbox \
    "authsim/tests/wire/scenarios/$GROUP.yaml" -- \
    sh authsim/tests/wire/inside.sh
