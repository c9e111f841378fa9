/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * unbound_question.h - one question of a look-up, from the queue to its answer:
 * its attempts, their deadlines, and which context each is made in.
 */
#pragma once

#include "answer.h"
#include "diagnose.h"
#include "unbound_context.h"

#include <caacheck/lookup_unbound.h>

#include <event2/event.h>

/* Contexts by number; see unbound_question.c. */
enum { CAA_CONTEXTS_MAX = 4, CAA_UNBOUND_BUCKETS = 256 };

enum caa_question_state {
    CAA_QUESTION_QUEUED,
    CAA_QUESTION_ASKED,
    CAA_QUESTION_SOON,
    CAA_QUESTION_DONE
};

struct caa_question {
    struct caa_unbound *unbound; /* borrowed */
    struct caa_name name;
    uint16_t type;
    enum caa_question_state state;
    unsigned attempts;
    size_t context; /* index of the context that is asked */
    int async_id;
    struct event *timer; /* owned; deadline of an attempt, or its repetition */
    struct caa_answer answer;
    struct caa_question *next;   /* owned */
    struct caa_question *behind; /* borrowed; the next in the queue */
};

struct caa_unbound {
    struct event_base *base; /* borrowed */
    struct caa_unbound_settings settings;
    struct ub_ctx *contexts[CAA_CONTEXTS_MAX]; /* owned; NULL until needed */
    struct caa_question *buckets[CAA_UNBOUND_BUCKETS]; /* owned */
    struct caa_question *queue_first;                  /* borrowed */
    struct caa_question *queue_last;                   /* borrowed */
    size_t in_flight;
    struct caa_progress progress;
    struct caa_lookup lookup;        /* this object, as it is given out */
    struct caa_diagnoser *diagnoser; /* owned; NULL until needed */
    bool closing;                    /* late callbacks are of no interest */
};

/* NULL when out of memory. [owned] */
struct caa_question *caa_question_new(struct caa_unbound *unbound,
                                      const struct caa_name *name,
                                      uint16_t type);
void caa_question_free(struct caa_question *question);

/* Asks at once, or when others have been answered. */
void caa_question_start(struct caa_question *question);
