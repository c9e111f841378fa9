/* SPDX-License-Identifier: BSD-2-Clause */
/* observed.h - what an implementation did with one request. */
#pragma once

#include <scenario/model.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum cfm_ending {
    CFM_ENDED,                 /* by itself, with a verdict */
    CFM_UNSUPPORTED_BY_ITSELF, /* exit 3 */
    CFM_HANG,                  /* the time limit passed */
    CFM_CRASH,      /* a signal, or an exit code that means nothing */
    CFM_LAB_TROUBLE /* the lab could not run it: not its fault */
};

/* For a request of several names that was run name by name this is the sum:
 * permitted only when all were, the worst ending otherwise. */
struct cfm_observed {
    enum cfm_ending ending;
    bool permitted;              /* CFM_ENDED */
    enum scn_reason told_reason; /* from its JSON line; NONE: not told */
    bool told_lookup_failure;    /* exit 2 */
    char *told_found_at;         /* [owned] presentation format, or NULL */
    char **told_refused_names;   /* [owned], or NULL: not told */
    size_t told_refused_name_count;
    int exit_code;         /* -1 when a signal ended it */
    int signal;            /* 0 when it exited */
    uint64_t flood_octets; /* octets beyond the cap, drained; 0: none */
    int64_t duration_ns;
    char *output;  /* [owned] first lines of stdout and stderr, for the
                      report; NULL when silent */
    char *trouble; /* [owned] CFM_LAB_TROUBLE: one line */
};

void cfm_observed_fini(struct cfm_observed *observed);
