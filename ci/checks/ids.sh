#!/bin/sh
# Ids never change once landed: each line of scenarios/ids.txt must still name a
# file and, after the slash, a check in it; and each file must be listed.
set -eu
cd "$(dirname "$0")/../.."

rc=0
while read -r address; do
    file="scenarios/catalogue/${address%%/*}.yaml"
    if [ ! -f "$file" ]; then
        echo "error: $address of scenarios/ids.txt is gone: ids are for good" >&2
        rc=1
        continue
    fi
    case "$address" in
    */*)
        grep -qE "id: ${address#*/}( |,|\$|\})" "$file" || {
            echo "error: $file no longer has check ${address#*/}: ids are for good" >&2
            rc=1
        }
        ;;
    esac
done <scenarios/ids.txt
for file in scenarios/catalogue/*.yaml; do
    id=$(basename "$file" .yaml)
    grep -qE "^$id(/|\$)" scenarios/ids.txt || {
        echo "error: add the checks of $file to scenarios/ids.txt" >&2
        rc=1
    }
done
exit "$rc"
