#!/bin/sh
# Build what has threads with ThreadSanitizer, and run the tests of that.
set -eu
cd "$(dirname "$0")/.."

ci/build.sh tsan authsim_program authsim.unit.thread authsim.unit.wake

# Where addresses are randomised by more than 28 bits (vm.mmap_rnd_bits) GCC's
# ThreadSanitizer finds no room for its shadow; without randomisation it does.
fixed=
if setarch "$(uname -m)" -R true 2>/dev/null; then
    fixed="setarch $(uname -m) -R"
fi
# shellcheck disable=SC2086 # words of a command, or none
$fixed ctest --preset tsan \
    -R '^authsim\.(unit\.thread|unit\.wake|e2e\.threads)$'
