/* SPDX-License-Identifier: BSD-2-Clause */
#include "models.h"
#include "packet.h"
#include "respond.h"
#include "rrtype.h"
#include "testing.h"

#include <scenario/name.h>

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
static int setup(void **state)
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

static int teardown(void **state)
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
static struct scn_action *fault(struct fixture *f)
{
    f->faults[0].enabled = true;
    f->faults[0].summary = "summary";
    return &f->faults[0].action;
}

static void send_to(struct fixture *f, const struct packet *p,
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

static void ask(struct fixture *f, const uint8_t *name,
                enum scn_transport transport)
{
    const struct sim_address local = sim_instance_server(f->instance, "top", 4);
    struct packet p;

    packet_query(&p, name, SIM_TYPE_CAA, 0x0100);
    packet_opt(&p, 1232, 0, 0x8000);
    send_to(f, &p, transport, &local);
}

/* The last message, read by an independent parser. [owned] */
static ldns_pkt *reply(const struct fixture *f)
{
    ldns_pkt *pkt = NULL;

    assert_true(f->reaction.count > 0);
    const struct sim_outgoing *out =
        &f->reaction.messages[f->reaction.count - 1];
    assert_int_equal(ldns_wire2pkt(&pkt, out->octets, out->len),
                     LDNS_STATUS_OK);
    return pkt;
}

static const struct sim_exchange *journaled(const struct fixture *f)
{
    const struct sim_journal *journal = sim_instance_journal(f->instance);

    assert_true(sim_journal_count(journal) > 0);
    return sim_journal_at(journal, sim_journal_count(journal) - 1);
}

static void another_world_answers_and_numbers_go_on(void **state)
{
    struct fixture *f = *state;
    struct test_model *model = test_model_new("t", "t.");
    struct sim_instance *instance = NULL;
    const struct sim_options options = test_options();

    (void)test_zone(model, "t.", "top");
    test_caa(model, "www.t.", "another-ca.test");
    struct sim_world *world = test_world(model, &options, &instance);
    const struct sim_journal *journal = sim_instance_journal(instance);
    ask(f, www, SCN_UDP);
    const size_t before = f->reaction.messages[0].len;
    sim_responder_replace(f->responder, world);
    ask(f, www, SCN_UDP);
    assert_int_equal(f->reaction.count, 1);
    assert_true(f->reaction.messages[0].len > before);
    assert_int_equal(journaled(f)->number, 1);
    assert_int_equal(sim_journal_count(journal), 1);
    assert_int_equal(sim_journal_at(journal, 0)->number, 2);
    sim_world_free(world);
    test_model_free(model);
}

/* The query of a client that a guard has judged. */
static void ask_on_terms(struct fixture *f, const struct sim_terms *terms)
{
    struct packet p;

    packet_query(&p, big, SIM_TYPE_CAA, 0);
    packet_opt(&p, 1232, 0, 0);
    const struct sim_incoming in = {
        .octets = p.octets,
        .len = p.len,
        .local = sim_instance_server(f->instance, "top", 4),
        .client = { .family = 4, .octets = { 198, 18, 0, 9 }, .port = 4321 },
        .transport = SCN_UDP,
        .now_ns = NOW,
        .terms = *terms,
    };
    assert_int_equal(sim_respond(f->responder, &in, &f->reaction), SIM_OK);
}

static const struct sim_terms bounded = { .limit = 200,
                                          .has_cookie = true,
                                          .cookie = { 1, 2, 3 } };

static void a_bounded_reply_is_cut_and_has_its_cookie(void **state)
{
    struct fixture *f = *state;

    ask_on_terms(f, &bounded);
    assert_int_equal(f->reaction.count, 1);
    ldns_pkt *pkt = reply(f);
    assert_true(ldns_pkt_tc(pkt));
    assert_true(ldns_pkt_edns(pkt));
    /* code 10, 24 octets */
    assert_int_equal(ldns_rdf_size(ldns_pkt_edns_data(pkt)), 28);
    assert_memory_equal(ldns_rdf_data(ldns_pkt_edns_data(pkt)),
                        "\0\12\0\30\1\2\3", 7);
    ldns_pkt_free(pkt);
}

static void no_fault_exceeds_the_bound(void **state)
{
    struct fixture *f = *state;
    size_t total = 0;

    fault(f)->udp_limit = 4096;
    fault(f)->copies = 4;
    ask_on_terms(f, &bounded);
    for (size_t i = 0; i < f->reaction.count; i++) {
        total += f->reaction.messages[i].len;
    }
    assert_int_equal(f->reaction.count, 3);
    assert_true(total <= bounded.limit);
}

static void a_malformed_option_of_a_guard_is_an_error(void **state)
{
    const struct sim_terms terms = { .malformed = true };
    struct fixture *f = *state;

    ask_on_terms(f, &terms);
    ldns_pkt *pkt = reply(f);
    assert_int_equal(ldns_pkt_get_rcode(pkt), LDNS_RCODE_FORMERR);
    assert_int_equal(ldns_pkt_ancount(pkt), 0);
    ldns_pkt_free(pkt);
}

static void answers_and_journals(void **state)
{
    struct fixture *f = *state;

    ask(f, www, SCN_UDP);
    assert_int_equal(f->reaction.count, 1);
    ldns_pkt *pkt = reply(f);
    assert_int_equal(ldns_pkt_id(pkt), 0x1234);
    assert_true(ldns_pkt_qr(pkt));
    assert_true(ldns_pkt_aa(pkt));
    assert_true(ldns_pkt_rd(pkt));
    assert_true(ldns_pkt_edns_do(pkt));
    assert_int_equal(ldns_pkt_ancount(pkt), 2); /* CAA and its RRSIG */
    ldns_pkt_free(pkt);

    const struct sim_exchange *x = journaled(f);
    assert_int_equal(x->at, SCN_AT_SERVERS);
    assert_int_equal(x->number, 1);
    assert_int_equal(x->received_ns, NOW);
    assert_int_equal(x->replied_ns, NOW);
    assert_string_equal(x->server, "top");
    assert_memory_equal(x->zone, "\1t", 3);
    assert_memory_equal(x->name, www, sizeof(www));
    assert_int_equal(x->type, SIM_TYPE_CAA);
    assert_int_equal(x->class, 1);
    assert_int_equal(x->transport, SCN_UDP);
    assert_int_equal(x->client.port, 4321);
    assert_string_equal(x->perspective, "primary");
    assert_true(x->edns);
    assert_true(x->dnssec_ok);
    assert_true(x->replied);
    assert_true(x->usable);
    assert_null(x->fault);
    assert_int_equal(x->match_number, 0);
    assert_int_equal(x->rcode, 0);
    assert_int_equal(x->answer_count, 2);
    assert_int_equal(x->size, f->reaction.messages[0].len);
}

static void numbers_exchanges_in_one_order(void **state)
{
    struct fixture *f = *state;

    ask(f, www, SCN_UDP);
    assert_int_equal(sim_responder_number(f->responder), 2);
    ask(f, www, SCN_TCP);
    assert_int_equal(journaled(f)->number, 3);
}

static void journals_the_aliases_that_were_followed(void **state)
{
    static const uint8_t alias[] = "\5alias\1t";
    struct fixture *f = *state;

    ask(f, alias, SCN_UDP);
    assert_int_equal(journaled(f)->alias_count, 1);
    assert_true(scn_name_equal(journaled(f)->aliases[0], www));
}

static void a_root_query_is_its_instance_s(void **state)
{
    struct fixture *f = *state;
    const struct sim_address root =
        sim_network_place(SIM_NETWORK_SANDBOX, SIM_PLACE_ROOT, 0);
    struct packet p;

    packet_query(&p, www, SIM_TYPE_CAA, 0);
    send_to(f, &p, SCN_UDP, &root);
    assert_string_equal(journaled(f)->server, "root");
    assert_memory_equal(journaled(f)->zone, "", 1);
    packet_query(&p, elsewhere, SIM_TYPE_CAA, 0);
    send_to(f, &p, SCN_UDP, &root);
    assert_int_equal(f->reaction.count, 1);
    assert_int_equal(sim_journal_count(sim_instance_journal(f->instance)), 1);
}

static void is_silent_where_no_server_is(void **state)
{
    const struct sim_address nowhere = { .family = 4,
                                         .octets = { 198, 19, 255, 1 } };
    struct fixture *f = *state;
    struct packet p;

    packet_query(&p, www, SIM_TYPE_CAA, 0);
    send_to(f, &p, SCN_UDP, &nowhere);
    assert_int_equal(f->reaction.count, 0);
}

static void never_answers_a_response(void **state)
{
    struct fixture *f = *state;
    const struct sim_address local = sim_instance_server(f->instance, "top", 4);
    struct packet p;

    packet_query(&p, www, SIM_TYPE_CAA, 0x8000);
    send_to(f, &p, SCN_UDP, &local);
    assert_int_equal(f->reaction.count, 0);
}

static void errors_are_told_and_journaled_but_not_usable(void **state)
{
    struct fixture *f = *state;
    const struct sim_address local = sim_instance_server(f->instance, "top", 4);
    struct packet p;

    packet_query(&p, www, SIM_TYPE_CAA, 0);
    p.octets[p.len - 1] = 3; /* class CH */
    send_to(f, &p, SCN_UDP, &local);
    ldns_pkt *pkt = reply(f);
    assert_int_equal(ldns_pkt_get_rcode(pkt), LDNS_RCODE_REFUSED);
    assert_int_equal(ldns_pkt_qdcount(pkt), 1);
    ldns_pkt_free(pkt);
    assert_int_equal(journaled(f)->rcode, LDNS_RCODE_REFUSED);
    assert_false(journaled(f)->usable);

    packet_query(&p, www, SIM_TYPE_CAA, 0x2800); /* UPDATE: no question read */
    send_to(f, &p, SCN_UDP, &local);
    pkt = reply(f);
    assert_int_equal(ldns_pkt_get_rcode(pkt), LDNS_RCODE_NOTIMPL);
    assert_int_equal(ldns_pkt_qdcount(pkt), 0);
    ldns_pkt_free(pkt);
}

static void ask_with(struct fixture *f, const uint8_t *name, uint16_t edns_size,
                     uint8_t edns_version)
{
    const struct sim_address local = sim_instance_server(f->instance, "top", 4);
    struct packet p;

    packet_query(&p, name, SIM_TYPE_CAA, 0);
    packet_opt(&p, edns_size, edns_version, 0x8000);
    send_to(f, &p, SCN_UDP, &local);
}

static void a_newer_edns_is_refused(void **state)
{
    struct fixture *f = *state;

    ask_with(f, www, 1232, 1);
    ldns_pkt *pkt = reply(f);
    assert_int_equal(ldns_pkt_edns_extended_rcode(pkt), 1); /* BADVERS */
    assert_int_equal(ldns_pkt_ancount(pkt), 0);
    ldns_pkt_free(pkt);
    assert_false(journaled(f)->usable);
    assert_true(journaled(f)->edns_newer);
}

static void a_fault_acts_on_a_newer_edns(void **state)
{
    struct fixture *f = *state;

    f->faults[0].when.edns = SCN_EDNS_NEWER;
    fault(f)->drop = SCN_DROP_QUERY;
    ask_with(f, www, 1232, 1);
    assert_int_equal(f->reaction.count, 0);
    ask_with(f, www, 1232, 0);
    assert_int_equal(f->reaction.count, 1);
}

static void a_fault_may_ignore_the_advertised_size(void **state)
{
    struct fixture *f = *state;

    fault(f)->udp_limit = 9000;
    ask_with(f, big, 512, 0);
    assert_true(f->reaction.messages[0].len > 512);
    assert_int_equal(journaled(f)->flags & SCN_TC, 0);
    assert_int_equal(journaled(f)->answer_count, BIG + 1);
    assert_false(journaled(f)->usable);
    ask(f, big, SCN_TCP);
    assert_true(journaled(f)->usable);
}

static void names_of_others_are_refused(void **state)
{
    struct fixture *f = *state;

    ask(f, elsewhere, SCN_UDP);
    ldns_pkt *pkt = reply(f);
    assert_int_equal(ldns_pkt_get_rcode(pkt), LDNS_RCODE_REFUSED);
    ldns_pkt_free(pkt);
}

static void a_dropped_query_is_journaled_with_its_fault(void **state)
{
    struct fixture *f = *state;

    fault(f)->drop = SCN_DROP_QUERY;
    f->faults[0].id = "lost";
    ask(f, www, SCN_UDP);
    ask(f, www, SCN_UDP);
    assert_int_equal(f->reaction.count, 0);
    assert_false(journaled(f)->replied);
    assert_false(journaled(f)->usable);
    assert_int_equal(journaled(f)->replied_ns, 0);
    assert_string_equal(journaled(f)->fault, "lost: summary");
    assert_int_equal(journaled(f)->match_number, 2);
}

static void a_changed_reply_is_not_usable(void **state)
{
    struct fixture *f = *state;

    fault(f)->rcode = 2;
    ask(f, www, SCN_UDP);
    assert_int_equal(journaled(f)->rcode, 2);
    assert_true(journaled(f)->replied);
    assert_false(journaled(f)->usable);
    assert_string_equal(journaled(f)->fault, "summary");
}

static void a_fault_that_changes_no_octet_leaves_it_usable(void **state)
{
    struct fixture *f = *state;

    fault(f)->set = SCN_AA;
    ask(f, www, SCN_UDP);
    assert_non_null(journaled(f)->fault);
    assert_true(journaled(f)->usable);
}

static void a_delayed_reply_is_usable(void **state)
{
    struct fixture *f = *state;

    fault(f)->delay_ms = 250;
    ask(f, www, SCN_UDP);
    assert_int_equal(f->reaction.messages[0].delay_ns, 250000000);
    assert_int_equal(journaled(f)->replied_ns, NOW + 250000000);
    assert_true(journaled(f)->usable);
}

static void a_replaced_answer_is_signed_by_the_zone(void **state)
{
    struct fixture *f = *state;
    struct scn_action *action = fault(f);

    action->has_answer = true;
    action->answer = &f->forged;
    action->answer_count = 1;
    ask(f, www, SCN_UDP);
    ldns_pkt *pkt = reply(f);
    assert_int_equal(ldns_pkt_ancount(pkt), 2);
    assert_int_equal(ldns_rr_get_type(ldns_rr_list_rr(ldns_pkt_answer(pkt), 1)),
                     LDNS_RR_TYPE_RRSIG);
    ldns_pkt_free(pkt);
    assert_false(journaled(f)->usable);
}

static void rotation_leaves_a_reply_usable(void **state)
{
    struct fixture *f = *state;

    fault(f)->rrsets = SCN_RRSETS_ROTATE;
    ask(f, big, SCN_TCP);
    ldns_pkt *first = reply(f);
    assert_true(journaled(f)->usable);
    ask(f, big, SCN_TCP);
    ldns_pkt *second = reply(f);
    assert_true(journaled(f)->usable);
    assert_int_equal(ldns_pkt_ancount(second), BIG + 1);
    assert_int_equal(
        ldns_rr_compare(ldns_rr_list_rr(ldns_pkt_answer(first), 1),
                        ldns_rr_list_rr(ldns_pkt_answer(second), 0)),
        0);
    ldns_pkt_free(first);
    ldns_pkt_free(second);
    fault(f)->rrsets = SCN_RRSETS_REVERSE;
    ask(f, big, SCN_TCP);
    assert_false(journaled(f)->usable);
}

static void damaged_octets_are_not_usable(void **state)
{
    struct fixture *f = *state;

    fault(f)->wire = SCN_WIRE_TRAILING;
    ask(f, www, SCN_UDP);
    assert_memory_equal(f->reaction.messages[0].octets +
                            f->reaction.messages[0].len - 4,
                        "\xde\xad\xbe\xef", 4);
    assert_int_equal(journaled(f)->size, f->reaction.messages[0].len);
    assert_false(journaled(f)->usable);
}

static void copies_are_one_reply(void **state)
{
    struct fixture *f = *state;
    struct scn_action *action = fault(f);

    action->copies = SCN_COPIES_MAX;
    action->delay_ms = 3;
    action->decoy = &f->forged;
    action->decoy_count = 1;
    ask(f, www, SCN_UDP);
    assert_int_equal(f->reaction.count, SIM_REACTION_MAX);
    for (size_t i = 1; i < f->reaction.count; i++) {
        assert_ptr_equal(f->reaction.messages[i].octets,
                         f->reaction.messages[1].octets);
        assert_int_equal(f->reaction.messages[i].delay_ns, 3000000);
    }
    assert_true(journaled(f)->usable);
}

static void a_closed_port_tells_what_was_sent_there(void **state)
{
    struct fixture *f = *state;

    fault(f)->drop = SCN_DROP_UNREACHABLE;
    ask(f, www, SCN_UDP);
    assert_int_equal(f->reaction.count, 1);
    assert_true(f->reaction.messages[0].unreachable);
    assert_int_equal(f->reaction.messages[0].octets[2] & 0x80, 0);
    assert_false(journaled(f)->replied);
    assert_false(journaled(f)->usable);
    ask(f, www, SCN_TCP);
    assert_int_equal(f->reaction.messages[0].pacing, SCN_TCP_REFUSE);
}

static void set_decoy(struct fixture *f, enum scn_decoy_wrong wrong)
{
    struct scn_action *action = fault(f);

    action->decoy = &f->forged;
    action->decoy_count = 1;
    action->decoy_wrong = wrong;
}

static void a_decoy_comes_first_and_leaves_the_reply_usable(void **state)
{
    struct fixture *f = *state;

    set_decoy(f, SCN_DECOY_ID);
    ask(f, www, SCN_UDP);
    assert_int_equal(f->reaction.count, 2);
    assert_memory_not_equal(f->reaction.messages[0].octets,
                            f->reaction.messages[1].octets, 2);
    ldns_pkt *pkt = reply(f);
    assert_int_equal(ldns_pkt_id(pkt), 0x1234);
    ldns_pkt_free(pkt);
    assert_true(journaled(f)->usable);
}

static void a_decoy_may_come_from_elsewhere_over_udp_only(void **state)
{
    struct fixture *f = *state;

    set_decoy(f, SCN_DECOY_ADDRESS);
    ask(f, www, SCN_UDP);
    assert_int_equal(f->reaction.count, 2);
    assert_false(sim_address_same_host(&f->reaction.messages[0].source,
                                       &f->reaction.messages[1].source));
    f->faults[0].action.decoy_wrong = SCN_DECOY_PORT;
    ask(f, www, SCN_UDP);
    assert_true(f->reaction.messages[0].other_port);
    assert_false(f->reaction.messages[1].other_port);
    ask(f, www, SCN_TCP);
    assert_int_equal(f->reaction.count, 1);
    f->faults[0].action.decoy_wrong = SCN_DECOY_QUESTION;
    ask(f, www, SCN_TCP);
    assert_int_equal(f->reaction.count, 2);
}

static void expect_pacing(struct fixture *f, enum scn_tcp_pacing pacing,
                          bool replied, bool usable)
{
    fault(f)->tcp = pacing;
    ask(f, www, SCN_TCP);
    assert_int_equal(f->reaction.messages[0].pacing, pacing);
    assert_int_equal(journaled(f)->replied, replied);
    assert_int_equal(journaled(f)->usable, usable);
}

static void only_pacing_that_can_be_read_is_usable(void **state)
{
    struct fixture *f = *state;

    expect_pacing(f, SCN_TCP_NORMAL, true, true);
    expect_pacing(f, SCN_TCP_ONE_OCTET, true, true);
    expect_pacing(f, SCN_TCP_TWO_MESSAGES, true, true);
    expect_pacing(f, SCN_TCP_REFUSE, false, false);
    expect_pacing(f, SCN_TCP_SILENT, false, false);
    expect_pacing(f, SCN_TCP_RESET, true, false);
    expect_pacing(f, SCN_TCP_CLOSE_AFTER_LENGTH, true, false);
    expect_pacing(f, SCN_TCP_LENGTH_LONG, true, false);
    expect_pacing(f, SCN_TCP_LENGTH_SHORT, true, false);
    fault(f)->tcp = SCN_TCP_RESET;
    ask(f, www, SCN_UDP);
    assert_int_equal(f->reaction.messages[0].pacing, SCN_TCP_NORMAL);
    assert_true(journaled(f)->usable);
}

static void a_truncated_reply_is_not_usable(void **state)
{
    struct fixture *f = *state;
    const struct sim_address local = sim_instance_server(f->instance, "top", 4);
    struct packet p;

    packet_query(&p, big, SIM_TYPE_CAA, 0);
    packet_opt(&p, 512, 0, 0x8000);
    send_to(f, &p, SCN_UDP, &local);
    ldns_pkt *pkt = reply(f);
    assert_true(ldns_pkt_tc(pkt));
    ldns_pkt_free(pkt);
    assert_true(journaled(f)->replied);
    assert_false(journaled(f)->usable);
    ask(f, big, SCN_TCP);
    assert_int_equal(journaled(f)->answer_count, BIG + 1);
    assert_true(journaled(f)->usable);
}

static void remote_perspectives_have_their_addresses(void **state)
{
    struct fixture *f = *state;
    struct packet p;
    struct sim_incoming in = { .transport = SCN_UDP, .now_ns = NOW };

    test_model_instance(f->model)->remotes = 2;
    packet_query(&p, www, SIM_TYPE_CAA, 0);
    in.octets = p.octets;
    in.len = p.len;
    in.local = sim_instance_server(f->instance, "top", 4);
    in.client = sim_network_place(SIM_NETWORK_SANDBOX, SIM_PLACE_CLIENT, 2);
    assert_int_equal(sim_respond(f->responder, &in, &f->reaction), SIM_OK);
    assert_string_equal(journaled(f)->perspective, "remote-2");
    in.client = sim_network_place(SIM_NETWORK_SANDBOX, SIM_PLACE_CLIENT, 3);
    assert_int_equal(sim_respond(f->responder, &in, &f->reaction), SIM_OK);
    assert_string_equal(journaled(f)->perspective, "primary");
}

static void faults_can_be_switched_and_told_idle(void **state)
{
    struct fixture *f = *state;
    const struct scn_fault *idle[FAULTS];

    fault(f)->drop = SCN_DROP_QUERY;
    f->faults[0].id = "lost";
    f->faults[1].id = "other";
    assert_int_equal(sim_instance_idle_faults(f->instance, idle, FAULTS),
                     FAULTS);
    ask(f, www, SCN_UDP);
    assert_int_equal(f->reaction.count, 0);
    assert_int_equal(sim_instance_idle_faults(f->instance, idle, 1),
                     FAULTS - 1);
    assert_ptr_equal(idle[0], &f->faults[1]);
    assert_int_equal(sim_instance_set_fault(f->instance, "lost", false),
                     SIM_OK);
    ask(f, www, SCN_UDP);
    assert_int_equal(f->reaction.count, 1);
    assert_int_equal(sim_instance_set_fault(f->instance, "lost", true), SIM_OK);
    ask(f, www, SCN_UDP);
    assert_int_equal(journaled(f)->match_number, 1);
    assert_int_equal(sim_instance_set_fault(f->instance, "none", true),
                     SIM_ECONFLICT);
}

#define RESPOND_TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RESPOND_TEST(answers_and_journals),
        RESPOND_TEST(another_world_answers_and_numbers_go_on),
        RESPOND_TEST(numbers_exchanges_in_one_order),
        RESPOND_TEST(journals_the_aliases_that_were_followed),
        RESPOND_TEST(a_root_query_is_its_instance_s),
        RESPOND_TEST(is_silent_where_no_server_is),
        RESPOND_TEST(never_answers_a_response),
        RESPOND_TEST(errors_are_told_and_journaled_but_not_usable),
        RESPOND_TEST(a_newer_edns_is_refused),
        RESPOND_TEST(a_bounded_reply_is_cut_and_has_its_cookie),
        RESPOND_TEST(no_fault_exceeds_the_bound),
        RESPOND_TEST(a_malformed_option_of_a_guard_is_an_error),
        RESPOND_TEST(a_fault_acts_on_a_newer_edns),
        RESPOND_TEST(a_fault_may_ignore_the_advertised_size),
        RESPOND_TEST(names_of_others_are_refused),
        RESPOND_TEST(a_dropped_query_is_journaled_with_its_fault),
        RESPOND_TEST(a_changed_reply_is_not_usable),
        RESPOND_TEST(a_fault_that_changes_no_octet_leaves_it_usable),
        RESPOND_TEST(a_delayed_reply_is_usable),
        RESPOND_TEST(a_replaced_answer_is_signed_by_the_zone),
        RESPOND_TEST(rotation_leaves_a_reply_usable),
        RESPOND_TEST(damaged_octets_are_not_usable),
        RESPOND_TEST(copies_are_one_reply),
        RESPOND_TEST(a_closed_port_tells_what_was_sent_there),
        RESPOND_TEST(a_decoy_comes_first_and_leaves_the_reply_usable),
        RESPOND_TEST(a_decoy_may_come_from_elsewhere_over_udp_only),
        RESPOND_TEST(only_pacing_that_can_be_read_is_usable),
        RESPOND_TEST(a_truncated_reply_is_not_usable),
        RESPOND_TEST(remote_perspectives_have_their_addresses),
        RESPOND_TEST(faults_can_be_switched_and_told_idle),
    };

    return cmocka_run_group_tests_name("authsim.respond", tests, NULL, NULL);
}
