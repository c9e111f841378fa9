/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * diagnose.h - why did a look-up fail? A resolver says SERVFAIL for every
 * reason; the name servers themselves show which it was.
 */
#pragma once

#include <caacheck/lookup.h>

struct event_base;
struct caa_diagnoser;

/* Work under way, shared by all who do some: see caa_unbound_wait(). */
struct caa_progress {
    size_t waiting; /* how much is on its way */
    bool arrived;   /* something has ended */
};

/* Everything is borrowed, and outlives the object. */
CAA_NODISCARD enum caa_status caa_diagnoser_new(
    struct event_base *base, const struct caa_lookup *lookup,
    struct caa_progress *progress, struct caa_diagnoser **diagnoser_out);
void caa_diagnoser_free(struct caa_diagnoser *diagnoser);

/*
 * Follows the aliases of name, finds the servers of the zone at their end, and
 * asks at most CAA_PROBES_MAX addresses once. NULL: not there yet.
 */
const struct caa_diagnosis *caa_diagnoser_ask(struct caa_diagnoser *diagnoser,
                                              const struct caa_name *name);
