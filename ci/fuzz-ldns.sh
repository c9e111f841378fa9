#!/bin/sh
# Build ldns from Debian's source package into build/fuzz-deps, instrumented as
# the fuzz preset is, so that libFuzzer sees into it. The next configuration of
# the fuzz preset takes it; without it the preset links the system's.
# usage: ci/fuzz-ldns.sh
set -eu
cd "$(dirname "$0")/.."

deps="$PWD/build/fuzz-deps"
if [ -e "$deps/lib/libldns.a" ]; then
    echo "ldns is there: $deps"
    exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Sources and their lists live in $work: the system's apt is left as it is.
mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]" \
    "http://deb.debian.org/debian bookworm main" >"$work/sources.list"
private_apt() {
    apt-get -qq -o Dir::Etc::sourcelist="$work/sources.list" \
        -o Dir::Etc::sourceparts=/dev/null -o Dir::State::lists="$work/lists" \
        -o Dir::Cache="$work/cache" -o APT::Sandbox::User="" "$@"
}
private_apt update
(cd "$work" && private_apt source ldns >/dev/null)

cd "$work"/ldns-*/
log="$work/log"
if ! {
    ./configure --prefix="$deps" --disable-shared --disable-dane-ta-usage \
        CC=clang CFLAGS="-g -O1 -fno-omit-frame-pointer \
            -fsanitize=fuzzer-no-link,address" LDFLAGS="-fsanitize=address" &&
        make -j "$(nproc)" lib &&
        mkdir -p "$deps/lib/pkgconfig" && make install-lib install-h install-pc
} >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "error: ldns does not build" >&2
    exit 1
fi
# A static library names what it needs itself.
sed -i 's/^Libs: .*/& -lcrypto/' "$deps/lib/pkgconfig/ldns.pc"
echo "ldns is built: $deps"
