#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What the same question meets at another time, under load, or from elsewhere.

# The CAA of a name in far, in short.
short() {
    short_name=$1.far
    shift
    ask far "$short_name" CAA +short +tries=1 +time=2 "$@"
}

# turns N NAME [OPTION...]: N answers in turn, "-" where there is none.
turns() {
    count=$1
    shift
    for _ in $(seq "$count"); do
        answer=$(short "$@") || : # lost
        case $answer in
        *'timed out'*) printf 'lost ' ;;
        '') printf '%s' '- ' ;;
        *) printf '%s ' "${answer##* }" ;;
        esac
    done
}

# expect_turns WANTED N NAME [OPTION...]
expect_turns() {
    wanted=$1
    shift
    turns=$(turns "$@")
    [ "$turns" = "$wanted " ] || fail "in turn: $turns"
}

misbehaviour_102_first_queries_dropped() {
    expect 'right.test' ask far dropped.far CAA +tries=3 +time=1
    expect_turns '"right.test"' 1 dropped
}

misbehaviour_103_delayed_under_or_over_the_limit() {
    ms=$(ask far little.far CAA | sed -n 's/^;; Query time: \([0-9]*\) .*/\1/p')
    [ "$ms" -ge 299 ] || fail "the reply came after $ms ms"
    expect_silence ask far much.far CAA
}

misbehaviour_104_every_third_fails() {
    expect_turns '"right.test" "right.test" - "right.test" "right.test" -' \
        6 third
}

# Of what is over the limit every second is not dropped but told to use TCP.
misbehaviour_105_rate_limit_with_slip() {
    expect_turns '"right.test" "right.test" "right.test" lost -' \
        5 limit +ignore
    expect_turns 'lost "right.test"' 2 limit
    expect 'right.test' short limit +tcp
}

misbehaviour_106_verdict_flips() {
    expect_turns '";" ";" "flipped.test" "flipped.test"' 4 flip
}

misbehaviour_107_extreme_ttls() {
    expect 'zero.far.time-and-place. 0 IN CAA' ask far zero.far CAA
    expect 'one.far.time-and-place. 1 IN CAA' ask far one.far CAA
    expect 'most.far.time-and-place. 2147483648 IN CAA' ask far most.far CAA
}

# The addresses of the first two remote perspectives.
misbehaviour_108_answer_by_perspective() {
    expect 'primary.test' short place
    expect 'remote.test' short place -b 198.18.12.2
    expect 'primary.test' short place -b 198.18.12.3
}

misbehaviour_109_unreachable_from_one_perspective() {
    expect 'right.test' short apart
    expect 'right.test' short apart -b 198.18.12.2
    expect_silence ask far apart.far CAA -b 198.18.12.3
}

misbehaviour_110_set_in_rotation() {
    # The last record of each answer.
    expect_turns '"ca4.test" "ca1.test" "ca2.test" "ca3.test" "ca4.test"' 5 set
    expect 'QUERY: 1, ANSWER: 4' ask far set.far CAA
}

misbehaviour_111_duplicate_records() {
    expect 'QUERY: 1, ANSWER: 8' ask far double.far CAA
    [ "$(short double | grep -c ca3.test)" = 2 ] || fail 'ca3.test is not twice'
}

misbehaviour_112_mixed_ttls() {
    expect 'mixed.far.time-and-place. 300 IN CAA 0 issue "ca1.test"' \
        ask far mixed.far CAA
    expect 'mixed.far.time-and-place. 150 IN CAA 0 issue "ca2.test"' \
        ask far mixed.far CAA
    expect 'mixed.far.time-and-place. 37 IN CAA 0 issue "ca4.test"' \
        ask far mixed.far CAA
}
