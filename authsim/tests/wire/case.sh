#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Names asked in mixed case (0x20), and the case of what comes back.

misbehaviour_039_mixed_case_unanswered() {
    expect_silence ask unanswered wWw.uNanswered A
    expect '192.0.2.1' ask unanswered www.unanswered A
}

misbehaviour_040_mixed_case_refused() {
    expect 'status: REFUSED' ask refused wWw.reFused A
    expect '192.0.2.1' ask refused www.refused A
}

misbehaviour_041_reply_in_small_letters() {
    # dig takes the question of a reply without regard to case.
    expect ';www.lowered.case. ' ask lowered wWw.loWered A
    expect 'www.lowered.case. 300 IN A 192.0.2.1' \
        ask lowered wWw.loWered A
}

misbehaviour_042_owner_in_capitals() {
    expect ';wWw.raised.case. ' ask raised wWw.raised A
    expect 'WWW.RAISED.CASE. 300 IN A 192.0.2.1' ask raised wWw.raised A
    expect 'WWW.RAISED.CASE. 300 IN RRSIG A' ask_signed raised www.raised A
}
