/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lookup_unbound.h - look-ups through libunbound, which validates every
 * answer in this process: by its own recursion, or by way of a resolver that
 * then need not be trusted.
 */
#pragma once

#include <caacheck/lookup.h>

struct event_base;

/* [borrowed] strings; NULL where not given. */
struct caa_unbound_settings {
    const char *resolver;     /* ADDRESS or ADDRESS@PORT; NULL: own recursion */
    const char *root_hints;   /* file; NULL: those built into libunbound */
    const char *trust_anchor; /* file with DS or DNSKEY of the root; required */
    unsigned timeout_ms;      /* for one attempt */
    unsigned attempts;        /* at least 1 */
};

enum { CAA_PROBLEM_MAX = 256 };

struct caa_unbound;

/*
 * base is borrowed and outlives the object. CAA_ESYSTEM: the library refused
 * the settings, and problem_out says which.
 */
CAA_NODISCARD enum caa_status caa_unbound_new(
    struct event_base *base, const struct caa_unbound_settings *settings,
    char problem_out[CAA_PROBLEM_MAX], struct caa_unbound **unbound_out);

/* Cancels what is on its way. NULL is accepted. */
void caa_unbound_free(struct caa_unbound *unbound);

/* The table of functions; its answers live as long as the object. */
struct caa_lookup caa_unbound_lookup(struct caa_unbound *unbound);

/*
 * Runs the loop, which all of them share, until at least one answer has come to
 * any of them since the last call. CAA_ESYSTEM: nothing is on its way, or the
 * loop failed.
 */
CAA_NODISCARD enum caa_status caa_unbound_wait(
    struct caa_unbound *const *unbounds, size_t count);
