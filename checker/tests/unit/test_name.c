/* SPDX-License-Identifier: BSD-2-Clause */
#include "testing.h"

#include <caacheck/name.h>

#include <string.h>

static struct caa_name name_of(const char *text)
{
    struct caa_name name;

    assert_int_equal(caa_name_from_text(text, &name), CAA_OK);
    return name;
}

static void assert_text(const struct caa_name *name, const char *expected)
{
    char text[CAA_NAME_TEXT_MAX];

    caa_name_to_text(name, text);
    assert_string_equal(text, expected);
}

static void reads_names_with_and_without_a_last_dot(void **state)
{
    struct caa_name plain = name_of("www.Example");
    struct caa_name dotted = name_of("WWW.example.");

    (void)state;
    assert_int_equal(plain.length, 13);
    assert_memory_equal(plain.wire, "\003www\007example", 13);
    assert_true(caa_name_equal(&plain, &dotted));
    assert_text(&plain, "www.example");
}

static void reads_the_root(void **state)
{
    struct caa_name root = name_of(".");

    (void)state;
    assert_true(caa_name_is_root(&root));
    assert_int_equal(caa_name_label_count(&root), 0);
    assert_text(&root, ".");
}

static void rejects_what_is_no_name(void **state)
{
    char label_of_64[65];
    struct caa_name name = { .length = 7 };

    (void)state;
    memset(label_of_64, 'a', 64);
    label_of_64[64] = '\0';
    const char *const bad[] = { "", "..", ".a", "a..b", "a..", label_of_64 };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_int_equal(caa_name_from_text(bad[i], &name), CAA_EFORMAT);
    }
    assert_int_equal(name.length, 7);
}

static void holds_255_octets_and_not_one_more(void **state)
{
    /* three labels of 63 and one of 61: 64 + 64 + 64 + 62 + 1 = 255 */
    char text[256];
    struct caa_name name;

    (void)state;
    memset(text, 'a', sizeof(text));
    text[63] = text[127] = text[191] = '.';
    text[253] = '\0';
    assert_int_equal(caa_name_from_text(text, &name), CAA_OK);
    assert_int_equal(name.length, 255);
    text[253] = 'a';
    text[254] = '\0';
    assert_int_equal(caa_name_from_text(text, &name), CAA_EFORMAT);
}

static void climbs_to_the_root_and_stays_there(void **state)
{
    struct caa_name name = name_of("a.b.c");

    (void)state;
    assert_int_equal(caa_name_label_count(&name), 3);
    name = caa_name_parent(&name);
    assert_text(&name, "b.c");
    name = caa_name_parent(&name);
    name = caa_name_parent(&name);
    assert_true(caa_name_is_root(&name));
    name = caa_name_parent(&name);
    assert_true(caa_name_is_root(&name));
}

static void cuts_suffixes(void **state)
{
    struct caa_name name = name_of("a.b.c");
    struct caa_name suffix = caa_name_suffix(&name, 2);

    (void)state;
    assert_text(&suffix, "b.c");
    suffix = caa_name_suffix(&name, 9);
    assert_text(&suffix, "a.b.c");
    suffix = caa_name_suffix(&name, 0);
    assert_text(&suffix, ".");
}

static void tells_names_apart(void **state)
{
    struct caa_name a = name_of("a.b");
    struct caa_name b = name_of("a.c");
    struct caa_name longer = name_of("a.b.b");

    (void)state;
    assert_false(caa_name_equal(&a, &b));
    assert_false(caa_name_equal(&a, &longer));
}

static void escapes_octets_that_are_not_plain(void **state)
{
    static const uint8_t label[] = { 'a', '.', 0, 0xFF, '\\' };
    struct caa_name name = { .length = 0 };

    (void)state;
    assert_int_equal(caa_name_append(&name, label, sizeof(label)), CAA_OK);
    assert_int_equal(caa_name_close(&name), CAA_OK);
    assert_text(&name, "a\\046\\000\\255\\092");
}

static void does_not_close_a_full_name(void **state)
{
    struct caa_name name = { .length = 255 };

    (void)state;
    assert_int_equal(caa_name_close(&name), CAA_EFORMAT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_names_with_and_without_a_last_dot),
        cmocka_unit_test(reads_the_root),
        cmocka_unit_test(rejects_what_is_no_name),
        cmocka_unit_test(holds_255_octets_and_not_one_more),
        cmocka_unit_test(climbs_to_the_root_and_stays_there),
        cmocka_unit_test(cuts_suffixes),
        cmocka_unit_test(tells_names_apart),
        cmocka_unit_test(escapes_octets_that_are_not_plain),
        cmocka_unit_test(does_not_close_a_full_name),
    };

    return cmocka_run_group_tests_name("checker.name", tests, NULL, NULL);
}
