/* SPDX-License-Identifier: BSD-2-Clause */
/* The lab is a child that says what a test wants and ends as it wants. */
#include "channel.h"
#include "supervise.h"
#include "testing.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *script;      /* what the lab says */
static bool stays;              /* the lab does not end by itself */
static int signal_when_ready;   /* raised once the lab stands */
static enum cfm_lab_status can; /* what cfm_lab_start() returns */

enum cfm_lab_status __wrap_cfm_lab_start(const struct cfm_lab_job *job,
                                         struct cfm_lab *lab_out, char *why,
                                         size_t why_cap);
int __wrap_cfm_lab_wait(struct cfm_lab *lab);

static _Noreturn void be_the_lab(int fd)
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
        be_the_lab(fds[1]);
    }
    (void)close(fds[1]);
    *lab_out = (struct cfm_lab){ .pid = pid, .channel_fd = fds[0] };
    return CFM_LAB_OK;
}

int __wrap_cfm_lab_wait(struct cfm_lab *lab)
{
    (void)close(lab->channel_fd);
    (void)kill(lab->pid, SIGKILL);
    (void)waitpid(lab->pid, NULL, 0);
    return 0;
}

/* What a watcher heard, as text. */
struct heard {
    char text[1024];
};

static void say(struct heard *heard, const char *what, const char *more)
{
    size_t len = strlen(heard->text);

    (void)snprintf(heard->text + len, sizeof(heard->text) - len, "%s%s;", what,
                   more);
}

static void on_ready(void *ctx, size_t checks)
{
    say(ctx, "ready ", checks == 2 ? "2" : "?");
    if (signal_when_ready != 0) {
        assert_int_equal(raise(signal_when_ready), 0);
    }
}

static void on_started(void *ctx, const char *address)
{
    say(ctx, "started ", address);
}

static int on_result(void *ctx, struct cfm_result *result)
{
    say(ctx, "result ", result->address);
    return strcmp(result->address, "last-straw") == 0 ? -1 : 0;
}

static void on_note(void *ctx, const char *text)
{
    say(ctx, "note ", text);
}

static void expect(const char *said, int status, const char *wanted)
{
    struct heard heard = { "" };
    const struct cfm_watcher watcher = { &heard,    on_ready, on_started,
                                         on_result, on_note,  NULL };
    const struct cfm_lab_job job = { .mode = CFM_LAB_RUN };

    script = said;
    assert_int_equal(cfm_supervise(&job, &watcher), status);
    assert_string_equal(heard.text, wanted);
}

static int reset(void **state)
{
    (void)state;
    stays = false;
    signal_when_ready = 0;
    can = CFM_LAB_OK;
    return 0;
}

#define RESULT(address)                                                    \
    "{\"event\":\"result\",\"outcome\":\"pass\",\"scenario\":\"s\","       \
    "\"address\":\"" address "\",\"title\":\"t\",\"expected\":\"permit\"," \
    "\"row\":\"check\",\"explanation\":\"e\",\"sources\":[],"              \
    "\"evidence\":[]}\n"
#define READY "{\"event\":\"ready\",\"checks\":2}\n"
#define DONE  "{\"event\":\"done\"}\n"

static void hears_everything_until_the_lab_is_done(void **state)
{
    (void)state;
    stays = true; /* done is enough */
    expect(READY "{\"event\":\"started\",\"address\":\"a\"}\n" RESULT(
               "a") "{\"event\":\"note\",\"text\":\"n\"}\n" DONE,
           0, "ready 2;started a;result a;note n;");
}

static void ends_with_2_for_a_mistake_of_the_user(void **state)
{
    (void)state;
    expect("{\"event\":\"usage\",\"text\":\"no such command\"}\n", 2,
           "note no such command;");
}

static void ends_with_3_when_the_lab_fails(void **state)
{
    (void)state;
    expect("{\"event\":\"failed\",\"text\":\"no port\"}\n", 3, "note no port;");
    expect("", 3, "note the lab ended before it was done;");
    expect("{\"event\":\"rea", 3, "note the lab spoke nonsense;");
    expect("oops\n", 3, "note the lab spoke nonsense;");
    expect(RESULT("last-straw") DONE, 3,
           "result last-straw;note out of memory;");
}

static void ends_with_3_when_there_can_be_no_lab(void **state)
{
    (void)state;
    can = CFM_LAB_NO_SANDBOX;
    expect("", 3, "note no namespaces here;");
    can = CFM_LAB_NO_MEMORY;
    expect("", 3, "note out of memory;");
}

static void ends_by_a_signal_as_shells_say_it(void **state)
{
    (void)state;
    stays = true;
    signal_when_ready = SIGTERM;
    expect(READY, 143, "ready 2;");
    signal_when_ready = SIGHUP;
    expect(READY, 129, "ready 2;");
    signal_when_ready = SIGINT;
    expect(READY, 130, "ready 2;");
}

#define CASE(test) cmocka_unit_test_setup(test, reset)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(hears_everything_until_the_lab_is_done),
        CASE(ends_with_2_for_a_mistake_of_the_user),
        CASE(ends_with_3_when_the_lab_fails),
        CASE(ends_with_3_when_there_can_be_no_lab),
        CASE(ends_by_a_signal_as_shells_say_it),
    };

    return cmocka_run_group_tests_name("conformance.supervise", tests, NULL,
                                       NULL);
}
