/* SPDX-License-Identifier: BSD-2-Clause */
/* lookup_unbound.c - every question once, remembered until the end. */
#include "deviation.h"
#include "unbound_question.h"

#include <caacheck/lookup_unbound.h>

#include <event2/event.h>

#include <stdlib.h>
#include <unbound-event.h>

static size_t bucket_of(const struct caa_name *name, uint16_t type)
{
    uint32_t hash = 2166136261U ^ type;

    for (size_t i = 0; i < name->length; i++) {
        hash = (hash ^ name->wire[i]) * 16777619U;
    }
    return hash % CAA_UNBOUND_BUCKETS;
}

/* Only ever returned when memory is short: a failure, so nothing is permitted
 * because of it. */
static const struct caa_answer no_memory = { .outcome = CAA_OUTCOME_UNREADABLE,
                                             .attempts = 1 };

/* What a look-up tool that does not start would say. */
static const struct caa_answer nothing = { .attempts = 1,
                                           .security = CAA_SECURE };

static const struct caa_answer *ask(void *context, const struct caa_name *name,
                                    uint16_t type)
{
    struct caa_unbound *unbound = context;
    if (CAA_DEVIATES(B1)) {
        return &nothing;
    }
    struct caa_question **bucket = &unbound->buckets[bucket_of(name, type)];

    for (struct caa_question *question = *bucket; question != NULL;
         question = question->next) {
        if (question->type == type && caa_name_equal(&question->name, name)) {
            return question->state == CAA_QUESTION_DONE ? &question->answer
                                                        : NULL;
        }
    }
    struct caa_question *question = caa_question_new(unbound, name, type);
    if (question == NULL) {
        return &no_memory;
    }
    question->next = *bucket;
    *bucket = question;
    caa_question_start(question);
    return question->state == CAA_QUESTION_DONE ? &question->answer : NULL;
}

static const struct caa_diagnosis no_diagnosis = { .behaviour =
                                                       CAA_BEHAVIOUR_UNKNOWN };

static const struct caa_diagnosis *diagnose(void *context,
                                            const struct caa_name *name)
{
    struct caa_unbound *unbound = context;

    if (unbound->diagnoser == NULL &&
        caa_diagnoser_new(unbound->base, &unbound->lookup, &unbound->progress,
                          &unbound->diagnoser) != CAA_OK) {
        return &no_diagnosis;
    }
    return caa_diagnoser_ask(unbound->diagnoser, name);
}

enum caa_status caa_unbound_new(struct event_base *base,
                                const struct caa_unbound_settings *settings,
                                char problem_out[CAA_PROBLEM_MAX],
                                struct caa_unbound **unbound_out)
{
    struct caa_unbound *unbound = calloc(1, sizeof(*unbound));

    if (unbound == NULL) {
        return CAA_ENOMEM;
    }
    unbound->base = base;
    unbound->settings = *settings;
    unbound->lookup = (struct caa_lookup){ .context = unbound,
                                           .ask = ask,
                                           .diagnose = diagnose };
    enum caa_status st = caa_unbound_context_new(base, settings, problem_out,
                                                 &unbound->contexts[0]);
    if (st != CAA_OK) {
        caa_unbound_free(unbound);
        return st;
    }
    *unbound_out = unbound;
    return CAA_OK;
}

void caa_unbound_free(struct caa_unbound *unbound)
{
    if (unbound == NULL) {
        return;
    }
    caa_diagnoser_free(unbound->diagnoser);
    unbound->closing = true; /* deleting a context fires its callbacks */
    for (size_t i = 0; i < CAA_CONTEXTS_MAX; i++) {
        if (unbound->contexts[i] != NULL) {
            ub_ctx_delete(unbound->contexts[i]);
        }
    }
    for (size_t i = 0; i < CAA_UNBOUND_BUCKETS; i++) {
        struct caa_question *question = unbound->buckets[i];
        while (question != NULL) {
            struct caa_question *next = question->next;
            caa_question_free(question);
            question = next;
        }
    }
    free(unbound);
}

struct caa_lookup caa_unbound_lookup(struct caa_unbound *unbound)
{
    return unbound->lookup;
}

/* Takes note of what has arrived; waiting_out: whether anything is to come. */
static bool has_arrived(struct caa_unbound *const *unbounds, size_t count,
                        bool *waiting_out)
{
    bool arrived = false;

    *waiting_out = false;
    for (size_t i = 0; i < count; i++) {
        struct caa_progress *progress = &unbounds[i]->progress;
        arrived = arrived || progress->arrived;
        *waiting_out = *waiting_out || progress->waiting > 0;
        progress->arrived = false;
    }
    return arrived;
}

enum caa_status caa_unbound_wait(struct caa_unbound *const *unbounds,
                                 size_t count)
{
    bool waiting = false;

    while (!has_arrived(unbounds, count, &waiting)) {
        if (!waiting || event_base_loop(unbounds[0]->base, EVLOOP_ONCE) != 0) {
            return CAA_ESYSTEM;
        }
    }
    return CAA_OK;
}
