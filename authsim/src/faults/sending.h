/* SPDX-License-Identifier: BSD-2-Clause */
/* sending.h - from a draft to the octets that are sent, and how. */
#pragma once

#include "mutate.h"
#include "respond.h"

/* Where the octets go: SIM_MESSAGE_MAX each, [borrowed]. */
struct sim_sending {
    const struct sim_incoming *in;
    size_t limit; /* of a message */
    uint8_t *reply;
    uint8_t *decoy;
};

/* Adds the decoy, if there is one, and the reply with its copies; where the
 * terms of the query bound them, no decoy and only as many copies as are
 * within. Returns the octets of the reply. */
size_t sim_sending_reply(const struct sim_sending *sending,
                         const struct sim_draft *draft,
                         struct sim_reaction *reaction);

/* As from a host that has nothing on that port: ICMP, or a reset. */
void sim_sending_refusal(const struct sim_incoming *in,
                         struct sim_reaction *reaction);

/* One reply at once, and nothing else. */
void sim_sending_plain(const struct sim_incoming *in, const uint8_t *octets,
                       size_t len, struct sim_reaction *reaction_out);
