#!/bin/sh
# Run the tests of the coverage build; every line gate must be met: 90 % of the
# project's lines, 95 % of each module that is pure (ci/pure-modules.txt).
# The report lands in build/coverage/report/index.html.
set -eu
cd "$(dirname "$0")/.."

build=build/coverage
find "$build" -name '*.gcda' -delete
ctest --preset coverage -j "$(nproc)" --label-exclude wire --output-on-failure >"$build/ctest.log" 2>&1 || {
    tail -n 40 "$build/ctest.log" >&2
    echo "error: tests fail in the coverage build" >&2
    exit 1
}
lcov --quiet --capture --directory "$build" --output-file "$build/all.info" \
    --rc lcov_branch_coverage=0 2>/dev/null
lcov --quiet --extract "$build/all.info" \
    "$PWD/scenarios/src/*" "$PWD/authsim/src/*" "$PWD/authsim/program/*" "$PWD/checker/src/*" \
    "$PWD/conformance/src/*" --output-file "$build/project.info"
genhtml --quiet --output-directory "$build/report" "$build/project.info"

awk -v root="$PWD/" '
BEGIN {
    while ((getline line < "ci/pure-modules.txt") > 0) {
        if (line !~ /^#/ && line != "") {
            pure[line] = 1
        }
    }
}
/^SF:/ { file = substr($0, 4); sub(root, "", file) }
/^DA:/ {
    split(substr($0, 4), da, ",")
    lines[file]++
    total++
    if (da[2] > 0) {
        hit[file]++
        covered++
    }
}
END {
    if (total == 0) {
        print "error: no coverage data"
        exit 1
    }
    for (file in pure) {
        if (!(file in lines)) {
            print "error: " file " of ci/pure-modules.txt has no coverage data"
            bad = 1
        } else if (hit[file] < 0.95 * lines[file]) {
            printf "error: %s: %.1f %% of lines, a pure module owes 95 %%\n", file, 100 * hit[file] / lines[file]
            bad = 1
        }
    }
    printf "lines covered: %.1f %% of %d\n", 100 * covered / total, total
    if (covered < 0.90 * total) {
        print "error: the project owes 90 %; least covered:"
        for (file in lines) {
            printf "%5d lines missed  %s\n", lines[file] - hit[file], file | "sort -rn | head -n 15"
        }
        bad = 1
    }
    exit bad
}' "$build/project.info"
