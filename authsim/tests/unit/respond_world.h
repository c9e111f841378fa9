/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * respond_world.h - t. with www, asked without sockets; faults that are all
 * disabled until a test wants one.
 */
#pragma once

#include "models.h"
#include "packet.h"
#include "respond.h"
#include "rrtype.h"
#include "testing.h"

#include <ldns/ldns.h>

#include <stdlib.h>

enum { FAULTS = 4, NOW = 1000, BIG = 26 };

struct fixture {
    struct test_model *model;
    struct scn_zone *zone;
    struct scn_fault faults[FAULTS];
    struct scn_record forged;
    struct sim_world *world;
    struct sim_instance *instance;
    struct sim_responder *responder;
    struct sim_reaction reaction;
};

static const uint8_t www[] = "\3wWw\1t";
static const uint8_t big[] = "\3big\1t";
static const uint8_t elsewhere[] = "\5other";

/* t. with www, and faults that are all disabled until a test wants one. */
static inline int setup(void **state)
{
    static const uint8_t caa[] = "\0\5issueevil.test";
    struct fixture *f = calloc(1, sizeof(*f));
    const struct sim_options options = test_options();

    assert_non_null(f);
    f->model = test_model_new("t", "t.");
    f->zone = test_zone(f->model, "t.", "top");
    test_caa(f->model, "www.t.", "ca.test");
    for (char value[] = "a-rather-long-value"; value[0] <= 'z'; value[0]++) {
        test_caa(f->model, "big.t.", value);
    }
    test_alias(f->model, "alias.t.", SIM_TYPE_CNAME, "www.t.");
    f->forged = (struct scn_record){ .owner = test_name(f->model, "www.t."),
                                     .type = SIM_TYPE_CAA,
                                     .ttl = 60,
                                     .rdata = caa,
                                     .rdata_len = sizeof(caa) - 1 };
    for (int i = 0; i < FAULTS; i++) {
        f->faults[i].action.rcode = -1;
    }
    f->zone->faults = f->faults;
    f->zone->fault_count = FAULTS;
    f->world = test_world(f->model, &options, &f->instance);
    assert_int_equal(sim_responder_new(f->world, &f->responder), SIM_OK);
    *state = f;
    return 0;
}

static inline int teardown(void **state)
{
    struct fixture *f = *state;

    sim_responder_free(f->responder);
    sim_responder_free(NULL);
    sim_world_free(f->world);
    test_model_free(f->model);
    free(f);
    return 0;
}

/* The fault that the next query meets. */
static inline struct scn_action *fault(struct fixture *f)
{
    f->faults[0].enabled = true;
    f->faults[0].summary = "summary";
    return &f->faults[0].action;
}

static inline void send_to(struct fixture *f, const struct packet *p,
                           enum scn_transport transport,
                           const struct sim_address *local)
{
    const struct sim_incoming in = {
        .octets = p->octets,
        .len = p->len,
        .local = *local,
        .client = { .family = 4, .octets = { 198, 18, 0, 9 }, .port = 4321 },
        .transport = transport,
        .now_ns = NOW,
    };

    assert_int_equal(sim_respond(f->responder, &in, &f->reaction), SIM_OK);
}

static inline void ask(struct fixture *f, const uint8_t *name,
                       enum scn_transport transport)
{
    const struct sim_address local = sim_instance_server(f->instance, "top", 4);
    struct packet p;

    packet_query(&p, name, SIM_TYPE_CAA, 0x0100);
    packet_opt(&p, 1232, 0, 0x8000);
    send_to(f, &p, transport, &local);
}

/* The last message, read by an independent parser. [owned] */
static inline ldns_pkt *reply(const struct fixture *f)
{
    ldns_pkt *pkt = NULL;

    assert_true(f->reaction.count > 0);
    const struct sim_outgoing *out =
        &f->reaction.messages[f->reaction.count - 1];
    assert_int_equal(ldns_wire2pkt(&pkt, out->octets, out->len),
                     LDNS_STATUS_OK);
    return pkt;
}

static inline const struct sim_exchange *journaled(const struct fixture *f)
{
    const struct sim_journal *journal = sim_instance_journal(f->instance);

    assert_true(sim_journal_count(journal) > 0);
    return sim_journal_at(journal, sim_journal_count(journal) - 1);
}

static inline void ask_with(struct fixture *f, const uint8_t *name,
                            uint16_t edns_size, uint8_t edns_version)
{
    const struct sim_address local = sim_instance_server(f->instance, "top", 4);
    struct packet p;

    packet_query(&p, name, SIM_TYPE_CAA, 0);
    packet_opt(&p, edns_size, edns_version, 0x8000);
    send_to(f, &p, SCN_UDP, &local);
}

#define RESPOND_TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
