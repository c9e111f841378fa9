#!/bin/sh
# README is true of the code: its naive checker is the file it names, every long
# option it shows is one that a program knows, every path it names exists.
# usage: ci/checks/readme.sh DIRECTORY_OF_PROGRAMS
set -eu
cd "$(dirname "$0")/../.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rc=0
complain() {
    echo "error: README.md: $*" >&2
    rc=1
}

sed -n '/^<!-- conformance\/examples\/naive-caa.sh -->/,/^```$/p' README.md |
    sed '1,2d;$d' >"$work/naive"
cmp -s "$work/naive" conformance/examples/naive-caa.sh ||
    complain "the naive checker differs from conformance/examples/naive-caa.sh"

for command in run list show lint coverage repro shell adequacy; do
    "$1/caaconform" "$command" --help
done >"$work/help" 2>&1
"$1/caacheck" --help >>"$work/help"
"$1/caacheck-deviant" --help >>"$work/help" 2>&1 || :
"$1/authsim" --help >>"$work/help"
# The lines that show the user's own programs have options of their own.
grep -v 'my-checker' README.md | grep -oE -- '(^|[ `(])--[a-z][a-z-]+' |
    grep -oE -- '--[a-z-]+' | sort -u >"$work/options"
while read -r option; do
    grep -qE -- "$option( |=|,|\$)" "$work/help" ||
        complain "no program knows $option"
done <"$work/options"

# shellcheck disable=SC2016 # backticks of Markdown
grep -oE '`(scenarios|authsim|checker|conformance|ci)/[^` ]*`' README.md | tr -d '`' |
    sort -u >"$work/paths"
while read -r path; do
    [ -e "$path" ] || complain "there is no $path"
done <"$work/paths"
if [ ! -s "$work/options" ] || [ ! -s "$work/paths" ]; then
    complain "nothing was found to check"
fi
exit "$rc"
