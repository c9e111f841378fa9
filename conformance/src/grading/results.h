/* SPDX-License-Identifier: BSD-2-Clause */
/* results.h - the results of a run: collected, compared, counted. */
#pragma once

#include "result.h"

#include <stdbool.h>
#include <stddef.h>

/* What a result means once the baseline has been looked at. */
enum cfm_standing {
    CFM_GOOD,            /* pass, or unsupported */
    CFM_BAD,             /* fails the run */
    CFM_KNOWN,           /* fails as the baseline says it does */
    CFM_UNEXPECTED_PASS, /* the baseline says it fails: fails the run */
    CFM_CHANGED          /* fails otherwise than the baseline says */
};

struct cfm_graded_result {
    struct cfm_result result; /* [owned] */
    enum cfm_standing standing;
    char *known_reason; /* [owned] of the baseline, or NULL */
};

struct cfm_results {
    struct cfm_graded_result *items; /* [owned] */
    size_t count;
    size_t cap;
};

/* True for every outcome but pass and unsupported. */
bool cfm_outcome_fails(enum cfm_outcome outcome);

/* result is [consumed] on 0; -1 when out of memory. */
int cfm_results_add(struct cfm_results *results, struct cfm_result *result);
void cfm_results_fini(struct cfm_results *results);

/* By address, in the order of its octets. */
void cfm_results_sort(struct cfm_results *results);

/*
 * Merges a repetition of the run: where outcome or verdict differ, or where a
 * result is in one of the two only, the result becomes unstable and says what
 * it was before (run 1) and now. Both must be sorted. again is [consumed].
 *   run  number of the repetition, from 2
 */
int cfm_results_merge(struct cfm_results *results, struct cfm_results *again,
                      unsigned run);

/* Sets every standing to what the outcome alone says. */
void cfm_results_judge(struct cfm_results *results);

size_t cfm_results_count(const struct cfm_results *results,
                         enum cfm_outcome outcome);
size_t cfm_results_standing(const struct cfm_results *results,
                            enum cfm_standing standing);

/* Index behind the last result of the scenario that start belongs to: sorted,
 * they stand side by side. */
size_t cfm_results_end_of_scenario(const struct cfm_results *results,
                                   size_t start);

/* False when all that there is is unsupported. */
bool cfm_results_graded(const struct cfm_results *results);

/* 0 conformant, 1 not or nothing was graded, 3 when nothing failed but the
 * lab. */
int cfm_results_exit(const struct cfm_results *results);
