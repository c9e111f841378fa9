/* SPDX-License-Identifier: BSD-2-Clause */
#include "testing.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

static void grows_as_text_is_added(void **state)
{
    struct cfm_text text = { 0 };

    (void)state;
    for (int i = 0; i < 100; i++) {
        cfm_text_addf(&text, "%d,", i);
    }
    cfm_text_add(&text, "end");
    assert_int_equal(text.len, strlen(text.data));
    char *taken = cfm_text_take(&text);
    assert_memory_equal(taken, "0,1,2,3,", 8);
    assert_string_equal(taken + strlen(taken) - 6, "99,end");
    assert_null(text.data);
    free(taken);
}

static void takes_an_empty_string_when_nothing_was_added(void **state)
{
    struct cfm_text text = { 0 };
    char *taken = cfm_text_take(&text);

    (void)state;
    assert_string_equal(taken, "");
    free(taken);
}

static void keeps_null_when_it_copies(void **state)
{
    char *copy = cfm_text_copy("x");

    (void)state;
    assert_string_equal(copy, "x");
    free(copy);
    assert_null(cfm_text_copy(NULL));
    assert_null(cfm_text_clean(NULL, 10));
}

static void expect_clean(const char *text, size_t max, const char *wanted)
{
    char *clean = cfm_text_clean(text, max);

    assert_string_equal(clean, wanted);
    free(clean);
}

#define BAD "\xEF\xBF\xBD"

static void keeps_well_formed_text(void **state)
{
    (void)state;
    expect_clean("plain\n\ttext", 100, "plain\n\ttext");
    expect_clean("\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80", 100,
                 "\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80");
}

static void replaces_what_a_terminal_json_or_xml_cannot_hold(void **state)
{
    (void)state;
    expect_clean("a\x1B[31mb\rc\x7F", 100, "a" BAD "[31mb" BAD "c" BAD);
    expect_clean("\xFF\xFE", 100, BAD BAD);
    expect_clean("\xC3", 100, BAD);
    expect_clean("\xC0\x80", 100, BAD BAD);         /* overlong */
    expect_clean("\xE0\x80\x80", 100, BAD BAD BAD); /* overlong */
    expect_clean("\xED\xA0\x80", 100, BAD BAD BAD); /* surrogate */
    expect_clean("\xF0\x80\x80\x80", 100, BAD BAD BAD BAD);
    expect_clean("\xF4\x90\x80\x80", 100, BAD BAD BAD BAD);
    expect_clean("\xC2\x9B", 100, BAD);     /* C1 control */
    expect_clean("\xEF\xBF\xBF", 100, BAD); /* U+FFFF */
    expect_clean("\xE2\x82", 100, BAD BAD);
}

static void cuts_between_characters(void **state)
{
    (void)state;
    expect_clean("abcdef", 3, "abc");
    expect_clean("ab\xE2\x82\xAC", 4, "ab");
    expect_clean("ab\xFF", 4, "ab");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grows_as_text_is_added),
        cmocka_unit_test(takes_an_empty_string_when_nothing_was_added),
        cmocka_unit_test(keeps_null_when_it_copies),
        cmocka_unit_test(keeps_well_formed_text),
        cmocka_unit_test(replaces_what_a_terminal_json_or_xml_cannot_hold),
        cmocka_unit_test(cuts_between_characters),
    };

    return cmocka_run_group_tests_name("conformance.text", tests, NULL, NULL);
}
