/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * perspective.h - the primary perspective and the remote ones: look-ups of
 * their own for each, in one loop, and what each makes of every name.
 */
#pragma once

#include "options.h"

struct event_base;

/* Of perspective p and name i: results[p * options->subject_count + i]. The
 * primary is perspective 0. */
struct perspectives {
    struct event_base *base;       /* [owned] */
    struct caa_unbound **unbounds; /* [owned] one for each */
    struct caa_lookup *lookups;    /* [owned] what each asks */
    struct caa_result *results;    /* [owned] */
    bool *finished;                /* [owned] */
    size_t count;
    size_t subject_count;
};

/* CAA_ESYSTEM: problem_out says which setting libunbound refused. In any case
 * perspectives_fini(). */
CAA_NODISCARD enum caa_status perspectives_init(
    const struct options *options, char problem_out[CAA_PROBLEM_MAX],
    struct perspectives *perspectives_out);
void perspectives_fini(struct perspectives *perspectives);

/* Of all names, as this perspective found them. */
struct caa_result *perspectives_results(struct perspectives *perspectives,
                                        size_t index);

/* Puts the remotes' verdicts into the primary's results and judges by the
 * quorum. CAA_ENOMEM: there is no verdict. */
CAA_NODISCARD enum caa_status perspectives_judge(
    struct perspectives *perspectives, const struct options *options);
