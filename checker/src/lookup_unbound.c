/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lookup_unbound.c - every question once, remembered until the end, and only so
 * many at a time: a deadline is for the answer, not for a queue. A failed
 * attempt is repeated in a fresh context, because libunbound keeps a SERVFAIL
 * for five seconds. Own recursion that is only late is waited for a second
 * time in the same context, which has gone on working and knows the way by now;
 * a resolver is asked again.
 */
#include "answer.h"
#include "deviation.h"
#include "diagnose.h"
#include "message.h"
#include "unbound_context.h"

#include <caacheck/lookup_unbound.h>

#include <event2/event.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unbound-event.h>

/*
 * Contexts by number: 0 and 1 for the look-ups that decide and their second
 * attempts, 2 and 3 for what is asked about a failure: the first two have
 * learnt by then that the server is silent, and would not ask it.
 */
enum {
    BUCKETS = 256,
    CONTEXT_DECIDING = 0,
    CONTEXT_ENQUIRING = 2,
    CONTEXTS_MAX = 4,
    IN_FLIGHT_MAX = 32, /* as many silent names cost one time-out together */
    CLASS_IN = 1
};

enum entry_state { ENTRY_QUEUED, ENTRY_ASKED, ENTRY_SOON, ENTRY_DONE };

struct entry {
    struct caa_unbound *unbound; /* borrowed */
    struct caa_name name;
    uint16_t type;
    enum entry_state state;
    unsigned attempts;
    size_t context; /* index of the context that is asked */
    int async_id;
    struct event *timer; /* owned; deadline of an attempt, or its repetition */
    struct caa_answer answer;
    struct entry *next;   /* owned */
    struct entry *behind; /* borrowed; the next in the queue */
};

struct caa_unbound {
    struct event_base *base; /* borrowed */
    struct caa_unbound_settings settings;
    struct ub_ctx *contexts[CONTEXTS_MAX]; /* owned; NULL until needed */
    struct entry *buckets[BUCKETS];        /* owned */
    struct entry *queue_first;             /* borrowed */
    struct entry *queue_last;              /* borrowed */
    size_t in_flight;
    struct caa_progress progress;
    struct caa_lookup lookup;        /* this object, as it is given out */
    struct caa_diagnoser *diagnoser; /* owned; NULL until needed */
    bool closing;                    /* late callbacks are of no interest */
};

static size_t bucket_of(const struct caa_name *name, uint16_t type)
{
    uint32_t hash = 2166136261U ^ type;

    for (size_t i = 0; i < name->length; i++) {
        hash = (hash ^ name->wire[i]) * 16777619U;
    }
    return hash % BUCKETS;
}

/* What a climb asks for; the rest is asked when one of these failed. */
static bool is_deciding(uint16_t type)
{
    return type == CAA_TYPE_CAA || type == CAA_TYPE_DNAME ||
           type == CAA_TYPE_DNSKEY;
}

/* Only what may permit is worth a second attempt. */
static unsigned attempts_for(const struct entry *entry)
{
    bool worth = is_deciding(entry->type) || entry->type == CAA_TYPE_DS ||
                 entry->type == CAA_TYPE_CNAME;

    return worth ? entry->unbound->settings.attempts : 1;
}

/* Always later, from the loop: never from inside libunbound. */
static void start_soon(struct entry *entry)
{
    static const struct timeval now = { .tv_sec = 0 };

    entry->state = ENTRY_SOON;
    (void)event_add(entry->timer, &now);
}

static void enqueue(struct caa_unbound *unbound, struct entry *entry)
{
    entry->state = ENTRY_QUEUED;
    if (unbound->queue_last != NULL) {
        unbound->queue_last->behind = entry;
    } else {
        unbound->queue_first = entry;
    }
    unbound->queue_last = entry;
}

static void start_next(struct caa_unbound *unbound)
{
    struct entry *entry = unbound->queue_first;

    if (entry == NULL) {
        return;
    }
    unbound->queue_first = entry->behind;
    if (unbound->queue_first == NULL) {
        unbound->queue_last = NULL;
    }
    unbound->in_flight++;
    start_soon(entry);
}

static void finish(struct entry *entry, enum caa_outcome outcome)
{
    (void)event_del(entry->timer);
    entry->state = ENTRY_DONE;
    entry->answer.outcome = outcome;
    entry->answer.attempts = entry->attempts;
    entry->unbound->progress.waiting--;
    entry->unbound->progress.arrived = true;
    entry->unbound->in_flight--;
    start_next(entry->unbound);
}

static enum caa_security security_of(int sec)
{
    switch (sec) {
    case 0:
        return CAA_INSECURE;
    case 2:
        return CAA_SECURE;
    default:
        return CAA_BOGUS;
    }
}

static void take_packet(struct entry *entry, const void *packet, int length,
                        int sec, const char *why)
{
    struct caa_answer *answer = &entry->answer;
    enum caa_status st =
        packet == NULL || length < 0
            ? CAA_ENOMEM
            : caa_answer_read(packet, (size_t)length, &entry->name, entry->type,
                              answer);

    if (st != CAA_OK) {
        /* A failure of our own is never one that a retry confirmed. */
        entry->attempts = st == CAA_ENOMEM ? 1 : entry->attempts;
        finish(entry, CAA_OUTCOME_UNREADABLE);
        return;
    }
    answer->security = security_of(sec);
    (void)snprintf(answer->why, sizeof(answer->why), "%s",
                   why != NULL ? why : "");
    finish(entry, CAA_OUTCOME_ANSWERED);
}

/* libunbound: packet and why are only to be looked at when rcode is 0. */
/* NOLINTNEXTLINE(readability-function-size): the signature is libunbound's */
static void on_result(void *arg, int rcode, void *packet, int length, int sec,
                      char *why, int was_ratelimited)
{
    struct entry *entry = arg;

    (void)was_ratelimited;
    if (entry->unbound->closing || entry->state != ENTRY_ASKED) {
        return;
    }
    /* Bogus may be a key that could not be had: that is a failure as well. */
    bool good = rcode == 0 && security_of(sec) != CAA_BOGUS;
    if (!good && entry->attempts < attempts_for(entry)) {
        entry->context += !CAA_DEVIATES(G15);
        start_soon(entry);
    } else if (rcode == 0) {
        take_packet(entry, packet, length, sec, why);
    } else {
        finish(entry, CAA_OUTCOME_SERVFAIL);
    }
}

static struct ub_ctx *context_at(struct caa_unbound *unbound, size_t index)
{
    char ignored[CAA_PROBLEM_MAX];

    if (index >= CONTEXTS_MAX) {
        return NULL;
    }
    if (unbound->contexts[index] == NULL &&
        caa_unbound_context_new(unbound->base, &unbound->settings, ignored,
                                &unbound->contexts[index]) != CAA_OK) {
        return NULL;
    }
    return unbound->contexts[index];
}

static void start_attempt(struct entry *entry)
{
    struct caa_unbound *unbound = entry->unbound;
    struct ub_ctx *context = context_at(unbound, entry->context);
    char text[CAA_NAME_TEXT_MAX];
    struct timeval deadline = {
        .tv_sec = unbound->settings.timeout_ms / 1000,
        .tv_usec = (suseconds_t)(unbound->settings.timeout_ms % 1000) * 1000,
    };

    if (CAA_DEVIATES(G18)) {
        deadline = (struct timeval){ .tv_usec = 100000 };
    }
    entry->state = ENTRY_ASKED;
    entry->attempts++;
    caa_name_to_text(&entry->name, text);
    (void)event_add(entry->timer, &deadline);
    if (context == NULL ||
        ub_resolve_event(context, text, entry->type, CLASS_IN, entry, on_result,
                         &entry->async_id) != 0) {
        entry->attempts -= entry->attempts > 1; /* this one was not made */
        finish(entry, CAA_OUTCOME_SERVFAIL);
    }
}

/* The deadline of an attempt, or the moment to start one. */
static void on_timer(evutil_socket_t fd, short events, void *arg)
{
    struct entry *entry = arg;

    (void)fd;
    (void)events;
    if (entry->state == ENTRY_ASKED) {
        (void)ub_cancel(entry->unbound->contexts[entry->context],
                        entry->async_id);
        if (entry->attempts >= attempts_for(entry)) {
            finish(entry, CAA_OUTCOME_TIMEOUT);
            return;
        }
        if (entry->unbound->settings.resolver != NULL) {
            entry->context++;
        }
    }
    start_attempt(entry);
}

static void entry_free(struct entry *entry)
{
    if (entry == NULL) {
        return;
    }
    if (entry->timer != NULL) {
        event_free(entry->timer);
    }
    caa_answer_fini(&entry->answer);
    free(entry);
}

static struct entry *entry_new(struct caa_unbound *unbound,
                               const struct caa_name *name, uint16_t type)
{
    struct entry *entry = calloc(1, sizeof(*entry));

    if (entry == NULL) {
        return NULL;
    }
    entry->unbound = unbound;
    entry->name = *name;
    entry->type = type;
    entry->context = is_deciding(type) ? CONTEXT_DECIDING : CONTEXT_ENQUIRING;
    entry->timer = evtimer_new(unbound->base, on_timer, entry);
    if (entry->timer == NULL) {
        entry_free(entry);
        return NULL;
    }
    return entry;
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
    struct entry **bucket = &unbound->buckets[bucket_of(name, type)];

    for (struct entry *entry = *bucket; entry != NULL; entry = entry->next) {
        if (entry->type == type && caa_name_equal(&entry->name, name)) {
            return entry->state == ENTRY_DONE ? &entry->answer : NULL;
        }
    }
    struct entry *entry = entry_new(unbound, name, type);
    if (entry == NULL) {
        return &no_memory;
    }
    entry->next = *bucket;
    *bucket = entry;
    unbound->progress.waiting++;
    if (unbound->in_flight >= IN_FLIGHT_MAX) {
        enqueue(unbound, entry);
        return NULL;
    }
    unbound->in_flight++;
    start_attempt(entry);
    return entry->state == ENTRY_DONE ? &entry->answer : NULL;
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
    for (size_t i = 0; i < CONTEXTS_MAX; i++) {
        if (unbound->contexts[i] != NULL) {
            ub_ctx_delete(unbound->contexts[i]);
        }
    }
    for (size_t i = 0; i < BUCKETS; i++) {
        struct entry *entry = unbound->buckets[i];
        while (entry != NULL) {
            struct entry *next = entry->next;
            entry_free(entry);
            entry = next;
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
