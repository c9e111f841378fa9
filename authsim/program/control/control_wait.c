/* SPDX-License-Identifier: BSD-2-Clause */
/* control_wait.c - a few waits, each with its place in one journal. */
#include "control_wait.h"

#include "control_body.h"
#include "control_desk.h"
#include "control_owner.h"

#include <authsim/clock.h>

#include <string.h>

enum { NS_PER_MS = 1000000, AT_LEAST_MAX = 1000000 };

bool control_wait_look(struct control_wait *wait)
{
    const struct sim_journal *journal = sim_instance_journal(wait->instance);
    const size_t window = sim_journal_window(journal);

    if (wait->next < window) { /* cleared in the meantime */
        wait->next = window;
    }
    for (; wait->next < sim_journal_count(journal); wait->next++) {
        if (control_filter_takes(&wait->filter,
                                 sim_journal_at(journal, wait->next))) {
            wait->count++;
        }
    }
    return wait->count >= wait->at_least;
}

void control_wait_answer(const struct control_wait *wait,
                         struct control_answer *answer)
{
    control_answer_json(answer, 200,
                        json_pack("{s:b, s:I}", "met",
                                  wait->count >= wait->at_least, "count",
                                  (json_int_t)wait->count));
}

/* The filter's text is to live as long as the wait, wherever that lies. */
static void settle(struct control_wait *wait)
{
    wait->filter.scenario = NULL;
    wait->filter.server = wait->server[0] != '\0' ? wait->server : NULL;
}

bool control_waits_add(struct control_waits *waits,
                       const struct control_wait *wait)
{
    if (waits->count == CONTROL_WAITS_MAX) {
        return false;
    }
    waits->waits[waits->count] = *wait;
    settle(&waits->waits[waits->count]);
    waits->count++;
    return true;
}

static void remove_at(struct control_waits *waits, size_t index)
{
    waits->waits[index] = waits->waits[--waits->count];
    settle(&waits->waits[index]);
}

/* Out of the list first: what sends may drop others of it. */
static void finish(struct control_waits *waits, size_t index,
                   struct control_answer *answer)
{
    void *reply_to = waits->waits[index].reply_to;

    remove_at(waits, index);
    waits->send(reply_to, answer);
    control_answer_fini(answer);
}

void control_waits_turn(struct control_waits *waits, int64_t now_ns)
{
    struct control_answer answer = { 0 };

    for (size_t i = waits->count; i-- > 0;) {
        if (i >= waits->count) {
            continue; /* LCOV_EXCL_LINE: others were dropped while sending */
        }
        struct control_wait *wait = &waits->waits[i];
        if (control_wait_look(wait) || wait->deadline_ns <= now_ns) {
            control_wait_answer(wait, &answer);
            finish(waits, i, &answer);
        }
    }
}

bool control_waits_deadline(const struct control_waits *waits,
                            int64_t *deadline_ns_out)
{
    if (waits->count == 0) {
        return false;
    }
    *deadline_ns_out = waits->waits[0].deadline_ns;
    for (size_t i = 1; i < waits->count; i++) {
        if (waits->waits[i].deadline_ns < *deadline_ns_out) {
            *deadline_ns_out = waits->waits[i].deadline_ns;
        }
    }
    return true;
}

void control_waits_drop(struct control_waits *waits, const void *reply_to)
{
    for (size_t i = waits->count; i-- > 0;) {
        if (waits->waits[i].reply_to == reply_to) {
            remove_at(waits, i);
        }
    }
}

void control_waits_forget(struct control_waits *waits,
                          const struct sim_instance *instance)
{
    struct control_answer answer = { 0 };

    for (size_t i = waits->count; i-- > 0;) {
        if (i < waits->count && waits->waits[i].instance == instance) {
            (void)control_problem(&answer, 410,
                                  "the scenario was removed meanwhile");
            finish(waits, i, &answer);
        }
    }
}

/* --- the request --- */

static bool read_number(const json_t *body, const char *field,
                        unsigned long long max, unsigned long long *number_out,
                        struct control_answer *answer)
{
    const json_t *value = json_object_get(body, field);

    if (value == NULL) {
        return true;
    }
    if ((unsigned long long)json_integer_value(value) > max) {
        return control_problem(answer, 400, "%s is at most %llu", field, max);
    }
    *number_out = (unsigned long long)json_integer_value(value);
    return true;
}

static bool read_wait(const struct control_desk *desk, const json_t *body,
                      struct control_wait *wait, struct control_answer *answer)
{
    unsigned long long timeout_ms = 0;
    unsigned long long after = 0;

    if (!read_number(body, "timeout-ms", CONTROL_WAIT_MS_MAX, &timeout_ms,
                     answer) ||
        !read_number(body, "at-least", AT_LEAST_MAX, &wait->at_least, answer) ||
        !read_number(body, "after", INT64_MAX, &after, answer)) {
        return false;
    }
    const struct control_filter_text text = {
        .name = control_body_text(body, "name"),
        .type = control_body_text(body, "type"),
        .server = control_body_text(body, "server"),
        .transport = control_body_text(body, "transport"),
        .after = after,
    };
    if (!control_filter_read(&text, &wait->filter, answer)) {
        return false;
    }
    if (text.server != NULL) {
        if (strlen(text.server) >= sizeof(wait->server)) {
            return control_problem(answer, 400, "no server has such a label");
        }
        memcpy(wait->server, text.server, strlen(text.server) + 1);
    }
    settle(wait);
    const char *scenario = control_body_text(body, "scenario");
    wait->instance =
        scenario != NULL
            ? control_owner_named(desk->lab, scenario, answer)
            : control_owner_of(desk->lab, wait->filter.name, answer);
    wait->deadline_ns =
        sim_clock_monotonic_ns() + (int64_t)timeout_ms * NS_PER_MS;
    return wait->instance != NULL;
}

static void begin(struct control_desk *desk, struct control_wait *wait,
                  struct control_answer *answer)
{
    wait->next = sim_journal_window(sim_instance_journal(wait->instance));
    if (control_wait_look(wait) ||
        wait->deadline_ns <= sim_clock_monotonic_ns()) {
        control_wait_answer(wait, answer);
        return;
    }
    if (!control_waits_add(&desk->waits, wait)) {
        (void)control_problem(answer, 503, "%d requests wait already",
                              CONTROL_WAITS_MAX);
    }
}

void control_begin_wait(struct control_desk *desk,
                        const struct control_request *request,
                        struct control_answer *answer)
{
    static const struct control_field fields[] = {
        { "name", CONTROL_TEXT, true },
        { "type", CONTROL_TEXT, false },
        { "scenario", CONTROL_TEXT, false },
        { "server", CONTROL_TEXT, false },
        { "transport", CONTROL_TEXT, false },
        { "after", CONTROL_NUMBER, false },
        { "at-least", CONTROL_NUMBER, false },
        { "timeout-ms", CONTROL_NUMBER, true },
    };
    static const struct control_form form = {
        fields, sizeof(fields) / sizeof(fields[0]), CONTROL_OTHERS_REFUSED
    };
    struct control_wait wait = { .at_least = 1, .reply_to = request->reply_to };
    json_t *body = NULL;

    if (!control_body_read(request, &form, &body, answer)) {
        return;
    }
    if (read_wait(desk, body, &wait, answer)) {
        begin(desk, &wait, answer);
    }
    json_decref(body);
}
