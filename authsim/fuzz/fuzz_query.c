/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A message of any octets, to any server of a universe with every kind of zone.
 * The first octet says over which transport, to which server and as whom; the
 * message is the rest. It comes twice, so that the second reply may be one that
 * was kept.
 */
#include "fuzz_universe.h"
#include "guard.h"
#include "universe.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
    OVER_TCP = 0x80,
    AS_REMOTE = 0x40,
    SERVER = 0x3f,
    NOW_S = 1793491200,
    NS_PER_S = 1000000000
};

/* One world for the whole run: queries change nothing but its journals. */
static struct sim_responder *open_responder(struct sim_instance **instance_out)
{
    static struct sim_instance *instance;
    static struct sim_responder *responder;

    if (responder == NULL &&
        sim_responder_new(fuzz_world(fuzz_model(), &instance), &responder) !=
            SIM_OK) {
        abort();
    }
    *instance_out = instance;
    return responder;
}

/* Nothing was kept yet; then the same again, but for the ID. */
static void ask_twice(struct sim_responder *responder,
                      struct sim_instance *instance,
                      const struct sim_incoming *in)
{
    static uint8_t query[SIM_MESSAGE_MAX];
    static uint8_t reply[SIM_MESSAGE_MAX];
    struct sim_incoming again = *in;
    struct sim_reaction reaction = { .count = 0 };

    instance->world->generation++;
    if (sim_respond(responder, in, &reaction) != SIM_OK) {
        abort();
    }
    fuzz_judge(in, &reaction, true);
    if (reaction.count == 0 || in->len > sizeof(query)) {
        return;
    }
    const size_t len = reaction.messages[0].len;
    memcpy(reply, reaction.messages[0].octets, len);
    memcpy(query, in->octets, in->len);
    query[0] ^= 0xff;
    again.octets = query;
    if (sim_respond(responder, &again, &reaction) != SIM_OK) {
        abort();
    }
    fuzz_judge(&again, &reaction, true);
    if (reaction.count != 1 || reaction.messages[0].len != len ||
        memcmp(reply + SIM_CACHE_ID, reaction.messages[0].octets + SIM_CACHE_ID,
               len - SIM_CACHE_ID) != 0) {
        abort();
    }
}

/* Asked from beyond the loopback, where a second has passed. */
static void ask_guarded(struct sim_responder *responder,
                        const struct sim_incoming *in)
{
    static const uint8_t secret[SIM_COOKIE_SECRET];
    static struct sim_guard *guard;
    static int64_t now_ns;
    struct sim_incoming guarded = *in;
    struct sim_reaction reaction = { .count = 0 };

    if (guard == NULL && sim_guard_new(secret, &guard) != SIM_OK) {
        abort();
    }
    now_ns += NS_PER_S;
    guarded.now_ns = now_ns;
    if (!sim_guard_let_in(guard, NOW_S, &guarded)) {
        return;
    }
    if (sim_respond(responder, &guarded, &reaction) != SIM_OK) {
        abort();
    }
    fuzz_judge(&guarded, &reaction, true);
    if (reaction.count > 0 && guarded.terms.limit > 0 &&
        reaction.messages[0].len > guarded.terms.limit) {
        abort();
    }
}

static void empty(struct sim_journal *journal)
{
    sim_journal_forget(journal);
    sim_journal_drop(journal);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_octets octets = { data, size };
    struct sim_instance *instance = NULL;
    struct sim_responder *responder = open_responder(&instance);
    const uint8_t how = fuzz_u8(&octets);
    const struct sim_incoming in = {
        .octets = octets.at,
        .len = octets.left,
        .local = fuzz_server(instance, how & SERVER),
        .client = sim_network_place(SIM_NETWORK_SANDBOX, SIM_PLACE_CLIENT,
                                    (how & AS_REMOTE) != 0),
        .transport = (how & OVER_TCP) != 0 ? SCN_TCP : SCN_UDP,
    };

    ask_twice(responder, instance, &in);
    ask_guarded(responder, &in);
    empty(sim_instance_journal(instance));
    empty(sim_world_journal(instance->world));
    return 0;
}
