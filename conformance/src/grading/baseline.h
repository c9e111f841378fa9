/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * baseline.h - failures that are known, each with a reason:
 *
 *   {"schema": 1, "known": [
 *     {"address": "ID/CHECK", "outcome": "unsafe", "reason": "ticket 7"}]}
 */
#pragma once

#include "results.h"

struct cfm_baseline;

/* Reads a file. NULL when it cannot be read or is no baseline: why_out then
 * holds one line "FILE:LINE:COLUMN: what is wrong". */
struct cfm_baseline *cfm_baseline_load(const char *path, char *why,
                                       size_t why_cap);
void cfm_baseline_free(struct cfm_baseline *baseline);

/* Sets the standing of every result; NULL: nothing is known. 0, or -1 when out
 * of memory. */
int cfm_baseline_apply(const struct cfm_baseline *baseline,
                       struct cfm_results *results);

/* The text of a baseline that knows every failure in results. A failure that
 * `earlier` (or NULL) knows in the same way keeps its reason; the others get
 * "accepted by --write-baseline on DATE". [owned], free(). */
char *cfm_baseline_text(const struct cfm_results *results,
                        const struct cfm_baseline *earlier, uint32_t date);
