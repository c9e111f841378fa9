/* SPDX-License-Identifier: BSD-2-Clause */
#include "random.h"
#include "testing.h"

#include <string.h>

static const struct sim_random_label base_label = { .seed = 7,
                                                    .purpose = "test",
                                                    .subject =
                                                        (const uint8_t *)"x",
                                                    .subject_len = 1 };

static void repeats_for_the_same_label(void **state)
{
    uint8_t a[100];
    uint8_t b[100];

    (void)state;
    assert_int_equal(sim_random(&base_label, a, sizeof(a)), SIM_OK);
    assert_int_equal(sim_random(&base_label, b, sizeof(b)), SIM_OK);
    assert_memory_equal(a, b, sizeof(a));
    assert_memory_not_equal(a, a + 32, 32);
}

static void shorter_draws_are_prefixes(void **state)
{
    uint8_t a[100];
    uint8_t b[33];

    (void)state;
    assert_int_equal(sim_random(&base_label, a, sizeof(a)), SIM_OK);
    assert_int_equal(sim_random(&base_label, b, sizeof(b)), SIM_OK);
    assert_memory_equal(a, b, sizeof(b));
}

static void every_part_of_the_label_counts(void **state)
{
    struct sim_random_label labels[5] = { base_label, base_label, base_label,
                                          base_label, base_label };
    uint8_t drawn[5][16];

    (void)state;
    labels[1].seed = 8;
    labels[2].purpose = "tes";
    labels[3].subject = (const uint8_t *)"y";
    labels[4].counter = 1;
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(sim_random(&labels[i], drawn[i], 16), SIM_OK);
        for (size_t k = 0; k < i; k++) {
            assert_memory_not_equal(drawn[i], drawn[k], 16);
        }
    }
}

static void refuses_more_than_it_can_give(void **state)
{
    static uint8_t out[SIM_RANDOM_MAX + 1];
    static const uint8_t subject[1000];
    struct sim_random_label label = base_label;

    (void)state;
    assert_int_equal(sim_random(&base_label, out, SIM_RANDOM_MAX), SIM_OK);
    assert_int_equal(sim_random(&base_label, out, sizeof(out)), SIM_ECRYPTO);
    label.subject = subject;
    label.subject_len = sizeof(subject);
    assert_int_equal(sim_random(&label, out, 1), SIM_ECRYPTO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(repeats_for_the_same_label),
        cmocka_unit_test(shorter_draws_are_prefixes),
        cmocka_unit_test(every_part_of_the_label_counts),
        cmocka_unit_test(refuses_more_than_it_can_give),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
