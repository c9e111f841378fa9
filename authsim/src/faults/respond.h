/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * respond.h - from the octets of a query to the octets of its replies.
 *
 * No sockets, no clock: what is received, where and when comes in; what is to
 * be sent, from where and how late goes out. The exchange is journaled.
 *
 * A reply in which no fault has a say is built once and then kept, until the
 * world changes: it depends on the query, the server and the transport alone.
 * Time is not among them: signatures are valid around the world's epoch, TTLs
 * never count down. Only faults and guards look at the client and the time.
 */
#pragma once

#include "arena.h"
#include "message.h"
#include "reply_cache.h"

#include <authsim/status.h>
#include <authsim/world.h>

/* On what a query is answered, in a server that is guarded (guard.h). All zero:
 * as the query says. */
struct sim_terms {
    size_t limit;    /* octets of all that is sent; 0: no other limit */
    bool malformed;  /* an option is, which else is not looked at */
    bool has_cookie; /* the reply carries it, where it has an OPT record */
    uint8_t cookie[SIM_MESSAGE_COOKIE];
};

struct sim_incoming {
    const uint8_t *octets;
    size_t len;
    struct sim_address local; /* the server asked */
    struct sim_address client;
    enum scn_transport transport;
    int64_t now_ns; /* sim_clock_monotonic_ns() */
    struct sim_terms terms;
};

/* One message to send. */
struct sim_outgoing {
    const uint8_t *octets; /* [borrowed] */
    size_t len;
    int64_t delay_ns;
    struct sim_address source; /* usually the server asked */
    bool other_port;           /* from any port but the server's */
    enum scn_tcp_pacing pacing;
    /* Over UDP: not a reply but the news that there is no such port; octets
     * are those of the query. */
    bool unreachable;
};

/* A decoy, and the reply with its copies. */
enum { SIM_REACTION_MAX = 1 + SCN_COPIES_MAX };

struct sim_reaction {
    struct sim_outgoing messages[SIM_REACTION_MAX];
    size_t count;
};

struct sim_responder;

SIM_NODISCARD enum sim_status sim_responder_new(
    struct sim_world *world, struct sim_responder **responder_out);
void sim_responder_free(struct sim_responder *responder);

/* Answers from another world from now on; the numbers of exchanges go on. */
void sim_responder_replace(struct sim_responder *responder,
                           struct sim_world *world);

/* How often what was kept could be sent again. */
struct sim_cache_counts sim_responder_cache(
    const struct sim_responder *responder);

/* Takes the number of the next exchange: one order for servers and fronts. */
uint64_t sim_responder_number(struct sim_responder *responder);

/*
 * Answers one message. count is 0 for silence: what is no query, what is sent
 * to no server of the world, what a fault drops.
 *   reaction_out  octets are [borrowed] until the next call
 * SIM_ENOMEM, SIM_ECRYPTO: nothing can be said.
 */
SIM_NODISCARD enum sim_status sim_respond(struct sim_responder *responder,
                                          const struct sim_incoming *in,
                                          struct sim_reaction *reaction_out);
