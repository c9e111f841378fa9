#!/bin/sh
# usage: naive-caa.sh NAME ISSUER RESOLVER   exit 0: permit, 1: refuse
name=${1#\*.}
while [ -n "$name" ]; do
    records=$(dig +short CAA "$name" "@$3")
    if [ -n "$records" ]; then
        echo "$records" | grep -q " issue \"$2\"" && exit 0 || exit 1
    fi
    case $name in *.*) name=${name#*.} ;; *) name= ;; esac
done
exit 0
