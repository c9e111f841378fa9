/* SPDX-License-Identifier: BSD-2-Clause */
#include "cursor.h"
#include "testing.h"

#include <string.h>

static void reads_numbers_in_network_order(void **state)
{
    static const uint8_t data[] = { 1, 2, 3, 4, 5, 6, 7 };
    struct caa_cursor cursor = caa_cursor_init(data, sizeof(data));
    uint8_t u8 = 0;
    uint16_t u16 = 0;
    uint32_t u32 = 0;

    (void)state;
    assert_int_equal(caa_cursor_u8(&cursor, &u8), CAA_OK);
    assert_int_equal(caa_cursor_u16(&cursor, &u16), CAA_OK);
    assert_int_equal(caa_cursor_u32(&cursor, &u32), CAA_OK);
    assert_int_equal(u8, 1);
    assert_int_equal(u16, 0x0203);
    assert_int_equal(u32, 0x04050607);
    assert_int_equal(caa_cursor_left(&cursor), 0);
}

static void a_read_past_the_end_changes_nothing(void **state)
{
    static const uint8_t data[] = { 9 };
    struct caa_cursor cursor = caa_cursor_init(data, sizeof(data));
    uint16_t u16 = 77;
    struct caa_octets octets = { .data = NULL, .length = 77 };

    (void)state;
    assert_int_equal(caa_cursor_u16(&cursor, &u16), CAA_EFORMAT);
    assert_int_equal(caa_cursor_octets(&cursor, 2, &octets), CAA_EFORMAT);
    assert_int_equal(u16, 77);
    assert_int_equal(octets.length, 77);
    assert_int_equal(caa_cursor_left(&cursor), 1);
}

static void reads_from_nothing_at_all(void **state)
{
    struct caa_cursor cursor = caa_cursor_init(NULL, 0);
    struct caa_octets octets = { .data = NULL, .length = 1 };
    uint8_t u8 = 0;

    (void)state;
    assert_int_equal(caa_cursor_u8(&cursor, &u8), CAA_EFORMAT);
    assert_int_equal(caa_cursor_octets(&cursor, 0, &octets), CAA_OK);
    assert_int_equal(octets.length, 0);
}

static void reads_a_compressed_name_and_goes_on_behind_it(void **state)
{
    static const uint8_t data[] = { 1, 'B', 0, 1, 'a', 0xC0, 0, 0x55 };
    struct caa_cursor cursor = caa_cursor_init(data, sizeof(data));
    struct caa_name name;
    uint8_t u8 = 0;

    (void)state;
    cursor.at = 3;
    assert_int_equal(caa_cursor_name(&cursor, &name), CAA_OK);
    assert_memory_equal(name.wire, "\001a\001b", 5);
    assert_int_equal(name.length, 5);
    assert_int_equal(caa_cursor_u8(&cursor, &u8), CAA_OK);
    assert_int_equal(u8, 0x55);
}

static void assert_no_name(const uint8_t *data, size_t length, size_t at)
{
    struct caa_cursor cursor = caa_cursor_init(data, length);
    struct caa_name name = { .length = 42 };

    cursor.at = at;
    assert_int_equal(caa_cursor_name(&cursor, &name), CAA_EFORMAT);
    assert_int_equal(cursor.at, at);
    assert_int_equal(name.length, 42);
}

static void rejects_pointers_that_do_not_point_back(void **state)
{
    static const uint8_t self[] = { 0xC0, 0 };
    static const uint8_t forward[] = { 0xC0, 2, 0 };
    static const uint8_t loop[] = { 1, 'a', 0xC0, 0, 0xC0, 2 };
    static const uint8_t past_end[] = { 0, 0xFF, 0xFF };

    (void)state;
    assert_no_name(self, sizeof(self), 0);
    assert_no_name(forward, sizeof(forward), 0);
    assert_no_name(loop, sizeof(loop), 4);
    assert_no_name(past_end, sizeof(past_end), 1);
}

static void rejects_names_that_are_cut(void **state)
{
    static const uint8_t label[] = { 5, 'a', 'b' };
    static const uint8_t no_root[] = { 1, 'a' };
    static const uint8_t half_pointer[] = { 0, 0xC0 };

    (void)state;
    assert_no_name(label, sizeof(label), 0);
    assert_no_name(no_root, sizeof(no_root), 0);
    assert_no_name(half_pointer, sizeof(half_pointer), 1);
    assert_no_name(half_pointer, 0, 0);
}

static void rejects_reserved_label_types(void **state)
{
    static const uint8_t bitstring[] = { 0x41, 0x01, 0 };
    static const uint8_t reserved[] = { 0x80, 0 };

    (void)state;
    assert_no_name(bitstring, sizeof(bitstring), 0);
    assert_no_name(reserved, sizeof(reserved), 0);
}

static void rejects_a_name_of_256_octets(void **state)
{
    uint8_t data[260];

    (void)state;
    memset(data, 'a', sizeof(data));
    for (size_t at = 0; at < 256; at += 64) {
        data[at] = 63;
    }
    data[256] = 0;
    assert_no_name(data, sizeof(data), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_numbers_in_network_order),
        cmocka_unit_test(a_read_past_the_end_changes_nothing),
        cmocka_unit_test(reads_from_nothing_at_all),
        cmocka_unit_test(reads_a_compressed_name_and_goes_on_behind_it),
        cmocka_unit_test(rejects_pointers_that_do_not_point_back),
        cmocka_unit_test(rejects_names_that_are_cut),
        cmocka_unit_test(rejects_reserved_label_types),
        cmocka_unit_test(rejects_a_name_of_256_octets),
    };

    return cmocka_run_group_tests_name("checker.cursor", tests, NULL, NULL);
}
