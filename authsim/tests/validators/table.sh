#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What validators find of every damage, one line for every question of
# questions.txt; see inside.sh for the words.
# usage: TESTBED_BIN=DIR table.sh VALIDATOR...
# table.txt: table.sh unbound delv named knot powerdns
set -eu
cd "$(dirname "$0")/../../.."
"$TESTBED_BIN/authsim" serve --sandbox authsim/tests/validators/damages.yaml -- \
    sh authsim/tests/validators/inside.sh "$@"
