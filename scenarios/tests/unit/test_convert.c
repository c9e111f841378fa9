/* SPDX-License-Identifier: BSD-2-Clause */
#include "convert.h"
#include "testing.h"

#include <scenario/catalogue.h>

#include <string.h>

static void reads_decimal_numbers_only(void **state)
{
    static const char *const bad[] = { "",    "01",         "+1",
                                       "-1",  "1 ",         "0x1",
                                       "1.0", "4294967296", "99999999999" };
    uint32_t number = 7;

    (void)state;
    assert_true(scn_number_from_text("0", 1, 10, &number));
    assert_int_equal(number, 0);
    assert_true(scn_number_from_text("4294967295", 10, UINT32_MAX, &number));
    assert_int_equal(number, UINT32_MAX);
    assert_false(scn_number_from_text("11", 2, 10, &number));
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_false(
            scn_number_from_text(bad[i], strlen(bad[i]), UINT32_MAX, &number));
    }
    assert_int_equal(number, UINT32_MAX);
}

static void knows_ids(void **state)
{
    static const char *const good[] = { "a", "a-b", "tls-1", "x9" };
    static const char *const bad[] = { "",   "A",    "1a",    "a-",
                                       "-a", "a--b", "a_b",   "yes",
                                       "no", "on",   "off",   "y",
                                       "n",  "true", "false", "null" };
    char text[65];

    (void)state;
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        assert_true(scn_is_id(good[i], strlen(good[i])));
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_false(scn_is_id(bad[i], strlen(bad[i])));
    }
    memset(text, 'a', sizeof(text));
    assert_true(scn_is_id(text, 63));
    assert_false(scn_is_id(text, 64));
}

static void knows_special_use_names(void **state)
{
    static const char *const special[] = { "test",     "local", "invalid",
                                           "onion",    "arpa",  "example",
                                           "localhost" };

    (void)state;
    for (size_t i = 0; i < sizeof(special) / sizeof(special[0]); i++) {
        assert_true(scn_is_special_use(special[i], strlen(special[i])));
    }
    assert_false(scn_is_special_use("tests", 5));
    assert_false(scn_is_special_use("", 0));
}

static void knows_deviations(void **state)
{
    (void)state;
    assert_true(scn_is_deviation("A1"));
    assert_true(scn_is_deviation("E23"));
    assert_false(scn_is_deviation("A"));
    assert_false(scn_is_deviation("a1"));
    assert_false(scn_is_deviation("A01"));
    assert_false(scn_is_deviation("A1b"));
    assert_false(scn_is_deviation("A1000"));
    assert_false(scn_is_deviation(""));
}

static void reads_types_by_mnemonic_and_number(void **state)
{
    static const char *const bad[] = {
        "",     "caa",       "ANY",    "TYPE0", "TYPE",
        "NOPE", "TYPE65536", "TYPE01", "A B",   "ABCDEFGHIJKLMNOPQ"
    };
    uint32_t type = 0;

    (void)state;
    assert_true(scn_type_from_text("CAA", &type));
    assert_int_equal(type, 257);
    assert_true(scn_type_from_text("TYPE65280", &type));
    assert_int_equal(type, 65280);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_false(scn_type_from_text(bad[i], &type));
    }
}

static void reads_hexadecimal_octets(void **state)
{
    uint8_t octets[4];

    (void)state;
    assert_true(scn_hex_from_text("00aFBe", 6, octets));
    assert_memory_equal(octets, "\x00\xaf\xbe", 3);
    assert_false(scn_hex_from_text("0", 1, octets));
    assert_false(scn_hex_from_text("0g", 2, octets));
    assert_false(scn_hex_from_text("g0", 2, octets));
    assert_true(scn_hex_from_text("", 0, octets));
}

static void reads_days_of_the_calendar(void **state)
{
    static const char *const bad[] = { "2025-02-29", "1900-02-29", "2025-13-01",
                                       "2025-00-01", "2025-01-32", "2025-04-31",
                                       "2025-01-00", "1969-12-31", "2025-1-1",
                                       "2025/01/01", "20250101",   "2025-01-0a",
                                       "2025-01-011" };
    uint32_t date = 0;

    (void)state;
    assert_true(scn_date_from_text("2026-03-15", &date));
    assert_int_equal(date, 20260315);
    assert_true(scn_date_from_text("2024-02-29", &date));
    assert_true(scn_date_from_text("2000-02-29", &date));
    assert_int_equal(date, 20000229);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_false(scn_date_from_text(bad[i], &date));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_decimal_numbers_only),
        cmocka_unit_test(knows_ids),
        cmocka_unit_test(knows_special_use_names),
        cmocka_unit_test(knows_deviations),
        cmocka_unit_test(reads_types_by_mnemonic_and_number),
        cmocka_unit_test(reads_hexadecimal_octets),
        cmocka_unit_test(reads_days_of_the_calendar),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
