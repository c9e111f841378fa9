/* SPDX-License-Identifier: BSD-2-Clause */
/* respond_inside.h - what respond.c and respond_journal.c share. */
#pragma once

#include "fault.h"
#include "mutate.h"
#include "perspective.h"
#include "respond.h"

struct sim_responder {
    struct sim_world *world;       /* [borrowed] */
    struct sim_arena *arena;       /* [owned] reset by every query */
    struct sim_reply_cache *cache; /* [owned] */
    uint64_t generation;           /* of the world, which the cache is of */
    uint64_t next_number;
    uint8_t reply[SIM_MESSAGE_MAX];
    uint8_t decoy[SIM_MESSAGE_MAX];
    uint8_t intact[SIM_MESSAGE_MAX]; /* what there would be without the fault */
};

/* One query while it is answered. */
struct sim_turn {
    struct sim_responder *r;
    const struct sim_incoming *in;
    struct sim_query query;
    struct sim_site site;
    /* Whose names and servers are concerned; NULL at the root for none's. */
    struct sim_instance *instance;
    struct sim_answer answer;
    struct sim_draft draft;
    struct sim_fault_hit hit;
    size_t limit;
    size_t reply_len; /* 0: none */
    bool changed;     /* the fault changed octets of the reply */
    bool counted;     /* by faults: the next reply may be another */
    uint8_t error;    /* the query deserves; SIM_NOERROR: none */
    const char *perspective;
    char perspective_text[SIM_PERSPECTIVE_MAX];
};

/* Writes the turn into the journal of its instance, or of the world, and keeps
 * the reply for the next who asks the same, if that will do for them. */
SIM_NODISCARD enum sim_status sim_turn_journal(
    struct sim_turn *turn, const struct sim_reaction *reaction);

/* What was kept for such a query; NULL: it has to be answered anew. */
const struct sim_cached *sim_turn_cached(struct sim_responder *r,
                                         const struct sim_incoming *in);

/* Says it again, to another client perhaps, and journals that. */
SIM_NODISCARD enum sim_status sim_turn_again(struct sim_responder *r,
                                             const struct sim_incoming *in,
                                             const struct sim_cached *cached,
                                             struct sim_reaction *reaction_out);
