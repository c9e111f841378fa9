/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * unbound_question.c - only so many at a time: a deadline is for the answer,
 * not for a queue. A failed attempt is repeated in a fresh context, because
 * libunbound keeps a SERVFAIL for five seconds. Own recursion that is only late
 * is waited for a second time in the same context, which has gone on working
 * and knows the way by now; a resolver is asked again.
 */
#include "unbound_question.h"

#include "deviation.h"
#include "message.h"

#include <stdio.h>
#include <stdlib.h>
#include <unbound-event.h>

/*
 * Contexts by number: 0 and 1 for the look-ups that decide and their second
 * attempts, 2 and 3 for what is asked about a failure: the first two have
 * learnt by then that the server is silent, and would not ask it.
 */
enum {
    CONTEXT_DECIDING = 0,
    CONTEXT_ENQUIRING = 2,
    IN_FLIGHT_MAX = 32, /* as many silent names cost one time-out together */
    CLASS_IN = 1
};

/* What a climb asks for; the rest is asked when one of these failed. */
static bool is_deciding(uint16_t type)
{
    return type == CAA_TYPE_CAA || type == CAA_TYPE_DNAME ||
           type == CAA_TYPE_DNSKEY;
}

/* Only what may permit is worth a second attempt. */
static unsigned attempts_for(const struct caa_question *question)
{
    bool worth = is_deciding(question->type) || question->type == CAA_TYPE_DS ||
                 question->type == CAA_TYPE_CNAME;

    return worth ? question->unbound->settings.attempts : 1;
}

/* Always later, from the loop: never from inside libunbound. */
static void start_soon(struct caa_question *question)
{
    static const struct timeval now = { .tv_sec = 0 };

    question->state = CAA_QUESTION_SOON;
    (void)event_add(question->timer, &now);
}

static void enqueue(struct caa_unbound *unbound, struct caa_question *question)
{
    question->state = CAA_QUESTION_QUEUED;
    if (unbound->queue_last != NULL) {
        unbound->queue_last->behind = question;
    } else {
        unbound->queue_first = question;
    }
    unbound->queue_last = question;
}

static void start_next(struct caa_unbound *unbound)
{
    struct caa_question *question = unbound->queue_first;

    if (question == NULL) {
        return;
    }
    unbound->queue_first = question->behind;
    if (unbound->queue_first == NULL) {
        unbound->queue_last = NULL;
    }
    unbound->in_flight++;
    start_soon(question);
}

static void finish(struct caa_question *question, enum caa_outcome outcome)
{
    (void)event_del(question->timer);
    question->state = CAA_QUESTION_DONE;
    question->answer.outcome = outcome;
    question->answer.attempts = question->attempts;
    question->unbound->progress.waiting--;
    question->unbound->progress.arrived = true;
    question->unbound->in_flight--;
    start_next(question->unbound);
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

static void take_packet(struct caa_question *question, const void *packet,
                        int length, int sec, const char *why)
{
    struct caa_answer *answer = &question->answer;
    enum caa_status st =
        packet == NULL || length < 0
            ? CAA_ENOMEM
            : caa_answer_read(packet, (size_t)length, &question->name,
                              question->type, answer);

    if (st != CAA_OK) {
        /* A failure of our own is never one that a retry confirmed. */
        question->attempts = st == CAA_ENOMEM ? 1 : question->attempts;
        finish(question, CAA_OUTCOME_UNREADABLE);
        return;
    }
    answer->security = security_of(sec);
    (void)snprintf(answer->why, sizeof(answer->why), "%s",
                   why != NULL ? why : "");
    finish(question, CAA_OUTCOME_ANSWERED);
}

/* libunbound: packet and why are only to be looked at when rcode is 0. */
/* NOLINTNEXTLINE(readability-function-size): the signature is libunbound's */
static void on_result(void *arg, int rcode, void *packet, int length, int sec,
                      char *why, int was_ratelimited)
{
    struct caa_question *question = arg;

    (void)was_ratelimited;
    if (question->unbound->closing || question->state != CAA_QUESTION_ASKED) {
        return;
    }
    /* Bogus may be a key that could not be had: that is a failure as well. */
    bool good = rcode == 0 && security_of(sec) != CAA_BOGUS;
    if (!good && question->attempts < attempts_for(question)) {
        question->context += !CAA_DEVIATES(G15);
        start_soon(question);
    } else if (rcode == 0) {
        take_packet(question, packet, length, sec, why);
    } else {
        finish(question, CAA_OUTCOME_SERVFAIL);
    }
}

static struct ub_ctx *context_at(struct caa_unbound *unbound, size_t index)
{
    char ignored[CAA_PROBLEM_MAX];

    if (index >= CAA_CONTEXTS_MAX) {
        return NULL;
    }
    if (unbound->contexts[index] == NULL &&
        caa_unbound_context_new(unbound->base, &unbound->settings, ignored,
                                &unbound->contexts[index]) != CAA_OK) {
        return NULL;
    }
    return unbound->contexts[index];
}

static void start_attempt(struct caa_question *question)
{
    struct caa_unbound *unbound = question->unbound;
    struct ub_ctx *context = context_at(unbound, question->context);
    char text[CAA_NAME_TEXT_MAX];
    struct timeval deadline = {
        .tv_sec = unbound->settings.timeout_ms / 1000,
        .tv_usec = (suseconds_t)(unbound->settings.timeout_ms % 1000) * 1000,
    };

    if (CAA_DEVIATES(G18)) {
        deadline = (struct timeval){ .tv_usec = 100000 };
    }
    question->state = CAA_QUESTION_ASKED;
    question->attempts++;
    caa_name_to_text(&question->name, text);
    (void)event_add(question->timer, &deadline);
    if (context == NULL ||
        ub_resolve_event(context, text, question->type, CLASS_IN, question,
                         on_result, &question->async_id) != 0) {
        question->attempts -=
            question->attempts > 1; /* this one was not made */
        finish(question, CAA_OUTCOME_SERVFAIL);
    }
}

/* The deadline of an attempt, or the moment to start one. */
static void on_timer(evutil_socket_t fd, short events, void *arg)
{
    struct caa_question *question = arg;

    (void)fd;
    (void)events;
    if (question->state == CAA_QUESTION_ASKED) {
        (void)ub_cancel(question->unbound->contexts[question->context],
                        question->async_id);
        if (question->attempts >= attempts_for(question)) {
            finish(question, CAA_OUTCOME_TIMEOUT);
            return;
        }
        if (question->unbound->settings.resolver != NULL) {
            question->context++;
        }
    }
    start_attempt(question);
}

void caa_question_free(struct caa_question *question)
{
    if (question == NULL) {
        return;
    }
    if (question->timer != NULL) {
        event_free(question->timer);
    }
    caa_answer_fini(&question->answer);
    free(question);
}

struct caa_question *caa_question_new(struct caa_unbound *unbound,
                                      const struct caa_name *name,
                                      uint16_t type)
{
    struct caa_question *question = calloc(1, sizeof(*question));

    if (question == NULL) {
        return NULL;
    }
    question->unbound = unbound;
    question->name = *name;
    question->type = type;
    question->context =
        is_deciding(type) ? CONTEXT_DECIDING : CONTEXT_ENQUIRING;
    question->timer = evtimer_new(unbound->base, on_timer, question);
    if (question->timer == NULL) {
        caa_question_free(question);
        return NULL;
    }
    return question;
}

void caa_question_start(struct caa_question *question)
{
    struct caa_unbound *unbound = question->unbound;

    unbound->progress.waiting++;
    if (unbound->in_flight >= IN_FLIGHT_MAX) {
        enqueue(unbound, question);
        return;
    }
    unbound->in_flight++;
    start_attempt(question);
}
