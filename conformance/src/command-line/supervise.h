/* SPDX-License-Identifier: BSD-2-Clause */
/* supervise.h - run a lab, hear what it says, end it on a signal. */
#pragma once

#include "lab.h"
#include "result.h"

/* Who listens. Any function may be NULL. */
struct cfm_watcher {
    void *ctx;
    void (*on_ready)(void *ctx, size_t checks);
    void (*on_started)(void *ctx, const char *address);
    /* result is [consumed]; 0, or -1 when out of memory */
    int (*on_result)(void *ctx, struct cfm_result *result);
    void (*on_note)(void *ctx, const char *text);
    void (*on_idle)(void *ctx); /* several times a second */
};

/*
 * Runs one lab to its end. Messages about trouble go to standard error.
 * Returns 0 when the lab did all it should, 2 for a mistake of the user, 3 when
 * the lab failed, 128 + the signal when one ended it (130: Ctrl-C).
 */
int cfm_supervise(const struct cfm_lab_job *job,
                  const struct cfm_watcher *watcher);
