/* SPDX-License-Identifier: BSD-2-Clause */
#include "spawn_program.h"
#include "testing.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SAID_MAX = 512 };

/* What a script says on the descriptors 1 and 2, which are one. */
static void run(const char *text, bool own_group, bool signals_blocked,
                char said[SAID_MAX])
{
    char name[] = "sh";
    char option[] = "-c";
    char *script = strdup(text);
    char *const argv[] = { name, option, script, NULL };
    int fds[2];
    pid_t pid = 0;
    int status = 0;
    size_t len = 0;
    ssize_t got = 0;
    assert_non_null(script);
    assert_int_equal(pipe(fds), 0);
    const struct cfm_spawn spawn = { .path = "/bin/sh",
                                     .argv = argv,
                                     .fd = fds[1],
                                     .places = { STDOUT_FILENO, STDERR_FILENO },
                                     .place_count = 2,
                                     .own_group = own_group,
                                     .signals_blocked = signals_blocked };
    assert_int_equal(fcntl(fds[0], F_SETFD, FD_CLOEXEC), 0);
    assert_int_equal(fcntl(fds[1], F_SETFD, FD_CLOEXEC), 0);
    assert_int_equal(cfm_spawn(&spawn, &pid), 0);
    (void)close(fds[1]);
    while ((got = read(fds[0], said + len, SAID_MAX - 1 - len)) > 0) {
        len += (size_t)got;
    }
    said[len] = '\0';
    (void)close(fds[0]);
    free(script);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void it_has_no_input_and_both_places(void **state)
{
    char said[SAID_MAX];
    (void)state;
    run("cat; echo out; echo error >&2", false, false, said);
    assert_string_equal(said, "out\nerror\n");
}

static void what_the_lab_ignores_it_does_not(void **state)
{
    char said[SAID_MAX];
    (void)state;
    assert_ptr_not_equal(signal(SIGPIPE, SIG_IGN), SIG_ERR);
    run("sh -c 'kill -PIPE $$; echo ignored'; true", false, false, said);
    assert_string_equal(said, "");
}

static void signals_are_blocked_or_not(void **state)
{
    char said[SAID_MAX];
    (void)state;
    run("grep Blk /proc/self/status", false, false, said);
    assert_string_equal(said, "SigBlk:\t0000000000000000\n");
    run("kill -TERM $$; echo alive", false, true, said);
    assert_string_equal(said, "alive\n");
}

static void it_may_lead_a_group_of_its_own(void **state)
{
    static const char text[] =
        "set -- $(cat /proc/$$/stat); echo $(($5 == $$))";
    char said[SAID_MAX];
    (void)state;
    run(text, false, false, said);
    assert_string_equal(said, "0\n");
    run(text, true, false, said);
    assert_string_equal(said, "1\n");
}

static void a_program_that_is_not_there_is_told(void **state)
{
    char name[] = "none";
    char *const argv[] = { name, NULL };
    const struct cfm_spawn spawn = { .path = "/none/such", .argv = argv };
    pid_t pid = 0;
    (void)state;
    assert_int_equal(cfm_spawn(&spawn, &pid), ENOENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_has_no_input_and_both_places),
        cmocka_unit_test(what_the_lab_ignores_it_does_not),
        cmocka_unit_test(signals_are_blocked_or_not),
        cmocka_unit_test(it_may_lead_a_group_of_its_own),
        cmocka_unit_test(a_program_that_is_not_there_is_told),
    };
    return cmocka_run_group_tests_name("conformance.spawn_program", tests, NULL,
                                       NULL);
}
