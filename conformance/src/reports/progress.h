/* SPDX-License-Identifier: BSD-2-Clause */
/* progress.h - one line on a terminal that shows how far a run is. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct cfm_progress {
    FILE *out; /* [borrowed] */
    bool live; /* a terminal: the line is drawn over and over */
    size_t total;
    size_t done;
    size_t failed;
    int64_t started_ns;
    int64_t drawn_ns;
    bool shown;        /* a line stands there now */
    char current[128]; /* what was started last */
};

void cfm_progress_init(struct cfm_progress *progress, FILE *out, bool live,
                       int64_t now_ns);
/* Draws, but not more often than ten times a second. */
void cfm_progress_draw(struct cfm_progress *progress, int64_t now_ns);
/* Removes the line, so that something else can be printed. */
void cfm_progress_clear(struct cfm_progress *progress);
