/* SPDX-License-Identifier: BSD-2-Clause */
#include "child.h"
#include "testing.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/wait.h>

static const struct child_place places[] = {
    { "{one}", "TEST_ONE", "/first" },
    { "{two}", "TEST_TWO", "/second" },
};

static void expect(const char *text, const char *expected)
{
    char *got = child_substitute(text, places, 2);

    assert_non_null(got);
    assert_string_equal(got, expected);
    free(got);
}

static void placeholders_become_values(void **state)
{
    (void)state;
    expect("", "");
    expect("plain", "plain");
    expect("{one}", "/first");
    expect("--a={one},{two}{one}", "--a=/first,/second/first");
    expect("{three} {one {on}e}", "{three} {one {on}e}");
}

static void what_follows_a_dollar_is_the_shell_s(void **state)
{
    (void)state;
    expect("${one}", "${one}");
    expect("$ {one}", "$ /first");
    expect("${two}{two}", "${two}/second");
}

static int run(const char *const *words)
{
    /* execvp() wants them writable, and does not write. */
    union {
        const char *const *in;
        char *const *out;
    } const view = { .in = words };
    const struct child child = { .words = view.out,
                                 .places = places,
                                 .place_count = 2,
                                 .interrupt = { .sa_handler = SIG_DFL } };
    pid_t pid = -1;
    int status = 0;

    if (child_start(&child, &pid) != SIM_OK) {
        return -errno;
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return child_exit_status(status);
}

static void runs_with_arguments_and_environment(void **state)
{
    const char *const words[] = {
        "sh", "-c",    "test \"$1\" = \"$TEST_TWO\" && test \"$1\" = /second",
        "sh", "{two}", NULL
    };

    (void)state;
    assert_int_equal(run(words), 0);
}

static void tells_how_it_ended(void **state)
{
    const char *const seven[] = { "sh", "-c", "exit 7", NULL };
    const char *const killed[] = { "sh", "-c", "kill -TERM $$", NULL };

    (void)state;
    assert_int_equal(run(seven), 7);
    assert_int_equal(run(killed), 128 + SIGTERM);
}

static void tells_why_it_cannot_be_run(void **state)
{
    const char *const missing[] = { "./no-such-file", NULL };
    const char *const directory[] = { "/", NULL };

    (void)state;
    assert_int_equal(run(missing), -ENOENT);
    assert_int_equal(run(directory), -EACCES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(placeholders_become_values),
        cmocka_unit_test(what_follows_a_dollar_is_the_shell_s),
        cmocka_unit_test(runs_with_arguments_and_environment),
        cmocka_unit_test(tells_how_it_ended),
        cmocka_unit_test(tells_why_it_cannot_be_run),
    };

    return cmocka_run_group_tests_name("authsim.child", tests, NULL, NULL);
}
