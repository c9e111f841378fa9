#!/bin/sh
# Every shell script is clean under shellcheck.
set -eu
cd "$(dirname "$0")/../.."

git ls-files -z |
    xargs -0 awk 'FNR == 1 { if (/^#!\/bin\/sh/) printf "%s%c", FILENAME, 0; nextfile }' |
    xargs -0 shellcheck --shell=sh
git ls-files -z '*/tests/e2e/*.sh' '*/tests/wire/*.sh' '*/tests/validators/*.sh' |
    xargs -0 shellcheck --shell=sh --external-sources
