#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Who may ask authsim serve: this system, and others only when it is told so. In
# a sandbox, whose addresses are those that are served beyond the loopback.
set -eu
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
# shellcheck source=authsim/tests/e2e/lib.sh
. authsim/tests/e2e/lib.sh

export WORK
authsim serve --sandbox "$HERE/every-answer.yaml" -- \
    sh "$HERE/beyond_inside.sh" scenarios/catalogue/rrset-1001.yaml
