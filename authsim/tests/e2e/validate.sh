#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Every algorithm is good for an independent validator.
set -eu
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
# shellcheck source=authsim/tests/e2e/lib.sh
. authsim/tests/e2e/lib.sh

for algorithm in 8 10 13 14 15 16; do
    authsim serve --sandbox --algorithm $algorithm "$HERE/every-answer.yaml" -- \
        sh "$HERE/validate_inside.sh" || fail "algorithm $algorithm"
done
