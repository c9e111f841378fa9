/* SPDX-License-Identifier: BSD-2-Clause */
#include "control_guard.h"
#include "testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char token[] = "0123456789abcdef";

static unsigned status_of(const char *wanted, const char *authorization,
                          const char *origin)
{
    struct control_answer answer = { 0 };
    const bool in = control_guard(wanted, authorization, origin, &answer);
    const unsigned status = answer.status;

    assert_int_equal(in, status == 0);
    control_answer_fini(&answer);
    return status;
}

static void lets_in_who_has_the_token(void **state)
{
    (void)state;
    assert_int_equal(status_of(NULL, NULL, NULL), 0);
    assert_int_equal(status_of(token, "Bearer 0123456789abcdef", NULL), 0);
    assert_int_equal(status_of(token, "bearer 0123456789abcdef", NULL), 0);
}

static void keeps_out_who_has_not(void **state)
{
    (void)state;
    assert_int_equal(status_of(token, NULL, NULL), 401);
    assert_int_equal(status_of(token, "", NULL), 401);
    assert_int_equal(status_of(token, token, NULL), 401);
    assert_int_equal(status_of(token, "Bearer ", NULL), 401);
    assert_int_equal(status_of(token, "Bearer 0123456789abcdeF", NULL), 401);
    assert_int_equal(status_of(token, "Bearer 0123456789abcdef0", NULL), 401);
    assert_int_equal(status_of(token, "Basic 0123456789abcdef", NULL), 401);
}

static void keeps_out_pages_in_browsers(void **state)
{
    (void)state;
    assert_int_equal(status_of(NULL, NULL, "http://example.com"), 403);
    assert_int_equal(status_of(token, "Bearer 0123456789abcdef", "null"), 403);
}

/* What is read of a file of that text; [owned]. */
static char *read_token(const char *text, char *why)
{
    char path[] = "/tmp/token-XXXXXX";
    const int fd = mkstemp(path);
    char *read = NULL;

    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    (void)close(fd);
    read = control_token_read(path, why, 256);
    (void)unlink(path);
    return read;
}

static void reads_a_token(void **state)
{
    char why[256] = "";
    char *read = read_token("0123456789abcdef\r\nmore\n", why);

    (void)state;
    assert_string_equal(read, token);
    free(read);
    read = read_token(token, why);
    assert_string_equal(read, token);
    free(read);
}

static void refuses_what_is_no_token(void **state)
{
    char why[256] = "";
    char text[CONTROL_TOKEN_MAX + 2];

    (void)state;
    assert_null(read_token("", why));
    assert_null(read_token("\n0123456789abcdef\n", why));
    assert_null(read_token("0123456789abcde\n", why));
    assert_null(read_token("0123456789 abcdef\n", why));
    assert_null(read_token("0123456789\xc3\xa4 abcdef\n", why));
    assert_non_null(strstr(why, "16 to 512 printable"));
    memset(text, 'x', sizeof(text));
    text[CONTROL_TOKEN_MAX + 1] = '\0';
    assert_null(read_token(text, why));
    text[CONTROL_TOKEN_MAX] = '\0';
    char *longest = read_token(text, why);
    assert_non_null(longest);
    free(longest);
    assert_null(control_token_read("/none/such", why, sizeof(why)));
    assert_non_null(strstr(why, "/none/such: No such file"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lets_in_who_has_the_token),
        cmocka_unit_test(keeps_out_who_has_not),
        cmocka_unit_test(keeps_out_pages_in_browsers),
        cmocka_unit_test(reads_a_token),
        cmocka_unit_test(refuses_what_is_no_token),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
