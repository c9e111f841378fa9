/* SPDX-License-Identifier: BSD-2-Clause */
#include "progress.h"
#include "testing.h"

#include <stdlib.h>
#include <string.h>

enum { SECOND = 1000000000 };

/* Draws twice, one interval apart or less, and returns what came out. */
static char *drawn(bool live, int64_t apart_ns)
{
    struct cfm_progress progress;
    char *text = NULL;
    size_t len = 0;
    FILE *out = tmpfile();

    assert_non_null(out);
    cfm_progress_init(&progress, out, live, SECOND);
    progress.total = 10;
    progress.done = 3;
    progress.failed = 1;
    (void)snprintf(progress.current, sizeof(progress.current), "a/b");
    cfm_progress_draw(&progress, SECOND);
    progress.done = 4;
    cfm_progress_draw(&progress, SECOND + apart_ns);
    cfm_progress_clear(&progress);
    cfm_progress_clear(&progress);
    len = (size_t)ftell(out);
    rewind(out);
    text = calloc(1, len + 1);
    assert_non_null(text);
    assert_int_equal(fread(text, 1, len, out), len);
    assert_int_equal(fclose(out), 0);
    return text;
}

static void draws_one_line_over_and_over(void **state)
{
    char *text = drawn(true, 2 * (int64_t)SECOND);

    (void)state;
    assert_string_equal(text, "\r\033[K3/10 checks, 1 failed, 0.0 s  a/b"
                              "\r\033[K4/10 checks, 1 failed, 2.0 s  a/b"
                              "\r\033[K");
    free(text);
}

static void does_not_draw_all_the_time(void **state)
{
    char *text = drawn(true, 1000);

    (void)state;
    assert_null(strstr(text, "4/10"));
    free(text);
}

static void is_silent_where_there_is_no_terminal(void **state)
{
    char *text = drawn(false, 2 * (int64_t)SECOND);

    (void)state;
    assert_string_equal(text, "");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(draws_one_line_over_and_over),
        cmocka_unit_test(does_not_draw_all_the_time),
        cmocka_unit_test(is_silent_where_there_is_no_terminal),
    };

    return cmocka_run_group_tests_name("conformance.progress", tests, NULL,
                                       NULL);
}
