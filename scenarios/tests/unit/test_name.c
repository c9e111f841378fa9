/* SPDX-License-Identifier: BSD-2-Clause */
#include "testing.h"

#include <scenario/name.h>

#include <string.h>

static bool read_name(const char *text, const uint8_t *origin, uint8_t *out)
{
    return scn_name_from_text(text, strlen(text), origin, out);
}

static void reads_and_writes_names(void **state)
{
    static const char *const texts[] = {
        ".",         "example", "www.example", "*.a.b",
        "a\\.b.c",   "a\\032b", "\\000\\255",  "\\\"\\;\\(\\)\\@\\$\\\\",
        "_sip._tcp",
    };
    uint8_t name[SCN_NAME_MAX];
    char text[SCN_NAME_TEXT_MAX];

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        assert_true(read_name(texts[i], NULL, name));
        scn_name_to_text(name, text);
        assert_string_equal(text, texts[i]);
    }
}

static void hangs_relative_names_below_the_origin(void **state)
{
    static const uint8_t apex[] = "\4apex";
    uint8_t name[SCN_NAME_MAX];

    (void)state;
    assert_true(read_name("www", apex, name));
    assert_memory_equal(name, "\3www\4apex", 10);
    assert_true(read_name("www.", apex, name));
    assert_memory_equal(name, "\3www", 5);
    assert_true(read_name("@", apex, name));
    assert_memory_equal(name, "\4apex", 6);
    assert_true(read_name(".", apex, name));
    assert_memory_equal(name, "", 1);
    assert_true(read_name("\\@", apex, name));
    assert_memory_equal(name, "\1@\4apex", 8);
}

static void keeps_the_origin_when_both_are_one_buffer(void **state)
{
    uint8_t name[SCN_NAME_MAX] = "\4apex";

    (void)state;
    assert_true(read_name("@", name, name));
    assert_memory_equal(name, "\4apex", 6);
}

static void refuses_what_is_no_name(void **state)
{
    static const char *const texts[] = { "",      "..",     ".a",
                                         "a..b",  "a\\",    "a\\1",
                                         "a\\12", "a\\256", "a\\1x2" };
    uint8_t name[SCN_NAME_MAX];

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        assert_false(read_name(texts[i], NULL, name));
    }
}

/* count labels of 63 octets and one of last octets, dots between. */
static size_t long_text(char *text, size_t count, size_t last)
{
    size_t len = 0;

    for (size_t i = 0; i <= count; i++) {
        size_t label = i < count ? 63 : last;
        memset(text + len, 'a', label);
        len += label;
        text[len++] = '.';
    }
    return len - 1;
}

static void refuses_long_labels_and_names(void **state)
{
    static const uint8_t apex[] = "\1z";
    char text[512];
    uint8_t name[SCN_NAME_MAX];

    (void)state;
    memset(text, 'a', 64);
    assert_true(scn_name_from_text(text, 63, NULL, name));
    assert_false(scn_name_from_text(text, 64, NULL, name));
    size_t len = long_text(text, 3, 61);
    assert_true(scn_name_from_text(text, len, NULL, name));
    assert_int_equal(scn_name_length(name), 255);
    assert_false(scn_name_from_text(text, len, apex, name));
    assert_true(scn_name_from_text(text, len + 1, apex, name)); /* a dot */
    len = long_text(text, 3, 62);
    assert_false(scn_name_from_text(text, len, NULL, name));
    assert_false(scn_name_from_text(text, len + 1, NULL, name));
    len = long_text(text, 3, 63);
    assert_false(scn_name_from_text(text, len, NULL, name));
}

static void measures_names(void **state)
{
    static const uint8_t name[] = "\3www\4apex";

    (void)state;
    assert_int_equal(scn_name_length(name), 10);
    assert_int_equal(scn_name_length(name + 9), 1);
    assert_int_equal(scn_name_labels(name), 2);
    assert_int_equal(scn_name_labels(name + 9), 0);
    assert_ptr_equal(scn_name_parent(name), name + 4);
    assert_ptr_equal(scn_name_parent(name + 9), name + 9);
}

static void compares_without_case(void **state)
{
    static const uint8_t name[] = "\3wWw\4Apex";
    uint8_t low[] = "\3wWw\4Apex";

    (void)state;
    scn_name_lower(low);
    assert_memory_equal(low, "\3www\4apex", 10);
    assert_true(scn_name_equal(name, low));
    assert_false(scn_name_equal(name, low + 4));
    assert_false(scn_name_equal(name, (const uint8_t *)"\3wWv\4Apex"));
    assert_true(scn_name_is_under(name, low));
    assert_true(scn_name_is_under(name, low + 4));
    assert_true(scn_name_is_under(name, low + 9));
    assert_false(scn_name_is_under(low + 4, name));
    assert_false(scn_name_is_under((const uint8_t *)"\3www\5xapex", low + 4));
}

/* The list of RFC 4034 section 6.1. */
static void sorts_canonically(void **state)
{
    static const char *const sorted[] = {
        "example",         "a.example",      "yljkjljk.a.example",
        "Z.a.example",     "zABC.a.EXAMPLE", "z.example",
        "\\001.z.example", "*.z.example",    "\\200.z.example",
    };
    uint8_t a[SCN_NAME_MAX];
    uint8_t b[SCN_NAME_MAX];
    const size_t count = sizeof(sorted) / sizeof(sorted[0]);

    (void)state;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < count; k++) {
            assert_true(read_name(sorted[i], NULL, a));
            assert_true(read_name(sorted[k], NULL, b));
            int order = scn_name_compare(a, b);
            assert_int_equal((order > 0) - (order < 0), (i > k) - (i < k));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_and_writes_names),
        cmocka_unit_test(hangs_relative_names_below_the_origin),
        cmocka_unit_test(keeps_the_origin_when_both_are_one_buffer),
        cmocka_unit_test(refuses_what_is_no_name),
        cmocka_unit_test(refuses_long_labels_and_names),
        cmocka_unit_test(measures_names),
        cmocka_unit_test(compares_without_case),
        cmocka_unit_test(sorts_canonically),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
