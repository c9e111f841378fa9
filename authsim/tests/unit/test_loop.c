/* SPDX-License-Identifier: BSD-2-Clause */
#include "testing.h"

#include <authsim/loop.h>

#include <errno.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FILES_MAX = 100, FILES_WANTED = 3, LOOP_HAD = 1 };

/* As many files and no more; 0 when it was refused as it should be. */
static int has_loop(rlim_t files)
{
    const struct rlimit limit = { .rlim_cur = files, .rlim_max = FILES_MAX };
    struct event_base *base = NULL;

    if (setrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return 2;
    }
    errno = 0;
    const enum sim_status st = sim_loop_new(&base);
    if (st == SIM_ESYSTEM) {
        return errno == EMFILE && base == NULL ? 0 : 3;
    }
    if (st == SIM_OK) {
        event_base_free(base);
        return LOOP_HAD;
    }
    return 4;
}

/* In a process of its own, which libevent might end. */
static int status_with(rlim_t files)
{
    int status = 0;
    const pid_t pid = fork();

    if (pid == 0) {
        _exit(has_loop(files) << 1); /* apart from libevent's 1 */
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void is_had_or_refused_with_any_number_of_files(void **state)
{
    const int first_free = dup(STDOUT_FILENO);
    int files = first_free;
    int status = 0;

    (void)state;
    assert_true(first_free >= 0);
    (void)close(first_free);
    while (status == 0 && files < FILES_MAX) {
        status = status_with((rlim_t)files++);
    }
    assert_int_equal(status, LOOP_HAD << 1);
    assert_true(files > first_free + FILES_WANTED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_had_or_refused_with_any_number_of_files),
    };

    return cmocka_run_group_tests_name("authsim.loop", tests, NULL, NULL);
}
