/* SPDX-License-Identifier: BSD-2-Clause */
#include "error.h"
#include "testing.h"
#include "words.h"

#include <string.h>

static void formats_place_and_text(void **state)
{
    struct scn_error error = { .file = "a.yaml", .line = 3, .column = 7 };
    char buf[64];

    (void)state;
    (void)strncpy(error.text, "wrong", sizeof(error.text) - 1);
    scn_error_format(&error, buf, sizeof(buf));
    assert_string_equal(buf, "a.yaml:3:7: wrong");
    error.line = 0;
    scn_error_format(&error, buf, sizeof(buf));
    assert_string_equal(buf, "a.yaml: wrong");
    scn_error_format(&error, buf, 4);
    assert_string_equal(buf, "a.y");
    buf[0] = 'x';
    scn_error_format(&error, buf, 0);
    assert_int_equal(buf[0], 'x');
}

static void a_diagnostic_is_one_line(void **state)
{
    struct scn_error error;
    struct scn_at at = { 1, 2 };

    (void)state;
    assert_int_equal(scn_fail(&error, "f", at, "a%sb", "\n\x7f\x1b"),
                     SCN_EINPUT);
    assert_string_equal(error.text, "a???b");
    assert_int_equal(error.line, 1);
    assert_int_equal(error.column, 2);
    assert_int_equal(scn_fail(NULL, "f", at, "nobody listens"), SCN_EINPUT);
}

static void guesses_the_nearest_word(void **state)
{
    const struct scn_word *words = scn_words_dnssec;
    char text[64];

    (void)state;
    assert_string_equal(scn_nearest("singed", scn_word_at, words), "signed");
    assert_string_equal(scn_nearest("unsignd", scn_word_at, words), "unsigned");
    assert_null(scn_nearest("orange", scn_word_at, words));
    assert_null(scn_nearest("si", scn_word_at, words));
    memset(text, 'x', 40);
    text[40] = '\0';
    assert_null(scn_nearest(text, scn_word_at, words));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formats_place_and_text),
        cmocka_unit_test(a_diagnostic_is_one_line),
        cmocka_unit_test(guesses_the_nearest_word),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
