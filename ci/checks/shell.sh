#!/bin/sh
# Every shell script is clean under shellcheck.
set -eu
cd "$(dirname "$0")/../.."

git ls-files -z |
    xargs -0 grep -lE --null -m 1 '^#!/bin/sh' |
    xargs -0 shellcheck --shell=sh
