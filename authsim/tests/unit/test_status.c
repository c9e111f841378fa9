/* SPDX-License-Identifier: BSD-2-Clause */
#include "testing.h"

#include <authsim/status.h>

static void names_every_outcome(void **state)
{
    (void)state;
    assert_string_equal(sim_strstatus(SIM_OK), "SIM_OK");
    assert_string_equal(sim_strstatus(SIM_ENOMEM), "SIM_ENOMEM");
    assert_string_equal(sim_strstatus(SIM_EFORMAT), "SIM_EFORMAT");
    assert_string_equal(sim_strstatus(SIM_ESYSTEM), "SIM_ESYSTEM");
    assert_string_equal(sim_strstatus(SIM_ECRYPTO), "SIM_ECRYPTO");
    assert_string_equal(sim_strstatus(SIM_ECONFLICT), "SIM_ECONFLICT");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_every_outcome),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
