/* SPDX-License-Identifier: BSD-2-Clause */
#include "pace.h"
#include "testing.h"

#include <string.h>

static const uint8_t message[] = "abcdefgh";

enum { LEN = 8 };

static void expect(enum scn_tcp_pacing pacing, const char *octets, size_t len,
                   enum sim_finish finish)
{
    struct sim_frame frame;

    assert_int_equal(sim_frame_make(pacing, message, LEN, &frame), SIM_OK);
    assert_int_equal(frame.len, len);
    if (len > 0) {
        assert_memory_equal(frame.octets, octets, len);
    }
    assert_int_equal(frame.finish, finish);
    assert_int_equal(frame.interval_ns > 0, pacing == SCN_TCP_ONE_OCTET);
    sim_frame_fini(&frame);
}

static void every_pacing_has_its_octets_and_its_end(void **state)
{
    (void)state;
    expect(SCN_TCP_NORMAL, "\0\10abcdefgh", 10, SIM_FINISH_KEEP);
    expect(SCN_TCP_REFUSE, "", 0, SIM_FINISH_RESET);
    expect(SCN_TCP_SILENT, "", 0, SIM_FINISH_KEEP);
    expect(SCN_TCP_RESET, "\0\10abcd", 6, SIM_FINISH_RESET);
    expect(SCN_TCP_CLOSE_AFTER_LENGTH, "\0\10", 2, SIM_FINISH_CLOSE);
    expect(SCN_TCP_LENGTH_LONG, "\0\30abcdefgh", 10, SIM_FINISH_CLOSE);
    expect(SCN_TCP_LENGTH_SHORT, "\0\4abcdefgh", 10, SIM_FINISH_CLOSE);
    expect(SCN_TCP_ONE_OCTET, "\0\10abcdefgh", 10, SIM_FINISH_KEEP);
    expect(SCN_TCP_TWO_MESSAGES, "\0\10abcdefgh\0\10abcdefgh", 20,
           SIM_FINISH_KEEP);
}

static void the_largest_message_has_no_longer_length(void **state)
{
    static uint8_t large[65535];
    struct sim_frame frame;

    (void)state;
    assert_int_equal(
        sim_frame_make(SCN_TCP_LENGTH_LONG, large, sizeof(large), &frame),
        SIM_OK);
    assert_int_equal(frame.octets[0], 0xff);
    assert_int_equal(frame.octets[1], 0xff);
    assert_int_equal(frame.len, 65537);
    sim_frame_fini(&frame);
}

static void a_trickle_takes_at_most_a_second(void **state)
{
    static uint8_t large[65535];
    struct sim_frame frame;

    (void)state;
    assert_int_equal(sim_frame_make(SCN_TCP_ONE_OCTET, large, 100, &frame),
                     SIM_OK);
    assert_int_equal(frame.interval_ns, 1000000);
    sim_frame_fini(&frame);
    assert_int_equal(
        sim_frame_make(SCN_TCP_ONE_OCTET, large, sizeof(large), &frame),
        SIM_OK);
    assert_true(frame.interval_ns * 65537 <= 1000000000);
    assert_true(frame.interval_ns > 0);
    sim_frame_fini(&frame);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_pacing_has_its_octets_and_its_end),
        cmocka_unit_test(the_largest_message_has_no_longer_length),
        cmocka_unit_test(a_trickle_takes_at_most_a_second),
    };

    return cmocka_run_group_tests_name("authsim.pace", tests, NULL, NULL);
}
