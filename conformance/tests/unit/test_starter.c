/* SPDX-License-Identifier: BSD-2-Clause */
/* test_starter.c - whose children the inits are, and when a starter ends; what
 * its inits do is test_process.c's. */
#include "boxed.h"
#include "starter.h"
#include "starter_serve.h"
#include "testing.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TEXT_MAX = 64 };

/* What a command wrote. */
static char text[TEXT_MAX];

/* Runs a script by a starter: how its init ended, or -1 and errno. */
static int run(struct cfm_starter *starter, const char *script,
               char *const *envp)
{
    char name[] = "sh";
    char option[] = "-c";
    char *copy = strdup(script);
    char *const argv[] = { name, option, copy, NULL };
    const struct cfm_process_spec spec = { .path = "/bin/sh",
                                           .argv = argv,
                                           .envp = envp };
    int out[2];
    int status[2];
    int ended = -1;
    assert_int_equal(pipe(out), 0);
    assert_int_equal(pipe(status), 0);
    const struct cfm_init_plan plan = { .spec = &spec,
                                        .stdout_fd = out[1],
                                        .stderr_fd = out[1],
                                        .status_fd = status[1] };
    pid_t pid = cfm_starter_clone(starter, &plan);
    int error = errno;
    (void)close(out[1]);
    (void)close(status[1]);
    memset(text, 0, sizeof text);
    if (pid > 0) {
        assert_int_equal(waitpid(pid, &ended, 0), pid);
        assert_true(read(out[0], text, sizeof text - 1) >= 0);
    }
    (void)close(out[0]);
    (void)close(status[0]);
    free(copy);
    errno = error;
    return ended;
}

static char *const no_variables[] = { NULL };

static struct cfm_starter *open_starter(void)
{
    struct cfm_starter *starter = NULL;
    assert_int_equal(cfm_starter_new(&starter), 0);
    assert_int_equal(count_others(), 1);
    return starter;
}

static void makes_children_of_its_caller(void **state)
{
    (void)state;
    struct cfm_starter *starter = open_starter();
    assert_int_equal(run(starter, "echo one", no_variables), 0);
    assert_string_equal(text, "one\n");
    assert_int_equal(run(starter, "echo two", no_variables), 0);
    assert_string_equal(text, "two\n");
    cfm_starter_free(starter);
    assert_int_equal(count_others(), 0);
}

/* More than fits into a socket at once. */
static void takes_a_large_environment(void **state)
{
    (void)state;
    enum { VARIABLES = 20, EACH = 100000 };
    char *variables[VARIABLES + 1] = { NULL };
    for (size_t i = 0; i < VARIABLES; i++) {
        variables[i] = calloc(EACH, 1);
        assert_non_null(variables[i]);
        memset(variables[i], i == 0 ? 'W' : 'V', EACH - 1);
        variables[i][1] = '=';
    }
    struct cfm_starter *starter = open_starter();
    assert_int_equal(run(starter, "echo ${#W}", variables), 0);
    cfm_starter_free(starter);
    assert_string_equal(text, "99997\n");
    for (size_t i = 0; i < VARIABLES; i++) {
        free(variables[i]);
    }
}

static void shows_what_was_mounted_after_it_was_made(void **state)
{
    (void)state;
    struct cfm_starter *starter = open_starter();
    assert_int_equal(mkdir(SIM_SANDBOX_DIR "/late", 0755), 0);
    assert_int_equal(mount("tmpfs", SIM_SANDBOX_DIR "/late", "tmpfs", 0, NULL),
                     0);
    assert_int_equal(mkdir(SIM_SANDBOX_DIR "/late/seen", 0755), 0);
    assert_int_equal(
        run(starter, "echo " SIM_SANDBOX_DIR "/late/*", no_variables), 0);
    assert_string_equal(text, SIM_SANDBOX_DIR "/late/seen\n");
    assert_int_equal(umount(SIM_SANDBOX_DIR "/late"), 0);
    cfm_starter_free(starter);
}

static void tells_why_there_is_no_init(void **state)
{
    (void)state;
    static const char limit[] = "/proc/sys/user/max_pid_namespaces";
    char before[TEXT_MAX] = "";
    int fd = open(limit, O_RDWR | O_CLOEXEC);
    if (fd < 0) {
        skip(); /* a container that has it read-only */
    }
    ssize_t len = read(fd, before, sizeof before);
    assert_true(len > 0);
    assert_int_equal(pwrite(fd, "0", 1, 0), 1);
    struct cfm_starter *starter = open_starter();
    assert_int_equal(run(starter, "true", no_variables), -1);
    assert_int_equal(errno, ENOSPC);
    assert_int_equal(pwrite(fd, before, (size_t)len, 0), len);
    (void)close(fd);
    assert_int_equal(run(starter, "exit 0", no_variables), 0);
    cfm_starter_free(starter);
}

static void tells_that_it_was_killed(void **state)
{
    (void)state;
    struct cfm_starter *starter = open_starter();
    assert_int_equal(kill(-1, SIGKILL), 0); /* whom else but the starter */
    assert_int_equal(run(starter, "true", no_variables), -1);
    assert_true(errno == EPIPE || errno == ECONNRESET);
    cfm_starter_free(starter);
    assert_int_equal(count_others(), 0);
}

/* A lab that was killed frees nothing. */
static void ends_with_its_lab(void **state)
{
    (void)state;
    pid_t lab = fork();
    if (lab == 0) {
        struct cfm_starter *starter = NULL;
        _exit(cfm_starter_new(&starter));
    }
    int status = -1;
    assert_int_equal(waitpid(lab, &status, 0), lab);
    assert_int_equal(status, 0);
    assert_true(waitpid(-1, &status, 0) > 0); /* PID 1 inherits it */
    assert_int_equal(count_others(), 0);
}

static void stays_when_the_terminal_interrupts(void **state)
{
    (void)state;
    struct cfm_starter *starter = open_starter();
    assert_int_equal(kill(-1, SIGINT), 0);
    assert_int_equal(kill(-1, SIGPIPE), 0);
    assert_int_equal(run(starter, "echo here", no_variables), 0);
    assert_string_equal(text, "here\n");
    cfm_starter_free(starter);
}

static int all_tests(void *ctx)
{
    (void)ctx;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(makes_children_of_its_caller),
        cmocka_unit_test(takes_a_large_environment),
        cmocka_unit_test(shows_what_was_mounted_after_it_was_made),
        cmocka_unit_test(tells_why_there_is_no_init),
        cmocka_unit_test(tells_that_it_was_killed),
        cmocka_unit_test(ends_with_its_lab),
        cmocka_unit_test(stays_when_the_terminal_interrupts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

int main(int argc, char **argv)
{
    (void)argc;
    return run_boxed_or_serve(argv, all_tests);
}
