/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mutate.h - what a fault does to a reply (FORMAT section 5, misbehaviours).
 *
 * One table of mutations, applied in the order of the format. Each changes a
 * draft: the parts of the reply and how it is sent. A new misbehaviour is one
 * more function and one more line of the table.
 */
#pragma once

#include "message.h"

/* A reply on its way to the wire. */
struct sim_draft {
    /* what is given */
    const struct scn_action *action; /* [borrowed] */
    struct sim_zone *zone;           /* that answered */
    struct sim_arena *arena;
    uint64_t seed;
    unsigned match_number; /* of the fault, from 1 */
    /* what is changed */
    struct sim_message message;
    enum scn_drop dropped;
    unsigned udp_limit; /* octets of a UDP reply; 0: what the client says */
    struct sim_message *decoy; /* sent first; NULL: none. In arena. */
    enum scn_decoy_wrong decoy_wrong;
    unsigned copies;
    unsigned delay_ms;
    enum scn_tcp_pacing pacing;
};

/* What an honest server does too: the order of a set's records means nothing
 * (RFC 1034 section 3.6). Comes before sim_mutate(). */
void sim_mutate_honestly(struct sim_draft *draft);

/* Applies every mutation that draft->action asks for. */
SIM_NODISCARD enum sim_status sim_mutate(struct sim_draft *draft);
