/* SPDX-License-Identifier: BSD-2-Clause */
/* control_metrics.h - counters that never go back, whatever is cleared. */
#pragma once

#include <authsim/journal.h>

enum {
    CONTROL_TYPES = 10,  /* control_metrics.c names them; the last: others */
    CONTROL_RCODES = 7,  /* likewise */
    CONTROL_STATUSES = 3 /* 2xx, 4xx, 5xx */
};

struct control_totals {
    uint64_t queries[2][CONTROL_TYPES]; /* UDP, TCP */
    uint64_t replies[CONTROL_RCODES];
    uint64_t unanswered;
    uint64_t faults; /* exchanges in which one acted */
    uint64_t requests[CONTROL_STATUSES];
    uint64_t cache_hits; /* see sim_server_cache() */
    uint64_t cache_misses;
};

/* Adds the entries [from, to) of a journal. */
void control_totals_add(struct control_totals *totals,
                        const struct sim_journal *journal, size_t from,
                        size_t to);
void control_totals_add_request(struct control_totals *totals, unsigned status);

struct control_gauges {
    size_t instances;
    size_t exchanges; /* held in the journals */
    size_t waits;
};

/* [owned] by the caller, free(); NULL when out of memory. */
char *control_metrics_text(const struct control_totals *totals,
                           const struct control_gauges *gauges);
