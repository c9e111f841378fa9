#!/bin/sh
# No object may call functions without bounds, functions that sleep, a choice
# that is not seeded, or a clock other than the clock modules.
# usage: ci/checks/banned.sh BUILD_DIRECTORY (of a finished build)
set -eu
cd "$(dirname "$0")/../.."

banned='strcpy|strcat|stpcpy|sprintf|vsprintf|gets|strtok|atoi|atol|atoll|alloca|system|popen|tmpnam|mktemp'
banned="$banned|sleep|usleep|nanosleep|clock_nanosleep|rand|random|drand48"
clocks='time|gettimeofday|clock_gettime|ftime'
rc=0
count=0
list=$(mktemp)
trap 'rm -f "$list"' EXIT
find "$1/scenarios" "$1/authsim" "$1/checker" "$1/conformance" -name '*.o' >"$list"
while read -r object; do
    count=$((count + 1))
    symbols=$(nm -u "$object" | sed -n 's/^ *U \(.*\)$/\1/p' | sed 's/^__\(.*\)_chk$/\1/')
    pattern="^($banned)\$"
    case "$object" in
    */clock.c.o) ;;
    *) pattern="^($banned|$clocks)\$" ;;
    esac
    if found=$(echo "$symbols" | grep -xE "$pattern"); then
        echo "error: $object calls $(echo "$found" | tr '\n' ' ')" >&2
        rc=1
    fi
done <"$list"
if [ "$count" -eq 0 ]; then
    echo "error: no object below $1: build first" >&2
    rc=1
fi
exit "$rc"
