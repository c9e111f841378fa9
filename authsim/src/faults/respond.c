/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * respond.c - query, answer, fault, mutation, octets, journal: in this order;
 * or what was said before, and the journal.
 */
#include "failing.h"
#include "respond_inside.h"
#include "sending.h"
#include "universe.h"
#include "zone_faults.h"

#include <stdlib.h>
#include <string.h>

enum sim_status sim_responder_new(struct sim_world *world,
                                  struct sim_responder **responder_out)
{
    struct sim_responder *r = calloc(1, sizeof(*r));

    if (r == NULL) {
        return SIM_ENOMEM;
    }
    r->world = world;
    r->next_number = 1;
    r->generation = world->generation;
    r->arena = sim_arena_new();
    r->cache = sim_reply_cache_new();
    if (r->arena == NULL || r->cache == NULL) {
        sim_responder_free(r);
        return SIM_ENOMEM;
    }
    *responder_out = r;
    return SIM_OK;
}

void sim_responder_free(struct sim_responder *responder)
{
    if (responder != NULL) {
        sim_reply_cache_free(responder->cache);
        sim_arena_free(responder->arena);
        free(responder);
    }
}

void sim_responder_replace(struct sim_responder *responder,
                           struct sim_world *world)
{
    sim_reply_cache_forget(responder->cache);
    responder->world = world;
    responder->generation = world->generation;
}

struct sim_cache_counts sim_responder_cache(
    const struct sim_responder *responder)
{
    return sim_reply_cache_counts(responder->cache);
}

uint64_t sim_responder_number(struct sim_responder *responder)
{
    return responder->next_number++;
}

static size_t within_terms(const struct sim_turn *turn, size_t limit)
{
    const size_t most = turn->in->terms.limit;

    return most > 0 && most < limit ? most : limit;
}

/* The reply's frame; what is borrowed for it is the incoming query's. */
static void frame(struct sim_turn *turn, uint8_t rcode)
{
    sim_message_frame(&turn->query, rcode, &turn->draft.message);
    turn->draft.message.cookie =
        turn->in->terms.has_cookie ? turn->in->terms.cookie : NULL;
}

/* --- faults --- */

static enum sim_status find_fault(struct sim_turn *turn)
{
    const struct sim_fault_query q = {
        .server = turn->site.server,
        .name = turn->query.name,
        .type = turn->query.type,
        .transport = turn->in->transport,
        .edns = turn->query.edns,
        .edns_newer = turn->query.edns_version > 0,
        .edns_options = turn->query.edns_options,
        .dnssec_ok = turn->query.dnssec_ok,
        .perspective = turn->perspective,
        .now_ns = turn->in->now_ns,
    };
    struct sim_fault_state *state = NULL;
    enum sim_status st = SIM_OK;

    if (turn->answer.zone == NULL) {
        return SIM_OK;
    }
    if (turn->instance != NULL && sim_zone_model(turn->answer.zone) != NULL) {
        turn->hit.fault = sim_failing_match(turn->instance, turn->query.name,
                                            &turn->hit.match_number);
    }
    if (turn->hit.fault != NULL) {
        return SIM_OK;
    }
    st = sim_zone_faults(turn->answer.zone, &state);
    turn->counted = state != NULL;
    if (st == SIM_OK && state != NULL) {
        st = sim_fault_match(state, &q, &turn->hit);
    }
    return st;
}

/* --- from parts to octets --- */

static void fill_message(struct sim_turn *turn)
{
    struct sim_message *m = &turn->draft.message;

    frame(turn, turn->answer.rcode);
    m->flags |= turn->answer.authoritative ? SCN_AA : 0;
    m->answer = turn->answer.answer;
    m->authority = turn->answer.authority;
    m->additional = turn->answer.additional;
}

static void encode_all(struct sim_turn *turn, struct sim_reaction *reaction)
{
    const struct sim_sending sending = { .in = turn->in,
                                         .limit = turn->limit,
                                         .reply = turn->r->reply,
                                         .decoy = turn->r->decoy };

    turn->reply_len = sim_sending_reply(&sending, &turn->draft, reaction);
}

/* Applies the fault and compares with what there would have been. */
static enum sim_status apply_fault(struct sim_turn *turn,
                                   struct sim_reaction *reaction)
{
    struct sim_responder *r = turn->r;
    size_t intact_len = 0;

    turn->draft.action = &turn->hit.fault->action;
    turn->draft.zone = turn->answer.zone;
    turn->draft.arena = r->arena;
    turn->draft.seed = r->world->options.seed;
    turn->draft.match_number = turn->hit.match_number;
    sim_mutate_honestly(&turn->draft);
    intact_len =
        sim_message_encode(&turn->draft.message, turn->limit, r->intact);
    enum sim_status st = sim_mutate(&turn->draft);
    if (st != SIM_OK || turn->draft.dropped == SCN_DROP_QUERY) {
        return st;
    }
    if (turn->draft.dropped == SCN_DROP_UNREACHABLE) {
        sim_sending_refusal(turn->in, reaction);
        return SIM_OK;
    }
    if (turn->draft.udp_limit > 0 && turn->in->transport == SCN_UDP) {
        turn->limit = within_terms(turn, turn->draft.udp_limit);
    }
    encode_all(turn, reaction);
    turn->changed = turn->reply_len != intact_len ||
                    memcmp(r->reply, r->intact, intact_len) != 0;
    return SIM_OK;
}

/* --- the whole --- */

/* A good query, or one of a newer EDNS: that is refused in the name of the
 * zone that it is for, whose faults act on it. */
static enum sim_status answer_for_zone(struct sim_turn *turn,
                                       struct sim_reaction *reaction)
{
    const struct sim_question question = {
        .name = turn->query.name,
        .type = turn->query.type,
        .class = turn->query.class,
        .dnssec_ok = turn->query.dnssec_ok,
        .compact_ok = turn->query.compact_ok,
    };
    enum sim_status st = sim_answer_question(&turn->site, &question,
                                             turn->r->arena, &turn->answer);

    if (st == SIM_OK) {
        st = find_fault(turn);
    }
    if (st != SIM_OK) {
        return st;
    }
    if (turn->error == SIM_NOERROR) {
        fill_message(turn);
    } else {
        frame(turn, turn->error);
    }
    if (turn->hit.fault == NULL) {
        encode_all(turn, reaction);
    } else {
        st = apply_fault(turn, reaction);
    }
    return st == SIM_OK ? sim_turn_journal(turn, reaction) : st;
}

/* Says which error it was, to the client and in the journal. */
static enum sim_status answer_error(struct sim_turn *turn,
                                    struct sim_reaction *reaction)
{
    frame(turn, turn->error);
    encode_all(turn, reaction);
    return sim_turn_journal(turn, reaction);
}

static enum sim_status answer_anew(struct sim_responder *responder,
                                   const struct sim_incoming *in,
                                   struct sim_reaction *reaction_out)
{
    static const uint8_t root[] = { 0 };
    struct sim_turn turn = { .r = responder, .in = in };
    struct sim_reaction reaction = { .count = 0 };
    enum sim_query_kind kind =
        sim_query_parse(in->octets, in->len, &turn.query, &turn.error);
    const uint8_t *name = turn.query.has_question ? turn.query.name : root;
    enum sim_status st = SIM_OK;

    if (kind == SIM_QUERY_GOOD && in->terms.malformed) {
        kind = SIM_QUERY_ERROR;
        turn.error = SIM_FORMERR;
    }
    sim_arena_reset(responder->arena);
    if (kind != SIM_QUERY_IGNORED &&
        sim_world_route(responder->world, &in->local, name, &turn.site)) {
        turn.instance = turn.site.instance != NULL
                            ? turn.site.instance
                            : sim_world_find(responder->world, name);
        turn.limit =
            within_terms(&turn, sim_message_limit(&turn.query, in->transport));
        turn.perspective = sim_perspective(turn.instance, &in->local,
                                           &in->client, turn.perspective_text);
        st = kind == SIM_QUERY_GOOD || turn.error == SIM_RCODE_BADVERS
                 ? answer_for_zone(&turn, &reaction)
                 : answer_error(&turn, &reaction);
    }
    if (st == SIM_OK) {
        *reaction_out = reaction;
    }
    return st;
}

enum sim_status sim_respond(struct sim_responder *responder,
                            const struct sim_incoming *in,
                            struct sim_reaction *reaction_out)
{
    const struct sim_cached *cached = sim_turn_cached(responder, in);

    return cached != NULL ? sim_turn_again(responder, in, cached, reaction_out)
                          : answer_anew(responder, in, reaction_out);
}
