#!/bin/sh
# Ids never change once landed: each line of scenarios/ids.txt must still name a
# file and, after the slash, a check in it; and each file must be listed. Likewise
# each line of scenarios/requirement-ids.txt, a requirement.
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

# So do the numbers of requirements.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
grep -oE '\<id: R[0-9]{3}\>' scenarios/requirements.yaml | cut -d' ' -f2 |
    sort >"$work/have"
sort scenarios/requirement-ids.txt >"$work/landed"
for id in $(comm -23 "$work/landed" "$work/have"); do
    echo "error: scenarios/requirements.yaml no longer has $id: ids are for good" >&2
    rc=1
done
for id in $(comm -13 "$work/landed" "$work/have"); do
    echo "error: add $id to scenarios/requirement-ids.txt" >&2
    rc=1
done
exit "$rc"
