/* SPDX-License-Identifier: BSD-2-Clause */
#include "testing.h"
#include "told.h"

#include <stdlib.h>
#include <string.h>

static struct cfm_told read_line(const char *line)
{
    struct cfm_told told;
    cfm_told_read(line, strlen(line), &told);
    return told;
}

static void assert_nothing_told(const char *line)
{
    struct cfm_told told = read_line(line);
    assert_int_equal(told.reason, SCN_REASON_NONE);
    assert_null(told.found_at);
    assert_int_equal(told.refused_name_count, 0);
    cfm_told_fini(&told);
}

static void reads_reason_place_and_refused_names(void **state)
{
    (void)state;
    struct cfm_told told =
        read_line("{\"reason\":\"lookup-failed\",\"found-at\":\"x.agency\","
                  "\"refused-names\":[\"a.b\",\"c.d\"]}");
    assert_int_equal(told.reason, SCN_LOOKUP_FAILED);
    assert_string_equal(told.found_at, "x.agency");
    assert_int_equal(told.refused_name_count, 2);
    assert_string_equal(told.refused_names[0], "a.b");
    assert_string_equal(told.refused_names[1], "c.d");
    cfm_told_fini(&told);
}

static void reads_keys_written_with_an_underscore(void **state)
{
    (void)state;
    struct cfm_told told =
        read_line("{\"found_at\":\"x\",\"refused_names\":[\"a\"]}");
    assert_string_equal(told.found_at, "x");
    assert_int_equal(told.refused_name_count, 1);
    cfm_told_fini(&told);
}

static void takes_what_it_does_not_know_as_not_told(void **state)
{
    (void)state;
    assert_nothing_told("{\"reason\":\"bad mood\",\"verdict\":\"refuse\"}");
    assert_nothing_told("{\"reason\":7,\"found-at\":[],"
                        "\"refused-names\":\"a.b\"}");
    assert_nothing_told("{\"found-at\":\"\",\"refused-names\":[]}");
}

static void takes_what_is_no_json_object_as_not_told(void **state)
{
    (void)state;
    assert_nothing_told("");
    assert_nothing_told("{");
    assert_nothing_told("[\"reason\"]");
    assert_nothing_told("{\"reason\":\"lookup-failed\"} and more");
    assert_nothing_told("{\"reason\":\"\\ud800\"}");
}

static void leaves_out_refused_names_that_are_no_strings(void **state)
{
    (void)state;
    struct cfm_told told =
        read_line("{\"refused-names\":[1,\"a.b\",null,\"c.d\"]}");
    assert_int_equal(told.refused_name_count, 2);
    assert_string_equal(told.refused_names[1], "c.d");
    cfm_told_fini(&told);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_reason_place_and_refused_names),
        cmocka_unit_test(reads_keys_written_with_an_underscore),
        cmocka_unit_test(takes_what_it_does_not_know_as_not_told),
        cmocka_unit_test(takes_what_is_no_json_object_as_not_told),
        cmocka_unit_test(leaves_out_refused_names_that_are_no_strings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
