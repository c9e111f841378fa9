/* SPDX-License-Identifier: BSD-2-Clause */
/* observe.h - what the end of a process says about a request; pure. */
#pragma once

#include "observed.h"
#include "process.h"

/* Reads exit code, signal and output. observed_out is [owned] by the caller. */
void cfm_observe_report(const struct cfm_process_report *report,
                        struct cfm_observed *observed_out);

/* The lab could not do its part. */
void cfm_observe_trouble(const char *text, struct cfm_observed *observed_out);

/* The runs of one request, name by name. */
struct cfm_observed_names {
    const struct scn_subject *subjects; /* [borrowed] one a run */
    struct cfm_observed *runs; /* [borrowed] what they hold may be taken */
    size_t count;              /* leading runs that have ended; at least 1 */
};

/*
 * Their sum: the first that gave no verdict; else permitted when all permit;
 * else what the first refusal told, and the names that were refused.
 */
void cfm_observe_sum(const struct cfm_observed_names *names,
                     struct cfm_observed *observed_out);
