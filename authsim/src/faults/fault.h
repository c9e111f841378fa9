/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fault.h - which fault of a zone acts on a query (FORMAT section 5).
 *
 * Every enabled fault counts the queries that its filter matches, whether or
 * not it is the one that acts; the first of the list that is hit acts.
 */
#pragma once

#include <authsim/journal.h>
#include <authsim/network.h>
#include <authsim/status.h>
#include <scenario/model.h>

/* What a filter may look at. */
struct sim_fault_query {
    const char *server;  /* label of the server asked */
    const uint8_t *name; /* in the case received */
    uint16_t type;
    enum scn_transport transport;
    bool edns;
    bool edns_newer;   /* of a version above 0 */
    bool edns_options; /* with options in it */
    bool dnssec_ok;
    const char *perspective;
    int64_t now_ns;
};

/* Beyond that near misses are not told. */
enum { SIM_NEAR_MISSES_MAX = 8 };

struct sim_fault_hit {
    const struct scn_fault *fault; /* NULL: none acts */
    unsigned match_number;         /* of that fault, from 1 */
    struct sim_near_miss near_misses[SIM_NEAR_MISSES_MAX];
    size_t near_miss_count;
};

/* Distinct counters of one zone; beyond that new questions share one, so that
 * a flood of random names cannot fill memory. */
enum { SIM_FAULT_COUNTERS_MAX = 65536 };

struct sim_fault_state;

/* Counters and switches for faults[0..count), which are [borrowed]. NULL when
 * out of memory. */
struct sim_fault_state *sim_fault_state_new(const struct scn_fault *faults,
                                            size_t count);
/* void, so that it fits sim_zone_fault_state(). */
void sim_fault_state_free(void *state);

/* True when every key given in filter matches. */
bool sim_fault_filter_matches(const struct scn_filter *filter,
                              const struct sim_fault_query *q);

/* Counts q and says which fault acts. SIM_ENOMEM: a counter was not kept. */
SIM_NODISCARD enum sim_status sim_fault_match(struct sim_fault_state *state,
                                              const struct sim_fault_query *q,
                                              struct sim_fault_hit *hit_out);

/* Switches the faults of that id and zeroes their counters; false when there
 * is none. */
bool sim_fault_set(struct sim_fault_state *state, const char *id, bool enabled);

bool sim_fault_is_enabled(const struct sim_fault_state *state, size_t index);

/* Whether fault `index` has ever acted. */
bool sim_fault_has_acted(const struct sim_fault_state *state, size_t index);
