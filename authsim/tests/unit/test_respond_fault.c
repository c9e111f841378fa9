/* SPDX-License-Identifier: BSD-2-Clause */
/* What a fault makes of a reply, and whether the journal calls it usable. */
#include "respond_world.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        RESPOND_TEST(a_fault_acts_on_a_newer_edns),
        RESPOND_TEST(a_fault_may_ignore_the_advertised_size),
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
        RESPOND_TEST(faults_can_be_switched_and_told_idle),
    };

    return cmocka_run_group_tests_name("authsim.respond_fault", tests, NULL,
                                       NULL);
}
