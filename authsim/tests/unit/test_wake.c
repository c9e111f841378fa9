/* SPDX-License-Identifier: BSD-2-Clause */
#include "testing.h"
#include "wake.h"

#include <pthread.h>

enum { MANY = 1000 };

struct sleeper {
    struct event_base *base;
    struct sim_wake *wake;
    unsigned told;
};

static void on_wake(void *ctx)
{
    struct sleeper *sleeper = ctx;

    sleeper->told++;
}

static int lie_down(void **state)
{
    static struct sleeper sleeper;

    sleeper = (struct sleeper){ .base = event_base_new() };
    assert_int_equal(
        sim_wake_new(sleeper.base, on_wake, &sleeper, &sleeper.wake), SIM_OK);
    *state = &sleeper;
    return 0;
}

static int rise(void **state)
{
    struct sleeper *sleeper = *state;

    sim_wake_free(sleeper->wake);
    event_base_free(sleeper->base);
    return 0;
}

static void nobody_wakes_it_by_itself(void **state)
{
    struct sleeper *sleeper = *state;

    assert_int_equal(event_base_loop(sleeper->base, EVLOOP_NONBLOCK), 0);
    assert_int_equal(sleeper->told, 0);
}

static void many_calls_before_a_turn_are_one(void **state)
{
    struct sleeper *sleeper = *state;

    for (int i = 0; i < MANY; i++) {
        sim_wake_up(sleeper->wake);
    }
    assert_int_equal(event_base_loop(sleeper->base, EVLOOP_ONCE), 0);
    assert_int_equal(sleeper->told, 1);
    assert_int_equal(event_base_loop(sleeper->base, EVLOOP_NONBLOCK), 0);
    assert_int_equal(sleeper->told, 1);
}

static void it_can_be_woken_again(void **state)
{
    struct sleeper *sleeper = *state;

    for (unsigned i = 1; i <= 3; i++) {
        sim_wake_up(sleeper->wake);
        assert_int_equal(event_base_loop(sleeper->base, EVLOOP_ONCE), 0);
        assert_int_equal(sleeper->told, i);
    }
}

static void *wake_it(void *arg)
{
    sim_wake_up(arg);
    return NULL;
}

/* The loop has no other event: without the call it would wait for ever. */
static void another_thread_ends_its_wait(void **state)
{
    struct sleeper *sleeper = *state;
    pthread_t thread;

    assert_int_equal(pthread_create(&thread, NULL, wake_it, sleeper->wake), 0);
    assert_int_equal(event_base_loop(sleeper->base, EVLOOP_ONCE), 0);
    assert_int_equal(sleeper->told, 1);
    assert_int_equal(pthread_join(thread, NULL), 0);
}

static void it_needs_nobody_to_tell(void **state)
{
    struct event_base *base = event_base_new();
    struct sim_wake *wake = NULL;

    (void)state;
    assert_int_equal(sim_wake_new(base, NULL, NULL, &wake), SIM_OK);
    sim_wake_up(wake);
    assert_int_equal(event_base_loop(base, EVLOOP_ONCE), 0);
    sim_wake_free(wake);
    sim_wake_free(NULL);
    event_base_free(base);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nobody_wakes_it_by_itself, lie_down,
                                        rise),
        cmocka_unit_test_setup_teardown(many_calls_before_a_turn_are_one,
                                        lie_down, rise),
        cmocka_unit_test_setup_teardown(it_can_be_woken_again, lie_down, rise),
        cmocka_unit_test_setup_teardown(another_thread_ends_its_wait, lie_down,
                                        rise),
        cmocka_unit_test(it_needs_nobody_to_tell),
    };

    return cmocka_run_group_tests_name("authsim.wake", tests, NULL, NULL);
}
