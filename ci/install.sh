#!/bin/sh
# Install the Debian packages of ci/packages.txt that are missing.
# usage: ci/install.sh build run [test] [bench]
set -eu
cd "$(dirname "$0")/.."

missing=''
while read -r purpose package; do
    case " $* " in
    *" $purpose "*) ;;
    *) continue ;;
    esac
    dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null |
        grep -qx installed || missing="$missing $package"
done <ci/packages.txt
[ -n "$missing" ] || exit 0

command="apt-get install -y --no-install-recommends$missing"
if [ "$(id -u)" -ne 0 ]; then
    echo "Some packages are missing. Install them as root, then run this again:" >&2
    echo "  sudo $command" >&2
    exit 3
fi
echo "installing:$missing"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
# A resolver of the lab's own is run; the packaged one need not be started.
export RUNLEVEL=1
# shellcheck disable=SC2086 # the command is a list of words on purpose
if ! { apt-get update && $command; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "error: the packages could not be installed; the end of apt's output is above" >&2
    exit 3
fi
