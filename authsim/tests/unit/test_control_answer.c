/* SPDX-License-Identifier: BSD-2-Clause */
#include "control_answer.h"
#include "testing.h"

#include <stdlib.h>
#include <string.h>

static void says_json_in_one_line(void **state)
{
    struct control_answer answer = { 0 };

    (void)state;
    control_answer_json(&answer, 201, json_pack("{s:i}", "a", 1));
    assert_int_equal(answer.status, 201);
    assert_string_equal(answer.type, "application/json");
    assert_string_equal(answer.body, "{\"a\":1}\n");
    assert_int_equal(answer.body_len, 8);
    control_answer_fini(&answer);
    assert_null(answer.body);
}

static void says_nothing(void **state)
{
    struct control_answer answer = { 0 };

    (void)state;
    control_answer_json(&answer, 200, json_object());
    control_answer_empty(&answer, 204);
    assert_int_equal(answer.status, 204);
    assert_null(answer.type);
    assert_null(answer.body);
}

static void says_text(void **state)
{
    struct control_answer answer = { 0 };

    (void)state;
    control_answer_text(&answer, "text/plain", strdup("abc"));
    assert_int_equal(answer.status, 200);
    assert_string_equal(answer.type, "text/plain");
    assert_int_equal(answer.body_len, 3);
    control_answer_fini(&answer);
}

static void lacks_memory_plainly(void **state)
{
    struct control_answer answer = { 0 };

    (void)state;
    control_answer_json(&answer, 200, NULL);
    assert_int_equal(answer.status, 500);
    assert_null(answer.type);
    assert_string_equal(control_reason(500), "Internal Server Error");
}

static void says_a_problem(void **state)
{
    struct control_answer answer = { 0 };

    (void)state;
    control_answer_json(&answer, 200, json_object());
    assert_false(control_problem(&answer, 404, "no '%s'", "a\n\xff\"b"));
    assert_int_equal(answer.status, 404);
    assert_string_equal(answer.type, "application/problem+json");
    assert_string_equal(answer.body,
                        "{\"type\":\"about:blank\",\"title\":\"Not Found\","
                        "\"status\":404,\"detail\":\"no 'a?\?\\\"b'\"}\n");
    control_answer_fini(&answer);
}

static void cuts_a_long_problem(void **state)
{
    struct control_answer answer = { 0 };
    char text[5000];

    (void)state;
    memset(text, 'x', sizeof(text));
    text[sizeof(text) - 1] = '\0';
    (void)control_problem(&answer, 400, "%s", text);
    assert_int_equal(answer.status, 400);
    assert_true(answer.body_len < 1200);
    control_answer_fini(&answer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_json_in_one_line),
        cmocka_unit_test(says_nothing),
        cmocka_unit_test(says_text),
        cmocka_unit_test(lacks_memory_plainly),
        cmocka_unit_test(says_a_problem),
        cmocka_unit_test(cuts_a_long_problem),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
