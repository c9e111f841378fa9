/* SPDX-License-Identifier: BSD-2-Clause */
#include "bitmap.h"
#include "testing.h"

#include <string.h>

/* The example of RFC 4034 section 4.3: A MX RRSIG NSEC TYPE1234. */
static void matches_the_example_of_rfc_4034(void **state)
{
    static const uint8_t expected[] = {
        0x00, 0x06, 0x40, 0x01, 0x00, 0x00, 0x00, 0x03, 0x04, 0x1b, 0,   0, 0,
        0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,   0, 0,
        0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0x20
    };
    static const uint16_t types[] = { 1234, 47, 1, 46, 15 };
    struct sim_type_set set = { .count = 0 };
    struct sim_type_set again;
    uint8_t out[SIM_BITMAP_MAX];

    (void)state;
    for (size_t i = 0; i < 5; i++) {
        sim_type_set_add(&set, types[i]);
        sim_type_set_add(&set, types[i]);
    }
    assert_int_equal(set.count, 5);
    assert_int_equal(sim_bitmap_write(&set, out), sizeof(expected));
    assert_memory_equal(out, expected, sizeof(expected));
    sim_bitmap_read(out, sizeof(expected), &again);
    assert_int_equal(again.count, 5);
    assert_memory_equal(again.types, set.types, 5 * sizeof(uint16_t));
}

static void toggles_a_type(void **state)
{
    struct sim_type_set set = { .count = 0 };

    (void)state;
    sim_type_set_toggle(&set, 257);
    sim_type_set_toggle(&set, 1);
    assert_true(sim_type_set_has(&set, 257));
    sim_type_set_toggle(&set, 1);
    assert_false(sim_type_set_has(&set, 1));
    assert_int_equal(set.count, 1);
}

static void leaves_out_what_does_not_fit(void **state)
{
    struct sim_type_set set = { .count = 0 };

    (void)state;
    for (uint16_t type = 1; type <= 100; type++) {
        sim_type_set_add(&set, type);
    }
    assert_int_equal(set.count, SIM_BITMAP_TYPES_MAX);
    assert_false(sim_type_set_has(&set, 100));
}

static void stops_at_a_block_that_is_cut(void **state)
{
    static const uint8_t cut[] = { 0, 1, 0x40, 1, 9, 0x80 };
    struct sim_type_set set;

    (void)state;
    sim_bitmap_read(cut, sizeof(cut), &set);
    assert_int_equal(set.count, 1);
    assert_int_equal(set.types[0], 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matches_the_example_of_rfc_4034),
        cmocka_unit_test(toggles_a_type),
        cmocka_unit_test(leaves_out_what_does_not_fit),
        cmocka_unit_test(stops_at_a_block_that_is_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
