/* SPDX-License-Identifier: BSD-2-Clause */
#include "control_query.h"
#include "testing.h"

#include <string.h>

static const char *const known[] = { "name", "type", NULL };

static bool read_query(const char *text, struct control_query *query,
                       struct control_answer *answer)
{
    const struct control_request request = { .query = text };

    return control_query_read(&request, known, query, answer);
}

static void reads_pairs(void **state)
{
    struct control_query query;
    struct control_answer answer = { 0 };

    (void)state;
    assert_true(read_query("name=a%2Fb+c%aF&type=", &query, &answer));
    assert_string_equal(control_query_get(&query, "name"), "a/b c\xaf");
    assert_string_equal(control_query_get(&query, "type"), "");
    assert_true(read_query("type=x", &query, &answer));
    assert_null(control_query_get(&query, "name"));
    assert_true(read_query(NULL, &query, &answer));
    assert_int_equal(query.count, 0);
    assert_true(read_query("", &query, &answer));
    assert_true(read_query("name=x&", &query, &answer));
    assert_int_equal(answer.status, 0);
}

static void refuses_what_is_wrong(void **state)
{
    static const struct {
        const char *text;
        const char *says;
    } wrong[] = {
        { "name", "name=value is wanted" },
        { "&name=x", "name=value is wanted" },
        { "name=%", "an escape that is none" },
        { "name=%4", "an escape that is none" },
        { "name=%4g", "an escape that is none" },
        { "name=%g4", "an escape that is none" },
        { "name=%00", "an escape that is none" },
        { "other=1", "the query names 'other'" },
        { "name=x&name=y", "gives 'name' twice" },
        { "=x", "the query names ''" },
    };
    struct control_query query;

    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct control_answer answer = { 0 };
        assert_false(read_query(wrong[i].text, &query, &answer));
        assert_int_equal(answer.status, 400);
        assert_non_null(strstr(answer.body, wrong[i].says));
        control_answer_fini(&answer);
    }
}

static void bounds_what_it_reads(void **state)
{
    char text[CONTROL_QUERY_MAX + 1] = "name=";
    struct control_query query;
    struct control_answer answer = { 0 };

    (void)state;
    memset(text + 5, 'x', sizeof(text) - 6);
    assert_false(read_query(text, &query, &answer));
    assert_non_null(strstr(answer.body, "2048 octets: at most 2047"));
    control_answer_fini(&answer);
    text[CONTROL_QUERY_MAX - 1] = '\0';
    assert_true(read_query(text, &query, &answer));
}

static void reads_numbers(void **state)
{
    unsigned long long number = 7;

    (void)state;
    assert_false(control_number_from_text("", 9, &number));
    assert_false(control_number_from_text("-1", 9, &number));
    assert_false(control_number_from_text("1x", 9, &number));
    assert_false(control_number_from_text("10", 9, &number));
    assert_false(
        control_number_from_text("99999999999999999999", UINT64_MAX, &number));
    assert_int_equal(number, 7);
    assert_true(control_number_from_text("9", 9, &number));
    assert_int_equal(number, 9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_pairs),
        cmocka_unit_test(refuses_what_is_wrong),
        cmocka_unit_test(bounds_what_it_reads),
        cmocka_unit_test(reads_numbers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
