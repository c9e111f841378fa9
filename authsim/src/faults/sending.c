/* SPDX-License-Identifier: BSD-2-Clause */
/* sending.c - what goes first, from where, how late and how often. */
#include "sending.h"

#include "wire.h"

enum { NS_PER_MS = 1000000 };

static struct sim_outgoing *add(struct sim_reaction *reaction,
                                const struct sim_incoming *in,
                                const uint8_t *octets, size_t len)
{
    struct sim_outgoing *message = &reaction->messages[reaction->count++];

    *message = (struct sim_outgoing){
        .octets = octets,
        .len = len,
        .delay_ns = 0,
        .source = in->local,
        .pacing = SCN_TCP_NORMAL,
    };
    return message;
}

/* Another host of the same network: within the routed range. */
static void spoil_source(struct sim_outgoing *message,
                         enum scn_decoy_wrong wrong)
{
    const size_t last = message->source.family == 4 ? 3 : 15;

    message->other_port = wrong == SCN_DECOY_PORT;
    if (wrong == SCN_DECOY_ADDRESS) {
        message->source.octets[last] ^= 0x01;
    }
}

/* A TCP stream has one source: a decoy from elsewhere cannot reach it. */
static bool decoy_can_be_sent(const struct sim_incoming *in,
                              const struct sim_draft *draft)
{
    return draft->decoy != NULL && in->terms.limit == 0 &&
           (in->transport == SCN_UDP || draft->decoy_wrong == SCN_DECOY_ID ||
            draft->decoy_wrong == SCN_DECOY_QUESTION);
}

/* Whether so many octets more may be sent. */
static bool is_within(const struct sim_sending *sending,
                      const struct sim_reaction *reaction, size_t len)
{
    size_t total = len;

    for (size_t i = 0; i < reaction->count; i++) {
        total += reaction->messages[i].len;
    }
    return sending->in->terms.limit == 0 || total <= sending->in->terms.limit;
}

static void add_decoy(const struct sim_sending *sending,
                      const struct sim_draft *draft,
                      struct sim_reaction *reaction)
{
    if (decoy_can_be_sent(sending->in, draft)) {
        const size_t len =
            sim_message_encode(draft->decoy, sending->limit, sending->decoy);
        spoil_source(add(reaction, sending->in, sending->decoy, len),
                     draft->decoy_wrong);
    }
}

static void add_reply(const struct sim_sending *sending,
                      const struct sim_draft *draft, size_t len,
                      struct sim_reaction *reaction)
{
    struct sim_outgoing *message =
        add(reaction, sending->in, sending->reply, len);

    message->delay_ns = (int64_t)draft->delay_ms * NS_PER_MS;
    if (sending->in->transport == SCN_TCP) {
        message->pacing = draft->pacing;
    }
}

size_t sim_sending_reply(const struct sim_sending *sending,
                         const struct sim_draft *draft,
                         struct sim_reaction *reaction)
{
    size_t len = 0;
    unsigned copies = draft->copies > 0 ? draft->copies : 1;

    add_decoy(sending, draft, reaction);
    len = sim_message_encode(&draft->message, sending->limit, sending->reply);
    if (draft->action != NULL) {
        len = sim_wire_damage(draft->action->wire, sending->reply, len,
                              sending->in->terms.limit > 0 ? sending->limit
                                                           : SIM_MESSAGE_MAX);
    }
    /* The first goes in any case: it is within the limit of a message. */
    add_reply(sending, draft, len, reaction);
    while (--copies > 0 && is_within(sending, reaction, len)) {
        add_reply(sending, draft, len, reaction);
    }
    return len;
}

void sim_sending_refusal(const struct sim_incoming *in,
                         struct sim_reaction *reaction)
{
    struct sim_outgoing *message = add(reaction, in, in->octets, in->len);

    message->pacing = SCN_TCP_REFUSE;
    message->unreachable = true;
}

void sim_sending_plain(const struct sim_incoming *in, const uint8_t *octets,
                       size_t len, struct sim_reaction *reaction_out)
{
    reaction_out->count = 0;
    (void)add(reaction_out, in, octets, len);
}
