/* SPDX-License-Identifier: BSD-2-Clause */
/* test_process.c - commands of every kind; nothing of them is left. */
#include "boxed.h"
#include "confine.h"
#include "process.h"
#include "starter.h"
#include "starter_serve.h"
#include "testing.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LIMIT_MS = 300, LONG_MS = 15000, STARTER = 1 };

struct box {
    struct cfm_process_host host;
    struct cfm_process_report report; /* capture is not kept */
    char *text;
    char *json;
    uint64_t flood;
    bool ended;
};

static void on_done(void *ctx, const struct cfm_process_report *report)
{
    struct box *box = ctx;
    box->report = *report;
    box->text = cfm_capture_text(report->capture);
    box->json =
        report->capture->json == NULL ? NULL : strdup(report->capture->json);
    box->flood = cfm_capture_flood(report->capture);
    box->ended = true;
}

static int set_up(void **state)
{
    static struct box box;
    box = (struct box){ .host = { .base = event_base_new() } };
    box.host.reaper = cfm_reaper_new(box.host.base);
    *state = &box;
    return box.host.reaper == NULL || cfm_starter_new(&box.host.starter) != 0;
}

static int tear_down(void **state)
{
    struct box *box = *state;
    cfm_starter_free(box->host.starter);
    cfm_reaper_free(box->host.reaper);
    event_base_free(box->host.base);
    free(box->text);
    free(box->json);
    return 0;
}

static void run_program(struct box *box, const char *path, char *const *argv,
                        unsigned limit_ms)
{
    char variable[] = "PATH=/usr/bin:/bin";
    char *const envp[] = { variable, NULL };
    struct cfm_process *process = NULL;
    const struct cfm_process_spec spec = {
        .path = path, .argv = argv, .envp = envp, .time_limit_ms = limit_ms
    };
    assert_int_equal(
        cfm_process_start(&box->host, &spec, on_done, box, &process), 0);
    while (!box->ended) {
        assert_int_equal(event_base_loop(box->host.base, EVLOOP_ONCE), 0);
    }
    cfm_process_free(process);
    assert_int_equal(count_others(), STARTER);
}

static void run_shell(struct box *box, const char *script, unsigned limit_ms)
{
    char name[] = "sh";
    char option[] = "-c";
    char *copy = strdup(script);
    char *const argv[] = { name, option, copy, NULL };
    run_program(box, "/bin/sh", argv, limit_ms);
    free(copy);
}

static void assert_ended(const struct box *box, enum cfm_process_end end,
                         int number)
{
    assert_int_equal(box->report.end, end);
    assert_int_equal(box->report.number, number);
}

static void tells_the_exit_code(void **state)
{
    struct box *box = *state;
    run_shell(box, "exit 7", LONG_MS);
    assert_ended(box, CFM_PROCESS_EXITED, 7);
    assert_true(box->report.duration_ns > 0);
}

static void tells_a_signal_that_the_command_sent_itself(void **state)
{
    run_shell(*state, "kill -SEGV $$", LONG_MS);
    assert_ended(*state, CFM_PROCESS_SIGNALLED, SIGSEGV);
}

static void keeps_both_streams_and_the_json_line(void **state)
{
    struct box *box = *state;
    run_shell(box, "echo '{\"a\":1}'; echo careful >&2", LONG_MS);
    assert_ended(box, CFM_PROCESS_EXITED, 0);
    assert_string_equal(box->json, "{\"a\":1}");
    assert_non_null(strstr(box->text, "careful"));
}

static void gives_the_command_an_empty_input(void **state)
{
    run_shell(*state, "cat", LONG_MS);
    assert_ended(*state, CFM_PROCESS_EXITED, 0);
}

static void gives_the_command_no_descriptor_of_the_lab(void **state)
{
    struct box *box = *state;
    run_shell(box, "ls /proc/self/fd", LONG_MS);
    assert_string_equal(box->text, "0\n1\n2\n3"); /* 3 is of ls */
}

static void ends_a_command_at_the_time_limit(void **state)
{
    run_shell(*state, "sleep 1000", LIMIT_MS);
    assert_ended(*state, CFM_PROCESS_TIMED_OUT, 0);
}

static void ends_a_command_that_ignores_signals(void **state)
{
    run_shell(*state, "trap '' TERM INT HUP; while :; do sleep 1000; done",
              LIMIT_MS);
    assert_ended(*state, CFM_PROCESS_TIMED_OUT, 0);
}

static void waits_for_a_command_that_closed_its_streams(void **state)
{
    run_shell(*state, "exec >&- 2>&-; sleep 0.2; exit 3", LONG_MS);
    assert_ended(*state, CFM_PROCESS_EXITED, 3);
}

static void leaves_nothing_of_a_double_fork(void **state)
{
    run_shell(*state, "(sleep 1000 & ) ; exit 1", LONG_MS);
    assert_ended(*state, CFM_PROCESS_EXITED, 1);
}

static void leaves_nothing_of_a_session_of_its_own(void **state)
{
    run_shell(*state, "setsid sleep 1000 & exit 0", LONG_MS);
    assert_ended(*state, CFM_PROCESS_EXITED, 0);
}

static void leaves_nothing_of_many_forks(void **state)
{
    run_shell(*state,
              "i=0; while [ $i -lt 60 ]; do sleep 1000 & i=$((i+1)); done; "
              "exit 5",
              LONG_MS);
    assert_ended(*state, CFM_PROCESS_EXITED, 5);
}

static void survives_a_command_that_kills_all_it_sees(void **state)
{
    run_shell(*state, "kill -9 -1; kill -9 1; exit 4", LONG_MS);
    assert_ended(*state, CFM_PROCESS_EXITED, 4);
}

static void keeps_the_network_and_the_mounts_of_the_lab(void **state)
{
    run_shell(*state,
              "ip link set lo down || umount -l /run || umount /proc ||"
              " mount -t tmpfs none /etc || hostname x || mkdir /run/x ||"
              " exit 4",
              LONG_MS);
    assert_ended(*state, CFM_PROCESS_EXITED, 4);
}

static void gives_each_command_a_bounded_tmpfs_that_goes_with_it(void **state)
{
    struct box *box = *state;
    run_shell(box,
              "for d in " CFM_COMMAND_TMP " /dev/shm; do"
              " head -c 100M /dev/zero >$d/full && exit 4; test -s $d/full ||"
              " exit 5; done; exit 6",
              LONG_MS);
    assert_ended(box, CFM_PROCESS_EXITED, 6);
    assert_int_equal(rmdir(CFM_COMMAND_TMP), 0); /* empty */
}

static void leaves_no_core(void **state)
{
    struct box *box = *state;
    run_shell(box, "ulimit -c unlimited 2>/dev/null; ulimit -c", LONG_MS);
    assert_string_equal(box->text, "0");
}

static void drains_and_counts_a_flood(void **state)
{
    struct box *box = *state;
    run_shell(box, "head -c 3000000 /dev/zero", LONG_MS);
    assert_ended(box, CFM_PROCESS_EXITED, 0);
    assert_int_equal(box->flood, 3000000 - CFM_CAPTURE_CAP);
}

static void ends_an_endless_flood(void **state)
{
    struct box *box = *state;
    run_shell(box, "yes", LIMIT_MS);
    assert_ended(box, CFM_PROCESS_TIMED_OUT, 0);
    assert_true(box->flood > 0);
}

static void tells_that_a_program_is_not_there(void **state)
{
    char name[] = "x";
    char *const argv[] = { name, NULL };
    run_program(*state, "/no/such/program", argv, LONG_MS);
    assert_ended(*state, CFM_PROCESS_NOT_STARTED, ENOENT);
}

static void stops_a_command_that_is_given_up(void **state)
{
    struct box *box = *state;
    char name[] = "sleep";
    char much[] = "1000";
    char *const argv[] = { name, much, NULL };
    char *const envp[] = { NULL };
    const struct cfm_process_spec spec = { .path = "/bin/sleep",
                                           .argv = argv,
                                           .envp = envp };
    struct cfm_process *process = NULL;
    assert_int_equal(
        cfm_process_start(&box->host, &spec, on_done, box, &process), 0);
    cfm_process_free(process);
    while (count_others() > STARTER) {
        assert_int_equal(event_base_loop(box->host.base, EVLOOP_ONCE), 0);
    }
    assert_false(box->ended);
}

#define BOXED_TEST(test) \
    cmocka_unit_test_setup_teardown(test, set_up, tear_down)

static int all_tests(void *ctx)
{
    (void)ctx;
    const struct CMUnitTest tests[] = {
        BOXED_TEST(tells_the_exit_code),
        BOXED_TEST(tells_a_signal_that_the_command_sent_itself),
        BOXED_TEST(keeps_both_streams_and_the_json_line),
        BOXED_TEST(gives_the_command_an_empty_input),
        BOXED_TEST(gives_the_command_no_descriptor_of_the_lab),
        BOXED_TEST(ends_a_command_at_the_time_limit),
        BOXED_TEST(ends_a_command_that_ignores_signals),
        BOXED_TEST(waits_for_a_command_that_closed_its_streams),
        BOXED_TEST(leaves_nothing_of_a_double_fork),
        BOXED_TEST(leaves_nothing_of_a_session_of_its_own),
        BOXED_TEST(leaves_nothing_of_many_forks),
        BOXED_TEST(survives_a_command_that_kills_all_it_sees),
        BOXED_TEST(keeps_the_network_and_the_mounts_of_the_lab),
        BOXED_TEST(gives_each_command_a_bounded_tmpfs_that_goes_with_it),
        BOXED_TEST(leaves_no_core),
        BOXED_TEST(drains_and_counts_a_flood),
        BOXED_TEST(ends_an_endless_flood),
        BOXED_TEST(tells_that_a_program_is_not_there),
        BOXED_TEST(stops_a_command_that_is_given_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

int main(int argc, char **argv)
{
    (void)argc;
    return run_boxed_or_serve(argv, all_tests);
}
