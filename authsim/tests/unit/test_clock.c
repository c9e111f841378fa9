/* SPDX-License-Identifier: BSD-2-Clause */
#include "testing.h"

#include <authsim/clock.h>

static void day_starts_at_midnight(void **state)
{
    (void)state;
    assert_int_equal(sim_clock_day_start_s(0), 0);
    assert_int_equal(sim_clock_day_start_s(86399), 0);
    assert_int_equal(sim_clock_day_start_s(86400), 86400);
    assert_int_equal(sim_clock_day_start_s(-1), -86400);
}

static void monotonic_time_does_not_go_back(void **state)
{
    int64_t before_ns = sim_clock_monotonic_ns();

    (void)state;
    assert_true(sim_clock_monotonic_ns() >= before_ns);
    assert_true(sim_clock_unix_s() > 1500000000);
    assert_true(sim_clock_unix_ns() / 1000000000 >= sim_clock_unix_s() - 60);
    assert_true(sim_clock_unix_ns() / 1000000000 <= sim_clock_unix_s());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(day_starts_at_midnight),
        cmocka_unit_test(monotonic_time_does_not_go_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
