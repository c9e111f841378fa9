#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# claims.sh - every deviation of the table fails a check of every scenario that
# claims in `catches` to catch it, with the outcome that the table expects.
set -eu
exec "$TESTBED_BIN/caaconform" adequacy --claims
