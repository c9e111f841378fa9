/* SPDX-License-Identifier: BSD-2-Clause */
#include "failing.h"
#include "testing.h"
#include "universe.h"

static const uint8_t www[] = "\3www\1t";
static const uint8_t other[] = "\5other\1t";

static void a_name_fails_while_it_is_listed(void **state)
{
    struct sim_world world = { 0 };
    struct sim_instance instance = { .world = &world };
    unsigned number = 7;

    (void)state;
    assert_null(sim_failing_match(&instance, www, &number));
    assert_int_equal(number, 7);
    for (int i = 0; i < 2; i++) { /* once is as good as twice */
        assert_int_equal(sim_instance_set_failing(&instance, www, true),
                         SIM_OK);
        assert_int_equal(sim_instance_set_failing(&instance, other, true),
                         SIM_OK);
    }
    assert_int_equal(world.generation, 2); /* of these two */
    const struct scn_fault *fault =
        sim_failing_match(&instance, (const uint8_t *)"\3wWw\1T", &number);
    assert_non_null(fault);
    assert_int_equal(fault->action.rcode, 2);
    assert_int_equal(number, 1);
    assert_non_null(sim_failing_match(&instance, www, &number));
    assert_int_equal(number, 2);
    assert_int_equal(sim_instance_set_failing(&instance, www, false), SIM_OK);
    assert_null(sim_failing_match(&instance, www, &number));
    assert_non_null(sim_failing_match(&instance, other, &number));
    assert_int_equal(number, 1);
    assert_int_equal(sim_instance_set_failing(&instance, www, false), SIM_OK);
    sim_failing_free(instance.failing);
    sim_failing_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_fails_while_it_is_listed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
