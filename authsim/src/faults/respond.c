/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * respond.c - query, answer, fault, mutation, octets, journal: in this order.
 */
#include "respond.h"

#include "failing.h"
#include "fault.h"
#include "mutate.h"
#include "pace.h"
#include "sending.h"
#include "universe.h"
#include "zone_faults.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PERSPECTIVE_MAX = 32 };

struct sim_responder {
    struct sim_world *world; /* [borrowed] */
    struct sim_arena *arena; /* [owned] reset by every query */
    uint64_t next_number;
    uint8_t reply[SIM_MESSAGE_MAX];
    uint8_t decoy[SIM_MESSAGE_MAX];
    uint8_t intact[SIM_MESSAGE_MAX]; /* what there would be without the fault */
};

/* One query while it is answered. */
struct exchange {
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
    uint8_t error;    /* the query deserves; SIM_NOERROR: none */
    char perspective[PERSPECTIVE_MAX];
};

enum sim_status sim_responder_new(struct sim_world *world,
                                  struct sim_responder **responder_out)
{
    struct sim_responder *r = calloc(1, sizeof(*r));

    if (r == NULL) {
        return SIM_ENOMEM;
    }
    r->world = world;
    r->next_number = 1;
    r->arena = sim_arena_new();
    if (r->arena == NULL) {
        sim_responder_free(r);
        return SIM_ENOMEM;
    }
    *responder_out = r;
    return SIM_OK;
}

void sim_responder_free(struct sim_responder *responder)
{
    if (responder != NULL) {
        sim_arena_free(responder->arena);
        free(responder);
    }
}

void sim_responder_replace(struct sim_responder *responder,
                           struct sim_world *world)
{
    responder->world = world;
}

uint64_t sim_responder_number(struct sim_responder *responder)
{
    return responder->next_number++;
}

static size_t within_terms(const struct exchange *e, size_t limit)
{
    const size_t most = e->in->terms.limit;

    return most > 0 && most < limit ? most : limit;
}

/* The reply's frame; what is borrowed for it is the incoming query's. */
static void frame(struct exchange *e, uint8_t rcode)
{
    sim_message_frame(&e->query, rcode, &e->draft.message);
    e->draft.message.cookie =
        e->in->terms.has_cookie ? e->in->terms.cookie : NULL;
}

/* --- who asks, and of whom --- */

/* FORMAT section 4: the primary, unless the client's address is a remote's. */
static void find_perspective(struct exchange *e)
{
    const unsigned remotes =
        e->instance != NULL ? sim_instance_model(e->instance)->remotes : 0;
    const enum sim_network_kind kind = e->in->local.octets[0] == 127
                                           ? SIM_NETWORK_LOOPBACK
                                           : SIM_NETWORK_SANDBOX;

    (void)snprintf(e->perspective, sizeof(e->perspective), "primary");
    for (unsigned i = 1; i <= remotes; i++) {
        struct sim_address remote =
            sim_network_place(kind, SIM_PLACE_CLIENT, i);
        if (sim_address_same_host(&remote, &e->in->client)) {
            (void)snprintf(e->perspective, sizeof(e->perspective), "remote-%u",
                           i);
        }
    }
}

/* --- faults --- */

static enum sim_status find_fault(struct exchange *e)
{
    const struct sim_fault_query q = {
        .server = e->site.server,
        .name = e->query.name,
        .type = e->query.type,
        .transport = e->in->transport,
        .edns = e->query.edns,
        .edns_newer = e->query.edns_version > 0,
        .edns_options = e->query.edns_options,
        .dnssec_ok = e->query.dnssec_ok,
        .perspective = e->perspective,
        .now_ns = e->in->now_ns,
    };
    struct sim_fault_state *state = NULL;
    enum sim_status st = SIM_OK;

    if (e->answer.zone == NULL) {
        return SIM_OK;
    }
    if (e->instance != NULL && sim_zone_model(e->answer.zone) != NULL) {
        e->hit.fault =
            sim_failing_match(e->instance, e->query.name, &e->hit.match_number);
    }
    if (e->hit.fault != NULL) {
        return SIM_OK;
    }
    st = sim_zone_faults(e->answer.zone, &state);
    if (st == SIM_OK && state != NULL) {
        st = sim_fault_match(state, &q, &e->hit);
    }
    return st;
}

/* --- from parts to octets --- */

static void fill_message(struct exchange *e)
{
    struct sim_message *m = &e->draft.message;

    frame(e, e->answer.rcode);
    m->flags |= e->answer.authoritative ? SCN_AA : 0;
    m->answer = e->answer.answer;
    m->authority = e->answer.authority;
    m->additional = e->answer.additional;
}

static void encode_all(struct exchange *e, struct sim_reaction *reaction)
{
    const struct sim_sending sending = { .in = e->in,
                                         .limit = e->limit,
                                         .reply = e->r->reply,
                                         .decoy = e->r->decoy };

    e->reply_len = sim_sending_reply(&sending, &e->draft, reaction);
}

/* Applies the fault and compares with what there would have been. */
static enum sim_status apply_fault(struct exchange *e,
                                   struct sim_reaction *reaction)
{
    struct sim_responder *r = e->r;
    size_t intact_len = 0;

    e->draft.action = &e->hit.fault->action;
    e->draft.zone = e->answer.zone;
    e->draft.arena = r->arena;
    e->draft.seed = r->world->options.seed;
    e->draft.match_number = e->hit.match_number;
    sim_mutate_honestly(&e->draft);
    intact_len = sim_message_encode(&e->draft.message, e->limit, r->intact);
    enum sim_status st = sim_mutate(&e->draft);
    if (st != SIM_OK || e->draft.dropped == SCN_DROP_QUERY) {
        return st;
    }
    if (e->draft.dropped == SCN_DROP_UNREACHABLE) {
        sim_sending_refusal(e->in, reaction);
        return SIM_OK;
    }
    if (e->draft.udp_limit > 0 && e->in->transport == SCN_UDP) {
        e->limit = within_terms(e, e->draft.udp_limit);
    }
    encode_all(e, reaction);
    e->changed = e->reply_len != intact_len ||
                 memcmp(r->reply, r->intact, intact_len) != 0;
    return SIM_OK;
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
static void describe_reply(const struct exchange *e, struct sim_exchange *x,
                           const struct sim_reaction *reaction)
{
    const uint8_t *octets = e->r->reply;
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
    x->size = (uint16_t)e->reply_len;
    x->answer_count = (uint16_t)(octets[6] << 8 | octets[7]);
    /* A truncated reply is to be thrown away (RFC 2181 section 9). */
    x->usable = e->answer.zone != NULL && e->error == SIM_NOERROR &&
                !e->changed && sim_pacing_is_readable(pacing) &&
                (x->flags & SCN_TC) == 0;
}

static enum sim_status write_journal(struct exchange *e,
                                     const struct sim_reaction *reaction)
{
    char text[SIM_FAULT_TEXT_MAX];
    struct sim_exchange x = {
        .at = SCN_AT_SERVERS,
        .number = sim_responder_number(e->r),
        .received_ns = e->in->now_ns,
        .server = e->site.server,
        .zone = zone_name(&e->answer),
        .name = e->query.name,
        .type = e->query.type,
        .class = e->query.class,
        .transport = e->in->transport,
        .client = e->in->client,
        .local = e->in->local,
        .perspective = e->perspective,
        .edns = e->query.edns,
        .edns_newer = e->query.edns_version > 0,
        .edns_options = e->query.edns_options,
        .dnssec_ok = e->query.dnssec_ok,
        .match_number = e->hit.match_number,
        .fault = e->hit.fault != NULL ? text : NULL,
        .near_misses = e->hit.near_misses,
        .near_miss_count = e->hit.near_miss_count,
        .aliases = e->answer.aliases,
        .alias_count = e->answer.alias_count,
        .alias_to = e->answer.alias_to,
        .no_ds = e->answer.no_ds,
        .no_ds_count = e->answer.no_ds_count,
    };

    if (e->instance == NULL) {
        return SIM_OK; /* the root, asked for a name that nobody owns */
    }
    if (e->hit.fault != NULL) {
        sim_fault_text(e->hit.fault, text);
    }
    if (reaction->count > 0) {
        describe_reply(e, &x, reaction);
    }
    return sim_instance_note(e->instance, &x);
}

/* --- the whole --- */

/* A good query, or one of a newer EDNS: that is refused in the name of the
 * zone that it is for, whose faults act on it. */
static enum sim_status answer_for_zone(struct exchange *e,
                                       struct sim_reaction *reaction)
{
    const struct sim_question question = {
        .name = e->query.name,
        .type = e->query.type,
        .class = e->query.class,
        .dnssec_ok = e->query.dnssec_ok,
    };
    enum sim_status st =
        sim_answer_question(&e->site, &question, e->r->arena, &e->answer);

    if (st == SIM_OK) {
        st = find_fault(e);
    }
    if (st != SIM_OK) {
        return st;
    }
    if (e->error == SIM_NOERROR) {
        fill_message(e);
    } else {
        frame(e, e->error);
    }
    if (e->hit.fault == NULL) {
        encode_all(e, reaction);
    } else {
        st = apply_fault(e, reaction);
    }
    return st == SIM_OK ? write_journal(e, reaction) : st;
}

/* Says which error it was, to the client and in the journal. */
static enum sim_status answer_error(struct exchange *e,
                                    struct sim_reaction *reaction)
{
    frame(e, e->error);
    encode_all(e, reaction);
    return e->query.has_question ? write_journal(e, reaction) : SIM_OK;
}

enum sim_status sim_respond(struct sim_responder *responder,
                            const struct sim_incoming *in,
                            struct sim_reaction *reaction_out)
{
    static const uint8_t root[] = { 0 };
    struct exchange e = { .r = responder, .in = in };
    struct sim_reaction reaction = { .count = 0 };
    enum sim_query_kind kind =
        sim_query_parse(in->octets, in->len, &e.query, &e.error);
    const uint8_t *name = e.query.has_question ? e.query.name : root;
    enum sim_status st = SIM_OK;

    if (kind == SIM_QUERY_GOOD && in->terms.malformed) {
        kind = SIM_QUERY_ERROR;
        e.error = SIM_FORMERR;
    }
    sim_arena_reset(responder->arena);
    if (kind != SIM_QUERY_IGNORED &&
        sim_world_route(responder->world, &in->local, name, &e.site)) {
        e.instance = e.site.instance != NULL
                         ? e.site.instance
                         : sim_world_find(responder->world, name);
        e.limit = within_terms(&e, sim_message_limit(&e.query, in->transport));
        find_perspective(&e);
        st = kind == SIM_QUERY_GOOD || e.error == SIM_RCODE_BADVERS
                 ? answer_for_zone(&e, &reaction)
                 : answer_error(&e, &reaction);
    }
    if (st == SIM_OK) {
        *reaction_out = reaction;
    }
    return st;
}
