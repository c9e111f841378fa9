/* SPDX-License-Identifier: BSD-2-Clause */
#include "deviation.h"
#include "testing.h"

#include <string.h>

static void one_deviation_is_on_at_a_time(void **state)
{
    (void)state;
    assert_false(caa_deviates("X1"));
    assert_int_equal(caa_deviation_select("X1"), CAA_OK);
    assert_true(caa_deviates("X1"));
    assert_int_equal(caa_deviation_select("X2"), CAA_OK);
    assert_false(caa_deviates("X1"));
    assert_true(CAA_DEVIATES(X2));
    assert_int_equal(caa_deviation_select("X"), CAA_EFORMAT);
    assert_true(caa_deviates("X2"));
}

static void no_two_deviations_share_an_id(void **state)
{
    size_t count = 0;
    const struct caa_deviation *table = caa_deviation_table(&count);

    (void)state;
    assert_true(count > 10);
    for (size_t i = 0; i < count; i++) {
        assert_true(strlen(table[i].what) > 0);
        for (size_t j = 0; j < i; j++) {
            assert_string_not_equal(table[i].id, table[j].id);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_deviation_is_on_at_a_time),
        cmocka_unit_test(no_two_deviations_share_an_id),
    };

    return cmocka_run_group_tests_name("checker.deviation", tests, NULL, NULL);
}
