/* SPDX-License-Identifier: BSD-2-Clause */
#include "capture.h"
#include "testing.h"

#include <stdlib.h>
#include <string.h>

static int set_up(void **state)
{
    static struct cfm_capture capture;
    cfm_capture_init(&capture);
    *state = &capture;
    return 0;
}

static int tear_down(void **state)
{
    cfm_capture_fini(*state);
    return 0;
}

static void add(struct cfm_capture *capture, enum cfm_stream stream,
                const char *text)
{
    cfm_capture_add(capture, stream, text, strlen(text));
}

static void assert_text(const struct cfm_capture *capture, const char *expected)
{
    char *text = cfm_capture_text(capture);
    assert_non_null(text);
    assert_string_equal(text, expected);
    free(text);
}

static void keeps_the_last_json_line_of_standard_output(void **state)
{
    struct cfm_capture *capture = *state;
    add(capture, CFM_STDOUT, "hello\n{\"a\":1}\n{\"b\"");
    add(capture, CFM_STDERR, "{\"noise\":1}\n");
    add(capture, CFM_STDOUT, ":2}\nbye\n");
    cfm_capture_end(capture);
    assert_string_equal(capture->json, "{\"b\":2}");
    assert_int_equal(capture->json_len, 7);
}

static void takes_a_last_line_without_a_line_feed(void **state)
{
    struct cfm_capture *capture = *state;
    add(capture, CFM_STDOUT, "{}");
    assert_null(capture->json);
    cfm_capture_end(capture);
    assert_string_equal(capture->json, "{}");
}

static void looks_for_the_brace_only_at_the_start_of_a_line(void **state)
{
    struct cfm_capture *capture = *state;
    add(capture, CFM_STDOUT, "so: ");
    add(capture, CFM_STDOUT, "{}\n\n");
    cfm_capture_end(capture);
    assert_null(capture->json);
}

static void gives_up_a_line_that_is_too_long(void **state)
{
    struct cfm_capture *capture = *state;
    char block[4096];
    memset(block, '{', sizeof block);
    for (size_t sent = 0; sent <= CFM_CAPTURE_LINE_MAX; sent += sizeof block) {
        cfm_capture_add(capture, CFM_STDOUT, block, sizeof block);
    }
    add(capture, CFM_STDOUT, "\n{\"next\":1}\n");
    cfm_capture_end(capture);
    assert_string_equal(capture->json, "{\"next\":1}");
    assert_true(capture->line_cap <= CFM_CAPTURE_LINE_MAX);
}

static void keeps_a_json_line_with_a_nul_to_its_full_length(void **state)
{
    struct cfm_capture *capture = *state;
    cfm_capture_add(capture, CFM_STDOUT, "{\0}\n", 4);
    assert_int_equal(capture->json_len, 3);
}

static void counts_what_lies_beyond_the_cap_as_flood(void **state)
{
    struct cfm_capture *capture = *state;
    char block[65536];
    memset(block, 'y', sizeof block);
    for (int i = 0; i < 16; i++) {
        cfm_capture_add(capture, CFM_STDOUT, block, sizeof block);
    }
    assert_int_equal(cfm_capture_flood(capture), 0);
    add(capture, CFM_STDOUT, "\n{\"late\":1}\n");
    cfm_capture_end(capture);
    assert_int_equal(cfm_capture_flood(capture), 12);
    assert_null(capture->json);
}

static void keeps_the_head_of_both_streams_as_printable_text(void **state)
{
    struct cfm_capture *capture = *state;
    assert_null(cfm_capture_text(capture));
    add(capture, CFM_STDOUT, "one\n");
    add(capture, CFM_STDERR, "t\x1b[2Jwo\t\xff \n\n");
    assert_text(capture, "one\nt?[2Jwo\t?");
}

static void cuts_the_head(void **state)
{
    struct cfm_capture *capture = *state;
    char block[CFM_CAPTURE_HEAD + 1];
    memset(block, 'x', sizeof block);
    cfm_capture_add(capture, CFM_STDERR, block, sizeof block);
    char *text = cfm_capture_text(capture);
    assert_int_equal(strlen(text), CFM_CAPTURE_HEAD);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            keeps_the_last_json_line_of_standard_output, set_up, tear_down),
        cmocka_unit_test_setup_teardown(takes_a_last_line_without_a_line_feed,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            looks_for_the_brace_only_at_the_start_of_a_line, set_up, tear_down),
        cmocka_unit_test_setup_teardown(gives_up_a_line_that_is_too_long,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            keeps_a_json_line_with_a_nul_to_its_full_length, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            counts_what_lies_beyond_the_cap_as_flood, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            keeps_the_head_of_both_streams_as_printable_text, set_up,
            tear_down),
        cmocka_unit_test_setup_teardown(cuts_the_head, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
