/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * compare.h - which deviations would have changed nothing.
 *
 * caacheck-deviant --compare runs without any deviation, keeps every answer,
 * and then decides again with each deviation on the same answers. One that asks
 * for the same, and comes to the same verdicts, reasons and places, need not be
 * run on the wire. With --compare-asking one that comes to the same but asks
 * for more need not either: what it asks for beyond is asked for now. In
 * caacheck itself there is nothing of this.
 */
#pragma once

#include "perspective.h"

#include <stdio.h>

#ifdef CAA_WITH_DEVIATIONS

/* "A1:alias=target-tree C14 ...": ids by blanks, behind a colon the values of
 * `--rule` by commas. [borrowed] for the life of the process. */
void compare_set(const char *candidates, bool asking);

/* Keeps the answers, and what earlier checks are known, from now on, when there
 * is something to compare. */
CAA_NODISCARD enum caa_status compare_keep(const struct options *options,
                                           struct perspectives *perspectives);

/* One line, "alike: " and 1 or 0 for each candidate, before the report. 0 too
 * for what can act on any look-up: that cannot be known here. */
CAA_NODISCARD enum caa_status compare_tell(FILE *out,
                                           const struct options *options,
                                           struct perspectives *perspectives);

#else

static inline enum caa_status compare_keep(const struct options *options,
                                           struct perspectives *perspectives)
{
    (void)options;
    (void)perspectives;
    return CAA_OK;
}

static inline enum caa_status compare_tell(FILE *out,
                                           const struct options *options,
                                           struct perspectives *perspectives)
{
    (void)out;
    (void)options;
    (void)perspectives;
    return CAA_OK;
}

#endif
