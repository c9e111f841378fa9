/* SPDX-License-Identifier: BSD-2-Clause */
#include "testing.h"
#include "threads.h"

#include <authsim/server.h>

#include <sched.h>

/* Two instances, the second of which may have a fault. */
static unsigned wanted(const struct options *options, size_t faults)
{
    struct scn_zone sound = { .fault_count = 0 };
    struct scn_zone other = { .fault_count = faults };
    struct scn_instance first = { .zones = &sound, .zone_count = 1 };
    struct scn_instance second = { .zones = &other, .zone_count = 1 };
    struct scn_instance *models[] = { &first, &second };
    const struct lab lab = { .models = models, .count = 2 };

    return threads_wanted(options, &lab);
}

static void as_many_as_are_asked_for(void **state)
{
    (void)state;
    assert_int_equal(wanted(&(struct options){ .threads = 1 }, 0), 1);
    assert_int_equal(wanted(&(struct options){ .threads = 5 }, 0), 5);
    assert_int_equal(wanted(&(struct options){ .threads = 5 }, 1), 5);
}

static void one_where_order_counts(void **state)
{
    (void)state;
    assert_int_equal(wanted(&(struct options){ 0 }, 1), 1);
    assert_int_equal(wanted(&(struct options){ .pcap = "p" }, 0), 1);
}

/* Held to one core it wants one; that holds for this test alone. */
static void else_one_for_each_core_it_may_use(void **state)
{
    cpu_set_t cores;
    cpu_set_t one;
    size_t first = 0;

    (void)state;
    assert_int_equal(sched_getaffinity(0, sizeof(cores), &cores), 0);
    const unsigned count = (unsigned)CPU_COUNT(&cores);
    assert_int_equal(wanted(&(struct options){ 0 }, 0),
                     count < SIM_SERVER_THREADS_MAX ? count
                                                    : SIM_SERVER_THREADS_MAX);
    while (!CPU_ISSET(first, &cores)) {
        first++;
    }
    CPU_ZERO(&one);
    CPU_SET(first, &one);
    assert_int_equal(sched_setaffinity(0, sizeof(one), &one), 0);
    assert_int_equal(wanted(&(struct options){ 0 }, 0), 1);
    assert_int_equal(sched_setaffinity(0, sizeof(cores), &cores), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_many_as_are_asked_for),
        cmocka_unit_test(one_where_order_counts),
        cmocka_unit_test(else_one_for_each_core_it_may_use),
    };

    return cmocka_run_group_tests_name("authsim.threads", tests, NULL, NULL);
}
