/* SPDX-License-Identifier: BSD-2-Clause */
/* Each lab is a child that says what its test wants, and ends. */
#include "labs.h"
#include "testing.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const *scripts; /* what each lab says */
static size_t started;
static size_t going_on;
static size_t most_at_once;
static bool stays; /* a lab does not end by itself */
static int signal_when_ready;
static int ends_with;
static enum cfm_lab_status can;

enum cfm_lab_status __wrap_cfm_lab_start(const struct cfm_lab_job *job,
                                         struct cfm_lab *lab_out, char *why,
                                         size_t why_cap);
int __wrap_cfm_lab_wait(struct cfm_lab *lab);

static _Noreturn void be_the_lab(int fd, const char *script)
{
    (void)!write(fd, script, strlen(script));
    while (stays) {
        (void)pause();
    }
    _exit(0);
}

enum cfm_lab_status __wrap_cfm_lab_start(const struct cfm_lab_job *job,
                                         struct cfm_lab *lab_out, char *why,
                                         size_t why_cap)
{
    int fds[2];

    (void)job;
    if (can != CFM_LAB_OK) {
        (void)snprintf(why, why_cap, "no namespaces here");
        return can;
    }
    assert_int_equal(pipe(fds), 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        (void)close(fds[0]);
        be_the_lab(fds[1], scripts[started]);
    }
    (void)close(fds[1]);
    started++;
    going_on++;
    most_at_once = going_on > most_at_once ? going_on : most_at_once;
    *lab_out = (struct cfm_lab){ .pid = pid, .channel_fd = fds[0] };
    return CFM_LAB_OK;
}

int __wrap_cfm_lab_wait(struct cfm_lab *lab)
{
    (void)close(lab->channel_fd);
    (void)kill(lab->pid, SIGKILL);
    (void)waitpid(lab->pid, NULL, 0);
    going_on--;
    return ends_with;
}

struct heard {
    size_t ready;
    size_t results[4]; /* by job */
    char notes[256];
};

static void on_ready(void *ctx, size_t index, size_t checks)
{
    struct heard *heard = ctx;

    (void)index;
    heard->ready += checks;
    if (signal_when_ready != 0) {
        assert_int_equal(raise(signal_when_ready), 0);
        signal_when_ready = 0;
    }
}

static void on_result(void *ctx, size_t index, const struct cfm_result *result)
{
    struct heard *heard = ctx;

    assert_string_equal(result->title, "t");
    heard->results[index]++;
}

static void on_note(void *ctx, const char *text)
{
    struct heard *heard = ctx;
    size_t len = strlen(heard->notes);

    (void)snprintf(heard->notes + len, sizeof(heard->notes) - len, "%s;", text);
}

static void on_idle(void *ctx)
{
    (void)ctx;
}

static int run(size_t count, size_t at_once, struct heard *heard)
{
    static const struct cfm_lab_job jobs[4];
    const struct cfm_labs_watcher watcher = { heard, on_ready, on_result,
                                              on_note, on_idle };

    *heard = (struct heard){ 0 };
    int rc = cfm_labs_run(jobs, count, at_once, &watcher);
    assert_int_equal(going_on, 0); /* nothing is left behind */
    return rc;
}

static int reset(void **state)
{
    (void)state;
    started = 0;
    most_at_once = 0;
    stays = false;
    signal_when_ready = 0;
    ends_with = 0;
    can = CFM_LAB_OK;
    return 0;
}

#define RESULT                                                       \
    "{\"event\":\"result\",\"outcome\":\"pass\",\"scenario\":\"s\"," \
    "\"address\":\"a\",\"title\":\"t\",\"expected\":\"permit\","     \
    "\"row\":\"check\",\"explanation\":\"e\",\"sources\":[],"        \
    "\"evidence\":[]}\n"
#define READY "{\"event\":\"ready\",\"checks\":2}\n"
#define DONE  "{\"event\":\"done\"}\n"
#define GOOD \
    READY "{\"event\":\"started\",\"address\":\"a\"}\n" RESULT RESULT DONE

static void hears_all_labs_so_many_at_a_time(void **state)
{
    static const char *const said[] = { GOOD, GOOD, GOOD };
    struct heard heard;

    (void)state;
    scripts = said;
    assert_int_equal(run(3, 2, &heard), 0);
    assert_int_equal(started, 3);
    assert_int_equal(most_at_once, 2);
    assert_int_equal(heard.ready, 6);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(heard.results[i], 2);
    }
    assert_string_equal(heard.notes, "");
    assert_int_equal(run(0, 2, &heard), 0);
}

static void expect_trouble(const char *const *said, int status,
                           const char *note)
{
    struct heard heard;

    (void)reset(NULL);
    scripts = said;
    assert_int_equal(run(2, 2, &heard), status);
    assert_non_null(strstr(heard.notes, note));
}

static void one_lab_in_trouble_ends_all(void **state)
{
    static const char *const failed[] = {
        "{\"event\":\"failed\",\"text\":\"no port\"}\n", GOOD
    };
    static const char *const usage[] = {
        "{\"event\":\"usage\",\"text\":\"no program\"}\n", GOOD
    };
    static const char *const early[] = { READY RESULT, GOOD };
    static const char *const few[] = { READY RESULT DONE, GOOD };
    static const char *const nonsense[] = { "what?\n", GOOD };

    (void)state;
    expect_trouble(failed, 3, "no port;");
    expect_trouble(usage, 2, "no program;");
    expect_trouble(early, 3, "a lab ended before it was done;");
    expect_trouble(few, 3, "a lab gave too few results;");
    expect_trouble(nonsense, 3, "a lab spoke nonsense;");
}

static void tells_a_note_and_goes_on(void **state)
{
    static const char *const said[] = {
        "{\"event\":\"note\",\"text\":\"by the way\"}\n" GOOD
    };
    struct heard heard;

    (void)state;
    scripts = said;
    assert_int_equal(run(1, 1, &heard), 0);
    assert_string_equal(heard.notes, "by the way;");
}

static void says_why_no_lab_can_be_made(void **state)
{
    struct heard heard;

    (void)state;
    can = CFM_LAB_NO_SANDBOX;
    assert_int_equal(run(2, 2, &heard), 3);
    assert_string_equal(heard.notes, "no namespaces here;");
    can = CFM_LAB_NO_MEMORY;
    assert_int_equal(run(2, 2, &heard), 3);
    assert_string_equal(heard.notes, "out of memory;");
}

static void a_lab_that_ends_badly_is_told(void **state)
{
    static const char *const said[] = { GOOD };
    struct heard heard;

    (void)state;
    scripts = said;
    ends_with = -1;
    assert_int_equal(run(1, 1, &heard), 3);
    assert_string_equal(heard.notes, "a lab did all, then ended badly;");
}

static void a_signal_ends_all_labs(void **state)
{
    static const char *const said[] = { READY, READY };
    struct heard heard;

    (void)state;
    scripts = said;
    stays = true;
    signal_when_ready = SIGINT;
    assert_int_equal(run(2, 2, &heard), 130);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(hears_all_labs_so_many_at_a_time, reset),
        cmocka_unit_test_setup(one_lab_in_trouble_ends_all, reset),
        cmocka_unit_test_setup(tells_a_note_and_goes_on, reset),
        cmocka_unit_test_setup(says_why_no_lab_can_be_made, reset),
        cmocka_unit_test_setup(a_lab_that_ends_badly_is_told, reset),
        cmocka_unit_test_setup(a_signal_ends_all_labs, reset),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
