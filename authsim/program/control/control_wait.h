/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * control_wait.h - requests that wait until enough was asked, or their time is
 * over. Nothing sleeps: they are looked at after every turn of the event loop.
 */
#pragma once

#include "control_answer.h"
#include "control_filter.h"

enum { CONTROL_WAITS_MAX = 48, CONTROL_WAIT_MS_MAX = 60000 };

/* Sends an answer that came later to whom struct control_request names. */
typedef void control_send_fn(void *reply_to,
                             const struct control_answer *answer);

struct control_wait {
    struct control_filter filter;
    char server[64];               /* what filter.server points to */
    struct sim_instance *instance; /* [borrowed] whose journal is looked at */
    size_t next;                   /* the first entry not looked at */
    unsigned long long at_least;
    unsigned long long count;
    int64_t deadline_ns; /* sim_clock_monotonic_ns() */
    void *reply_to;
};

/* Zero-initialised but for send is ready. */
struct control_waits {
    struct control_wait waits[CONTROL_WAITS_MAX];
    size_t count;
    control_send_fn *send;
};

/* Counts what has arrived since; true when it is enough. */
bool control_wait_look(struct control_wait *wait);
void control_wait_answer(const struct control_wait *wait,
                         struct control_answer *answer);

/* False when there are too many. */
bool control_waits_add(struct control_waits *waits,
                       const struct control_wait *wait);

/* Answers those that have enough, and those whose time is over. */
void control_waits_turn(struct control_waits *waits, int64_t now_ns);

/* When the next one's time is over; false when none waits. */
bool control_waits_deadline(const struct control_waits *waits,
                            int64_t *deadline_ns_out);

/* Whom it was for is gone: no answer. */
void control_waits_drop(struct control_waits *waits, const void *reply_to);

/* The instance goes away, and its waits are answered by that. */
void control_waits_forget(struct control_waits *waits,
                          const struct sim_instance *instance);
