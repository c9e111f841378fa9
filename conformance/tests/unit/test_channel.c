/* SPDX-License-Identifier: BSD-2-Clause */
#include "channel.h"
#include "testing.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct pair {
    int fds[2]; /* read end, write end */
    struct cfm_channel *channel;
};

static int make(void **state)
{
    struct pair *pair = calloc(1, sizeof(*pair));

    assert_non_null(pair);
    assert_int_equal(pipe(pair->fds), 0);
    pair->channel = cfm_channel_new(pair->fds[0]);
    assert_non_null(pair->channel);
    *state = pair;
    return 0;
}

static void close_writer(struct pair *pair)
{
    assert_int_equal(close(pair->fds[1]), 0);
    pair->fds[1] = -1;
}

static int drop(void **state)
{
    struct pair *pair = *state;

    cfm_channel_free(pair->channel);
    (void)close(pair->fds[0]);
    if (pair->fds[1] >= 0) {
        (void)close(pair->fds[1]);
    }
    free(pair);
    return 0;
}

static void put(const struct pair *pair, const char *text)
{
    assert_int_equal(write(pair->fds[1], text, strlen(text)), strlen(text));
}

static void carries_every_kind_of_event(void **state)
{
    struct pair *pair = *state;
    struct cfm_event event;
    char address[] = "x/y";
    char title[] = "t";
    struct cfm_result result = {
        .scenario = address,
        .address = address,
        .title = title,
        .outcome = CFM_NO_EVIDENCE,
        .expected = title,
        .row = title,
        .explanation = title,
        .duration_ms = 1.5,
        .sources = json_array(),
        .evidence = json_array(),
    };

    assert_int_equal(cfm_channel_send_ready(pair->fds[1], 147), 0);
    assert_int_equal(
        cfm_channel_send_text(pair->fds[1], CFM_EVENT_STARTED, "x/y"), 0);
    assert_int_equal(cfm_channel_send_result(pair->fds[1], &result), 0);
    assert_int_equal(
        cfm_channel_send_text(pair->fds[1], CFM_EVENT_NOTE, "odd \xFF\n"), 0);
    assert_int_equal(
        cfm_channel_send_text(pair->fds[1], CFM_EVENT_FAILED, NULL), 0);
    assert_int_equal(cfm_channel_send_text(pair->fds[1], CFM_EVENT_DONE, ""),
                     0);
    json_decref(result.sources);
    json_decref(result.evidence);
    close_writer(pair);

    assert_int_equal(cfm_channel_next(pair->channel, &event), 1);
    assert_int_equal(event.kind, CFM_EVENT_READY);
    assert_int_equal(event.checks, 147);
    cfm_event_fini(&event);
    assert_true(cfm_channel_has_line(pair->channel));
    assert_int_equal(cfm_channel_next(pair->channel, &event), 1);
    assert_int_equal(event.kind, CFM_EVENT_STARTED);
    assert_string_equal(event.text, "x/y");
    cfm_event_fini(&event);
    assert_int_equal(cfm_channel_next(pair->channel, &event), 1);
    assert_int_equal(event.kind, CFM_EVENT_RESULT);
    assert_int_equal(event.result.outcome, CFM_NO_EVIDENCE);
    assert_string_equal(event.result.address, "x/y");
    cfm_event_fini(&event);
    assert_int_equal(cfm_channel_next(pair->channel, &event), 1);
    assert_int_equal(event.kind, CFM_EVENT_NOTE);
    assert_string_equal(event.text, "odd \xEF\xBF\xBD\n");
    cfm_event_fini(&event);
    assert_int_equal(cfm_channel_next(pair->channel, &event), 1);
    assert_int_equal(event.kind, CFM_EVENT_FAILED);
    assert_string_equal(event.text, "");
    cfm_event_fini(&event);
    assert_int_equal(cfm_channel_next(pair->channel, &event), 1);
    assert_int_equal(event.kind, CFM_EVENT_DONE);
    cfm_event_fini(&event);
    assert_int_equal(cfm_channel_next(pair->channel, &event), 0);
}

static void waits_for_the_rest_of_a_line(void **state)
{
    struct pair *pair = *state;
    struct cfm_event event;

    put(pair, "{\"event\":\"done\"}\n{\"event\":\"us");
    assert_int_equal(cfm_channel_next(pair->channel, &event), 1);
    assert_int_equal(event.kind, CFM_EVENT_DONE);
    cfm_event_fini(&event);
    assert_false(cfm_channel_has_line(pair->channel));
    put(pair, "age\",\"text\":\"no such command\"}\n");
    assert_int_equal(cfm_channel_next(pair->channel, &event), 1);
    assert_int_equal(event.kind, CFM_EVENT_USAGE);
    assert_string_equal(event.text, "no such command");
    cfm_event_fini(&event);
}

static void carries_a_line_longer_than_one_read(void **state)
{
    enum { LEN = 300000 };
    struct pair *pair = *state;
    struct cfm_event event;
    char *text = malloc(LEN + 1);

    assert_non_null(text);
    memset(text, 'x', LEN);
    text[LEN] = '\0';
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        _exit(cfm_channel_send_text(pair->fds[1], CFM_EVENT_NOTE, text) == 0
                  ? 0
                  : 1);
    }
    close_writer(pair);
    assert_int_equal(cfm_channel_next(pair->channel, &event), 1);
    assert_int_equal(strlen(event.text), LEN);
    cfm_event_fini(&event);
    assert_int_equal(cfm_channel_next(pair->channel, &event), 0);
    free(text);
}

static void refuses_garbage(void **state)
{
    static const char *const lines[] = {
        "\n",
        "hello\n",
        "[]\n",
        "{}\n",
        "{\"event\":7}\n",
        "{\"event\":\"dance\"}\n",
        "{\"event\":\"ready\"}\n",
        "{\"event\":\"ready\",\"checks\":-1}\n",
        "{\"event\":\"note\"}\n",
        "{\"event\":\"started\",\"text\":\"x\"}\n",
        "{\"event\":\"result\",\"outcome\":\"pass\"}\n",
    };
    struct pair *pair = *state;
    struct cfm_event event = { .checks = 99 };

    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        put(pair, lines[i]);
        assert_int_equal(cfm_channel_next(pair->channel, &event), -1);
        assert_int_equal(event.checks, 99);
    }
}

static void calls_a_cut_line_garbage(void **state)
{
    struct pair *pair = *state;
    struct cfm_event event;

    put(pair, "{\"event\":\"done\"}");
    close_writer(pair);
    assert_int_equal(cfm_channel_next(pair->channel, &event), -1);
}

static void tells_when_nobody_listens(void **state)
{
    (void)state;
    assert_int_equal(cfm_channel_send_ready(-1, 1), -1);
    cfm_channel_free(NULL);
    cfm_event_fini(NULL);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, make, drop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(carries_every_kind_of_event),
        CASE(waits_for_the_rest_of_a_line),
        CASE(carries_a_line_longer_than_one_read),
        CASE(refuses_garbage),
        CASE(calls_a_cut_line_garbage),
        cmocka_unit_test(tells_when_nobody_listens),
    };

    return cmocka_run_group_tests_name("conformance.channel", tests, NULL,
                                       NULL);
}
