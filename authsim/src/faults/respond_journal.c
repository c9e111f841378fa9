/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * respond_journal.c - what was said goes into a journal, and may be kept to be
 * said again; then that goes into the journal likewise.
 */
#include "pace.h"
#include "respond_inside.h"
#include "sending.h"
#include "universe.h"

#include <string.h>

/* --- keys --- */

static bool has_key(const struct sim_incoming *in)
{
    return in->len >= SIM_CACHE_HEADER && in->len <= SIM_CACHE_QUERY_MAX &&
           in->terms.limit == 0 && !in->terms.malformed &&
           !in->terms.has_cookie;
}

static struct sim_cache_key key_of(const struct sim_incoming *in)
{
    return (struct sim_cache_key){ .query = in->octets,
                                   .query_len = in->len,
                                   .local = in->local,
                                   .transport = in->transport };
}

/* --- journal --- */

static const uint8_t *zone_name(const struct sim_answer *answer)
{
    static const uint8_t root[] = { 0 };

    if (answer->zone == NULL) {
        return NULL;
    }
    const struct scn_zone *model = sim_zone_model(answer->zone);
    return model != NULL ? model->name : root;
}

/* What the reply was; nothing where there was none. */
static void describe_reply(const struct sim_turn *turn, struct sim_exchange *x,
                           const struct sim_reaction *reaction)
{
    const uint8_t *octets = turn->r->reply;
    const enum scn_tcp_pacing pacing =
        reaction->messages[reaction->count - 1].pacing;

    /* What is refused has the pacing of a refusal over UDP too. */
    x->replied = pacing != SCN_TCP_SILENT && pacing != SCN_TCP_REFUSE;
    if (!x->replied) {
        return;
    }
    x->replied_ns =
        x->received_ns + reaction->messages[reaction->count - 1].delay_ns;
    x->flags = (uint16_t)(octets[2] << 8 | octets[3]);
    x->rcode = octets[3] & 0x0f;
    x->size = (uint16_t)turn->reply_len;
    x->answer_count = (uint16_t)(octets[6] << 8 | octets[7]);
    /* A truncated reply is to be thrown away (RFC 2181 section 9). */
    x->usable = turn->answer.zone != NULL && turn->error == SIM_NOERROR &&
                !turn->changed && sim_pacing_is_readable(pacing) &&
                (x->flags & SCN_TC) == 0;
}

/* What has no question is nobody's, like a name that nobody owns. */
static enum sim_status append(const struct sim_responder *r,
                              const struct sim_instance *instance,
                              const struct sim_exchange *x)
{
    return instance != NULL && x->name != NULL ? sim_instance_note(instance, x)
                                               : sim_world_note(r->world, x);
}

/* Whether the same query gets the same reply until the world changes: no fault
 * has counted it, and no guard has said what this client may have. */
static bool is_lasting(const struct sim_turn *turn,
                       const struct sim_reaction *reaction)
{
    return !turn->counted && turn->hit.fault == NULL && reaction->count == 1 &&
           has_key(turn->in);
}

static void keep(const struct sim_turn *turn, const struct sim_exchange *x)
{
    const struct sim_cache_key key = key_of(turn->in);
    const struct sim_cached cached = { .reply = turn->r->reply,
                                       .reply_len = turn->reply_len,
                                       .instance = turn->instance,
                                       .exchange = *x };

    sim_reply_cache_keep(turn->r->cache, &key, &cached);
}

enum sim_status sim_turn_journal(struct sim_turn *turn,
                                 const struct sim_reaction *reaction)
{
    char text[SIM_FAULT_TEXT_MAX];
    struct sim_exchange x = {
        .at = SCN_AT_SERVERS,
        .number = sim_responder_number(turn->r),
        .received_ns = turn->in->now_ns,
        .server = turn->site.server,
        .zone = zone_name(&turn->answer),
        .name = turn->query.has_question ? turn->query.name : NULL,
        .type = turn->query.type,
        .class = turn->query.class,
        .transport = turn->in->transport,
        .client = turn->in->client,
        .local = turn->in->local,
        .perspective = turn->perspective,
        .edns = turn->query.edns,
        .edns_newer = turn->query.edns_version > 0,
        .edns_options = turn->query.edns_options,
        .dnssec_ok = turn->query.dnssec_ok,
        .match_number = turn->hit.match_number,
        .fault = turn->hit.fault != NULL ? text : NULL,
        .near_misses = turn->hit.near_misses,
        .near_miss_count = turn->hit.near_miss_count,
        .aliases = turn->answer.aliases,
        .alias_count = turn->answer.alias_count,
        .alias_to = turn->answer.alias_to,
        .no_ds = turn->answer.no_ds,
        .no_ds_count = turn->answer.no_ds_count,
    };

    if (turn->hit.fault != NULL) {
        sim_fault_text(turn->hit.fault, text);
    }
    if (reaction->count > 0) {
        describe_reply(turn, &x, reaction);
    }
    if (is_lasting(turn, reaction)) {
        keep(turn, &x);
    }
    return append(turn->r, turn->instance, &x);
}

/* --- what was said before --- */

const struct sim_cached *sim_turn_cached(struct sim_responder *r,
                                         const struct sim_incoming *in)
{
    const struct sim_cache_key key = key_of(in);

    if (r->generation != r->world->generation) {
        sim_reply_cache_forget(r->cache);
        r->generation = r->world->generation;
    }
    return has_key(in) ? sim_reply_cache_find(r->cache, &key) : NULL;
}

enum sim_status sim_turn_again(struct sim_responder *r,
                               const struct sim_incoming *in,
                               const struct sim_cached *cached,
                               struct sim_reaction *reaction_out)
{
    char perspective[SIM_PERSPECTIVE_MAX];
    struct sim_exchange x = cached->exchange;
    enum sim_status st = SIM_OK;

    x.number = sim_responder_number(r);
    x.received_ns = in->now_ns;
    x.replied_ns = in->now_ns;
    x.client = in->client;
    x.local = in->local;
    x.perspective =
        sim_perspective(cached->instance, &in->local, &in->client, perspective);
    st = append(r, cached->instance, &x);
    if (st != SIM_OK) {
        return st;
    }
    memcpy(r->reply, cached->reply, cached->reply_len);
    memcpy(r->reply, in->octets, SIM_CACHE_ID);
    sim_sending_plain(in, r->reply, cached->reply_len, reaction_out);
    return SIM_OK;
}
