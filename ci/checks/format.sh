#!/bin/sh
# Every C file is as clang-format leaves it, and opens with its licence.
set -eu
cd "$(dirname "$0")/../.."

git ls-files '*.c' '*.h' | xargs clang-format --dry-run -Werror
rc=0
for file in $(git ls-files '*.c' '*.h'); do
    head -n 1 "$file" | grep -qx '/\* SPDX-License-Identifier: BSD-2-Clause \*/' || {
        echo "error: $file:1: the first line must name the licence" >&2
        rc=1
    }
done
exit "$rc"
