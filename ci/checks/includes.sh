#!/bin/sh
# Dependencies point one way: scenarios <- authsim <- conformance, and checker
# stands alone, without ldns. Reads the dependencies that the compiler itself
# recorded, so that no spelling of an #include escapes.
# usage: ci/checks/includes.sh BUILD_DIRECTORY (of a finished build)
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"

ninja -C "$1" -t deps | awk -v root="$root" '
BEGIN {
    forbidden["scenarios"] = "authsim checker conformance"
    forbidden["authsim"] = "checker conformance"
    forbidden["checker"] = "scenarios authsim conformance"
    forbidden["conformance"] = "checker"
}
/^[^ ].*: #deps/ {
    split($1, parts, "/")
    folder = parts[1]
    object = $1
    objects += folder in forbidden
    next
}
NF == 1 && folder in forbidden {
    path = $1
    n = split(forbidden[folder], others, " ")
    for (i = 1; i <= n; i++) {
        if (index(path, root "/" others[i] "/") == 1 ||
            path ~ "^(\\.\\./)+" others[i] "/") {
            print "error: " object " includes " path
            bad = 1
        }
    }
    if (folder == "checker" && path ~ "/include/ldns/") {
        print "error: " object " includes " path ": the checker has its own reader"
        bad = 1
    }
}
END {
    if (objects == 0) {
        print "error: no object of the project was found: build first"
        bad = 1
    }
    exit bad
}' >&2
