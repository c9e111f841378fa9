/* SPDX-License-Identifier: BSD-2-Clause */
/* twins.c - what may differ between them, and is compared. */
#include "twins.h"

#include "fuzz_universe.h"
#include "testing.h"

#include <scenario/name.h>

#include <stdlib.h>

void twin_open(struct twin *twin)
{
    twin->world = fuzz_world(fuzz_model(), &twin->instance);
    assert_int_equal(sim_responder_new(twin->world, &twin->responder), SIM_OK);
}

void twin_close(struct twin *twin)
{
    sim_responder_free(twin->responder);
    sim_world_free(twin->world);
}

int twins_setup(void **state)
{
    struct twins *twins = calloc(1, sizeof(*twins));

    assert_non_null(twins);
    twin_open(&twins->kept);
    twin_open(&twins->anew);
    twins->in = (struct sim_incoming){
        .octets = twins->query.octets,
        .local = fuzz_server(twins->kept.instance, 0),
        .client = { .family = 4, .octets = { 198, 18, 0, 9 }, .port = 4321 },
        .transport = SCN_UDP,
        .now_ns = TWINS_NOW,
    };
    *state = twins;
    return 0;
}

int twins_teardown(void **state)
{
    struct twins *twins = *state;

    twin_close(&twins->kept);
    twin_close(&twins->anew);
    free(twins);
    return 0;
}

/* --- one query, and both sides' replies and entries --- */

void twin_ask(struct twin *twin, const struct sim_incoming *in)
{
    assert_int_equal(sim_respond(twin->responder, in, &twin->reaction), SIM_OK);
}

static void same_name(const uint8_t *a, const uint8_t *b)
{
    assert_int_equal(a == NULL, b == NULL);
    if (a != NULL) {
        assert_int_equal(scn_name_length(a), scn_name_length(b));
        assert_memory_equal(a, b, scn_name_length(a)); /* case and all */
    }
}

static void same_names(const uint8_t *const *a, const uint8_t *const *b,
                       size_t count)
{
    for (size_t i = 0; i < count; i++) {
        same_name(a[i], b[i]);
    }
}

static void same_text(const char *a, const char *b)
{
    assert_int_equal(a == NULL, b == NULL);
    if (a != NULL) {
        assert_string_equal(a, b);
    }
}

static void same_address(const struct sim_address *a,
                         const struct sim_address *b)
{
    assert_true(sim_address_same_host(a, b));
    assert_int_equal(a->port, b->port);
}

/* All fields, in the order of journal.h. */
static void same_exchange(const struct sim_exchange *a,
                          const struct sim_exchange *b)
{
    assert_int_equal(a->at, b->at);
    assert_int_equal(a->number, b->number);
    assert_int_equal(a->received_ns, b->received_ns);
    assert_int_equal(a->replied_ns, b->replied_ns);
    same_text(a->server, b->server);
    same_name(a->zone, b->zone);
    same_name(a->name, b->name);
    assert_int_equal(a->type, b->type);
    assert_int_equal(a->class, b->class);
    assert_int_equal(a->transport, b->transport);
    same_address(&a->client, &b->client);
    same_address(&a->local, &b->local);
    same_text(a->perspective, b->perspective);
    assert_int_equal(a->edns, b->edns);
    assert_int_equal(a->edns_newer, b->edns_newer);
    assert_int_equal(a->edns_options, b->edns_options);
    assert_int_equal(a->dnssec_ok, b->dnssec_ok);
    assert_int_equal(a->match_number, b->match_number);
    same_text(a->fault, b->fault);
    assert_int_equal(a->near_miss_count, b->near_miss_count);
    for (size_t i = 0; i < a->near_miss_count; i++) {
        assert_ptr_equal(a->near_misses[i].fault, b->near_misses[i].fault);
        assert_string_equal(a->near_misses[i].key, b->near_misses[i].key);
        assert_int_equal(a->near_misses[i].match_number,
                         b->near_misses[i].match_number);
    }
    assert_int_equal(a->replied, b->replied);
    assert_int_equal(a->rcode, b->rcode);
    assert_int_equal(a->flags, b->flags);
    assert_int_equal(a->size, b->size);
    assert_int_equal(a->answer_count, b->answer_count);
    assert_int_equal(a->usable, b->usable);
    assert_int_equal(a->alias_count, b->alias_count);
    same_names(a->aliases, b->aliases, a->alias_count);
    same_name(a->alias_to, b->alias_to);
    assert_int_equal(a->no_ds_count, b->no_ds_count);
    same_names(a->no_ds, b->no_ds, a->no_ds_count);
    assert_int_equal(a->lab_own, b->lab_own);
}

static void same_journals(const struct sim_journal *kept,
                          const struct sim_journal *anew)
{
    assert_int_equal(sim_journal_count(kept), sim_journal_count(anew));
    for (size_t i = 0; i < sim_journal_count(kept); i++) {
        same_exchange(sim_journal_at(kept, i), sim_journal_at(anew, i));
    }
}

void twins_compare_journals(const struct twins *twins)
{
    same_journals(sim_instance_journal(twins->kept.instance),
                  sim_instance_journal(twins->anew.instance));
    same_journals(sim_world_journal(twins->kept.world),
                  sim_world_journal(twins->anew.world));
}

/* Field by field: what is between them is nobody's. */
static void same_reactions(const struct twins *twins)
{
    const struct sim_reaction *kept = &twins->kept.reaction;
    const struct sim_reaction *anew = &twins->anew.reaction;

    assert_int_equal(kept->count, anew->count);
    for (size_t i = 0; i < kept->count; i++) {
        const struct sim_outgoing *a = &kept->messages[i];
        const struct sim_outgoing *b = &anew->messages[i];
        assert_int_equal(a->len, b->len);
        assert_memory_equal(a->octets, b->octets, a->len);
        assert_int_equal(a->delay_ns, b->delay_ns);
        same_address(&a->source, &b->source);
        assert_int_equal(a->other_port, b->other_port);
        assert_int_equal(a->pacing, b->pacing);
        assert_int_equal(a->unreachable, b->unreachable);
    }
}

/* Another ID, time and port than any query before. */
void twins_ask(struct twins *twins)
{
    twins->query.octets[0] = (uint8_t)(twins->in.now_ns >> 8);
    twins->query.octets[1] = (uint8_t)twins->in.now_ns;
    twins->in.now_ns++;
    twins->in.client.port++;
    twins->in.len = twins->query.len;
    twin_ask(&twins->kept, &twins->in);
    sim_responder_replace(twins->anew.responder, twins->anew.world);
    twin_ask(&twins->anew, &twins->in);
    same_reactions(twins);
}

uint64_t twin_hits(const struct twin *twin)
{
    return sim_responder_cache(twin->responder).hits;
}
