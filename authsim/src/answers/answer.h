/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * answer.h - what a server's zones say to a question (RFC 1034 section 4.3.2,
 * RFC 4035 section 3.1, RFC 5155 section 7.2), before any fault.
 *
 * Pure: no I/O, no clock. Damage (FORMAT section 6) is part of the zones and so
 * of the answer; faults are not.
 */
#pragma once

#include "arena.h"

#include <authsim/status.h>
#include <authsim/world.h>

/* One resource record; pointers are [borrowed] from zone or arena. */
struct sim_rr {
    const uint8_t *owner;
    const uint8_t *rdata;
    uint32_t ttl;
    uint16_t type;
    uint16_t class; /* 0: IN */
    uint16_t rdata_len;
    bool owner_as_is; /* never compressed, which would change its case */
};

struct sim_rr_list {
    struct sim_rr *rrs;
    size_t count;
    size_t capacity;
};

struct sim_question {
    const uint8_t *name; /* any case; looked up without case */
    uint16_t type;
    uint16_t class;
    bool dnssec_ok;
    bool compact_ok; /* compact denial may come with NXDOMAIN */
};

/* Which server is asked: the result of routing a query by address and name. */
struct sim_site {
    struct sim_instance *instance; /* NULL at the shared root for no instance */
    const char *server;            /* label, "root" at a root server */
    struct sim_zone *const *zones; /* those this server has, parents first */
    size_t zone_count;
};

struct sim_answer {
    struct sim_arena *arena; /* [borrowed] holds all that is synthesised */
    uint8_t rcode;
    bool authoritative;
    struct sim_zone *zone; /* that answered first; NULL when REFUSED */
    struct sim_rr_list answer;
    struct sim_rr_list authority;
    struct sim_rr_list additional;
    /* see struct sim_exchange */
    const uint8_t **aliases;
    size_t alias_count;
    const uint8_t *alias_to;
    const uint8_t **no_ds;
    size_t no_ds_count;
};

/*
 * Which zones are asked by a query for `name` sent to `local`. False: no
 * server of the simulated world has that address (the query is dropped).
 */
bool sim_world_route(struct sim_world *world, const struct sim_address *local,
                     const uint8_t *name, struct sim_site *site_out);

/* Fills answer_out, all of it in arena. A name in no zone: REFUSED. */
SIM_NODISCARD enum sim_status sim_answer_question(
    const struct sim_site *site, const struct sim_question *q,
    struct sim_arena *arena, struct sim_answer *answer_out);

/* Records of a fault's `answer` as that zone would say them: with RRSIGs when
 * the zone is signed and dnssec_ok is set. Appends to list. */
SIM_NODISCARD enum sim_status sim_zone_sign_records(
    struct sim_zone *zone, const struct scn_record *records, size_t count,
    bool dnssec_ok, struct sim_arena *arena, struct sim_rr_list *list);

/* The model of a zone, for its faults; NULL for the generated shared root. */
const struct scn_zone *sim_zone_model(const struct sim_zone *zone);
/* Per-zone storage for the counters of the fault module; [owned] by the zone,
 * freed with free_fn. */
void **sim_zone_fault_state(struct sim_zone *zone, void (*free_fn)(void *));
