/* SPDX-License-Identifier: BSD-2-Clause */
/* Queries of every kind, and what the journal says of them. */
#include "respond_world.h"

#include <scenario/name.h>

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

struct watch {
    const struct fixture *f;
    unsigned count;
};

static void on_exchange(void *ctx, const struct sim_instance *instance,
                        const struct sim_exchange *x)
{
    struct watch *watch = ctx;

    assert_ptr_equal(instance, watch->f->instance);
    assert_int_equal(x->number, journaled(watch->f)->number);
    watch->count++;
}

static void who_watches_is_told_of_every_exchange(void **state)
{
    struct fixture *f = *state;
    struct watch watch = { .f = f };

    ask(f, www, SCN_UDP);
    sim_world_watch(f->world, on_exchange, &watch);
    ask(f, www, SCN_UDP);
    ask(f, elsewhere, SCN_TCP);
    assert_int_equal(watch.count, 2);
    sim_world_watch(f->world, NULL, NULL);
    ask(f, www, SCN_UDP);
    assert_int_equal(watch.count, 2);
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

/* The last exchange that belongs to no instance. */
static const struct sim_exchange *nobodys(const struct fixture *f)
{
    const struct sim_journal *journal = sim_world_journal(f->world);

    assert_true(sim_journal_count(journal) > 0);
    return sim_journal_at(journal, sim_journal_count(journal) - 1);
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
    const struct sim_exchange *x = nobodys(f);
    assert_int_equal(x->number, 2);
    assert_string_equal(x->server, "root");
    assert_memory_equal(x->zone, "", 1);
    assert_true(scn_name_equal(x->name, elsewhere));
    assert_true(x->replied);
    assert_int_equal(x->rcode, LDNS_RCODE_NXDOMAIN);
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
    assert_int_equal(sim_journal_count(sim_instance_journal(f->instance)), 1);
    assert_int_equal(nobodys(f)->number, 2);
    assert_null(nobodys(f)->name);
    assert_string_equal(nobodys(f)->server, "top");
    assert_int_equal(nobodys(f)->rcode, LDNS_RCODE_NOTIMPL);
    assert_false(nobodys(f)->usable);
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

static void names_of_others_are_refused(void **state)
{
    struct fixture *f = *state;

    ask(f, elsewhere, SCN_UDP);
    ldns_pkt *pkt = reply(f);
    assert_int_equal(ldns_pkt_get_rcode(pkt), LDNS_RCODE_REFUSED);
    ldns_pkt_free(pkt);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        RESPOND_TEST(answers_and_journals),
        RESPOND_TEST(another_world_answers_and_numbers_go_on),
        RESPOND_TEST(who_watches_is_told_of_every_exchange),
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
        RESPOND_TEST(names_of_others_are_refused),
        RESPOND_TEST(a_truncated_reply_is_not_usable),
        RESPOND_TEST(remote_perspectives_have_their_addresses),
    };

    return cmocka_run_group_tests_name("authsim.respond", tests, NULL, NULL);
}
