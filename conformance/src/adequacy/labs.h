/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * labs.h - many labs, several at a time: one loop hears them all, and ends them
 * all on a signal.
 */
#pragma once

#include "lab.h"
#include "result.h"

/* Who listens; every function is called. index counts the jobs. */
struct cfm_labs_watcher {
    void *ctx;
    void (*on_ready)(void *ctx, size_t index, size_t checks);
    /* result is [borrowed] */
    void (*on_result)(void *ctx, size_t index, const struct cfm_result *result);
    void (*on_note)(void *ctx, const char *text);
    void (*on_idle)(void *ctx); /* several times a second */
};

/*
 * Runs every job to its end, at_once of them at a time, in their order. Trouble
 * is told through on_note.
 * Returns 0 when all labs did what they should, 2 for a mistake of the user, 3
 * when a lab failed, 128 + the signal when one ended it (130: Ctrl-C). No lab
 * is left behind.
 */
int cfm_labs_run(const struct cfm_lab_job *jobs, size_t count, size_t at_once,
                 const struct cfm_labs_watcher *watcher);
