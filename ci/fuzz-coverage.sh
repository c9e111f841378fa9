#!/bin/sh
# Print the lines that a fuzz target's inputs reach: of its committed corpus, or
# of another directory. Needs the package llvm-14, which no test does.
# usage: ci/fuzz-coverage.sh COMPONENT.TARGET SOURCES [INPUTS]
#        ci/fuzz-coverage.sh authsim.query authsim/src/answers
set -eu
cd "$(dirname "$0")/.."

component=${1%%.*}
target=${1#*.}
inputs=${3:-$component/fuzz/corpus/$target}
build=build/fuzz-coverage
replay=$build/$component/$component.corpus.$target
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if ! {
    cmake -S . -B "$build" -G Ninja -DCMAKE_C_COMPILER=clang \
        -DCMAKE_BUILD_TYPE=Debug -DBUILD_TESTING=ON \
        -DCMAKE_C_FLAGS="-fprofile-instr-generate -fcoverage-mapping" &&
        cmake --build "$build" --target "${replay##*/}"
} >"$work/log" 2>&1; then
    tail -n 20 "$work/log" >&2
    exit 1
fi
LLVM_PROFILE_FILE="$work/raw" "$replay" "$inputs"
llvm-profdata-14 merge -o "$work/data" "$work/raw"
llvm-cov-14 export -summary-only -instr-profile "$work/data" "$replay" |
    jq -r --arg name "$1" --arg sources "$2" '
        [.data[0].files[] | select(.filename | contains($sources + "/"))
            | .summary.lines]
        | (map(.covered) | add) as $covered | (map(.count) | add) as $count
        | "\($name): \($covered) of \($count) lines of \($sources), "
            + "\($covered * 1000 / $count | round / 10) %"'
