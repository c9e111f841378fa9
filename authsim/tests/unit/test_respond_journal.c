/* SPDX-License-Identifier: BSD-2-Clause */
/* What is kept, what is not, and what ends it. */
#include "models.h"
#include "rrtype.h"
#include "testing.h"
#include "twins.h"

static const uint8_t www[] = "\3www\1u";
static const uint8_t plain[] = "\3www\5plain\1u";

/* Of the apex's server, over UDP. */
static void ask_for(struct twins *f, const uint8_t *name, uint16_t type)
{
    packet_query(&f->query, name, type, 0);
    twins_ask(f);
}

static unsigned rcode(const struct twins *f)
{
    return f->kept.reaction.messages[0].octets[3] & 0x0f;
}

static unsigned answers(const struct twins *f)
{
    return f->kept.reaction.messages[0].octets[7];
}

static void who_asks_is_told_afresh(void **state)
{
    struct twins *f = *state;
    const struct sim_journal *journal = sim_instance_journal(f->kept.instance);

    ask_for(f, www, SIM_TYPE_CAA);
    f->in.client = sim_network_place(SIM_NETWORK_SANDBOX, SIM_PLACE_CLIENT, 1);
    f->in.local.port = 5300;
    ask_for(f, www, SIM_TYPE_CAA);
    assert_int_equal(twin_hits(&f->kept), 1);
    assert_int_equal(sim_journal_count(journal), 2);
    assert_string_equal(sim_journal_at(journal, 0)->perspective, "primary");
    assert_string_equal(sim_journal_at(journal, 1)->perspective, "remote-1");
    assert_int_equal(sim_journal_at(journal, 1)->number, 2);
    assert_int_equal(sim_journal_at(journal, 1)->received_ns, TWINS_NOW + 2);
    assert_int_equal(sim_journal_at(journal, 1)->replied_ns, TWINS_NOW + 2);
    twins_compare_journals(f);
}

static void a_name_of_nobody_takes_a_number_each_time(void **state)
{
    static const uint8_t nobody[] = "\6nobody";
    struct twins *f = *state;

    f->in.local = sim_network_place(SIM_NETWORK_SANDBOX, SIM_PLACE_ROOT, 0);
    ask_for(f, nobody, SIM_TYPE_CAA);
    ask_for(f, nobody, SIM_TYPE_CAA);
    assert_int_equal(twin_hits(&f->kept), 1);
    assert_int_equal(sim_responder_number(f->kept.responder), 3);
    assert_int_equal(sim_journal_count(sim_instance_journal(f->kept.instance)),
                     0);
    const struct sim_journal *journal = sim_world_journal(f->kept.world);
    assert_int_equal(sim_journal_count(journal), 2);
    assert_int_equal(sim_journal_at(journal, 1)->number, 2);
    twins_compare_journals(f);
}

static void what_has_no_question_is_journaled_alike(void **state)
{
    struct twins *f = *state;

    f->query.len = PACKET_HEADER;
    memset(f->query.octets, 0, PACKET_HEADER);
    twins_ask(f);
    twins_ask(f);
    assert_int_equal(twin_hits(&f->kept), 1);
    const struct sim_journal *journal = sim_world_journal(f->kept.world);
    assert_int_equal(sim_journal_count(journal), 2);
    assert_null(sim_journal_at(journal, 1)->name);
    assert_int_equal(sim_journal_at(journal, 1)->rcode, SIM_FORMERR);
    twins_compare_journals(f);
}

static void a_zone_with_faults_is_always_asked(void **state)
{
    struct twins *f = *state;

    f->in.local = sim_instance_server(f->kept.instance, "plain", 4);
    for (int i = 0; i < 3; i++) {
        ask_for(f, plain, SIM_TYPE_CAA);
        assert_int_equal(rcode(f), SIM_NOERROR);
    }
    assert_int_equal(twin_hits(&f->kept), 0);
    assert_int_equal(sim_instance_set_fault(f->kept.instance, "outage", true),
                     SIM_OK);
    assert_int_equal(sim_instance_set_fault(f->anew.instance, "outage", true),
                     SIM_OK);
    ask_for(f, plain, SIM_TYPE_CAA);
    assert_int_equal(rcode(f), SIM_SERVFAIL);
    twins_compare_journals(f);
}

static void what_a_guard_allows_is_its_client_s_alone(void **state)
{
    static const struct sim_terms terms[] = {
        { .limit = 50 },
        { .malformed = true },
        { .has_cookie = true, .cookie = { 1, 2, 3 } },
    };
    static const uint8_t big[] = "\3big\1u";
    struct twins *f = *state;

    for (size_t i = 0; i < sizeof(terms) / sizeof(terms[0]); i++) {
        f->in.terms = terms[i];
        ask_for(f, big, SIM_TYPE_TXT);
        ask_for(f, big, SIM_TYPE_TXT);
    }
    assert_int_equal(twin_hits(&f->kept), 0);
    f->in.terms = (struct sim_terms){ 0 };
    ask_for(f, big, SIM_TYPE_TXT);
    assert_int_equal(twin_hits(&f->kept), 0);
    ask_for(f, big, SIM_TYPE_TXT);
    assert_int_equal(twin_hits(&f->kept), 1);
    f->in.terms = terms[0];
    ask_for(f, big, SIM_TYPE_TXT);
    assert_int_equal(twin_hits(&f->kept), 1);
    assert_int_equal(answers(f), 0);
}

static void a_long_query_is_answered_anew(void **state)
{
    struct twins *f = *state;

    for (unsigned more = 0; more < 2; more++) {
        for (unsigned i = 0; i < 2; i++) {
            packet_query(&f->query, www, SIM_TYPE_CAA, 0);
            const unsigned len =
                SIM_CACHE_QUERY_MAX - 15 + more - (unsigned)f->query.len;
            packet_option(&f->query, len, len);
            assert_int_equal(f->query.len, SIM_CACHE_QUERY_MAX + more);
            twins_ask(f);
        }
        assert_int_equal(twin_hits(&f->kept), 1);
    }
}

static void what_is_shorter_than_a_header_is_looked_up_nowhere(void **state)
{
    struct twins *f = *state;

    memset(f->query.octets, 0, PACKET_HEADER);
    for (f->query.len = 0; f->query.len < PACKET_HEADER; f->query.len++) {
        twins_ask(f);
        assert_int_equal(f->kept.reaction.count, 0);
    }
    assert_int_equal(sim_responder_cache(f->kept.responder).misses, 0);
}

/* Done to both; the same again then is another reply. */
typedef void change_fn(struct twin *twin);

static const struct scn_record ca = { .owner = www,
                                      .type = SIM_TYPE_CAA,
                                      .ttl = 60,
                                      .rdata = (const uint8_t *)"\0\5issuex",
                                      .rdata_len = 8 };
static const struct scn_rrset_id ca_id = { .owner = www, .type = SIM_TYPE_CAA };

static void publish(struct twin *twin)
{
    assert_int_equal(sim_instance_publish(twin->instance, &ca, 1), SIM_OK);
}

static void withdraw(struct twin *twin)
{
    assert_int_equal(sim_instance_withdraw(twin->instance, &ca_id, 1), SIM_OK);
}

static void restore(struct twin *twin)
{
    assert_int_equal(sim_instance_restore(twin->instance, &ca_id, 1), SIM_OK);
}

static void begin_failing(struct twin *twin)
{
    assert_int_equal(sim_instance_set_failing(twin->instance, www, true),
                     SIM_OK);
}

static void end_failing(struct twin *twin)
{
    assert_int_equal(sim_instance_set_failing(twin->instance, www, false),
                     SIM_OK);
}

static void what_was_kept_ends_with_every_change(void **state)
{
    static change_fn *const changes[] = { publish, withdraw, restore,
                                          begin_failing, end_failing };
    struct twins *f = *state;
    uint8_t before[SIM_UDP_PLAIN_MAX];

    ask_for(f, www, SIM_TYPE_CAA);
    for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
        const size_t len = f->kept.reaction.messages[0].len;
        memcpy(before, f->kept.reaction.messages[0].octets, len);
        changes[i](&f->kept);
        changes[i](&f->anew);
        ask_for(f, www, SIM_TYPE_CAA);
        assert_false(len == f->kept.reaction.messages[0].len &&
                     memcmp(before + SIM_CACHE_ID,
                            f->kept.reaction.messages[0].octets + SIM_CACHE_ID,
                            len - SIM_CACHE_ID) == 0);
        ask_for(f, www, SIM_TYPE_CAA);
    }
    /* The second time; while it fails, neither. */
    assert_int_equal(twin_hits(&f->kept), 4);
    twins_compare_journals(f);
}

/* The parent's reply has to do with the child's records, too. */
static void a_change_of_one_zone_ends_all(void **state)
{
    struct twins *f = *state;

    ask_for(f, plain, SIM_TYPE_CAA); /* a referral */
    ask_for(f, plain, SIM_TYPE_CAA);
    assert_int_equal(twin_hits(&f->kept), 1);
    publish(&f->kept);
    publish(&f->anew);
    ask_for(f, plain, SIM_TYPE_CAA);
    assert_int_equal(twin_hits(&f->kept), 1);
}

static void who_joins_is_seen_and_who_leaves_is_gone(void **state)
{
    static const uint8_t name[] = "\1b";
    struct twins *f = *state;
    struct test_model *model = test_model_new("b", "b.");
    struct sim_instance *kept = NULL;
    struct sim_instance *anew = NULL;

    (void)test_zone(model, "b.", "top");
    f->in.local = sim_network_place(SIM_NETWORK_SANDBOX, SIM_PLACE_ROOT, 0);
    ask_for(f, name, SIM_TYPE_CAA);
    for (int i = 0; i < 2; i++) {
        ask_for(f, name, SIM_TYPE_CAA);
        assert_int_equal(rcode(f), SIM_NXDOMAIN);
        assert_int_equal(
            sim_world_join(f->kept.world, test_model_instance(model), &kept),
            SIM_OK);
        assert_int_equal(
            sim_world_join(f->anew.world, test_model_instance(model), &anew),
            SIM_OK);
        ask_for(f, name, SIM_TYPE_CAA);
        assert_int_equal(rcode(f), SIM_NOERROR);
        ask_for(f, name, SIM_TYPE_CAA);
        assert_int_equal(sim_journal_count(sim_instance_journal(kept)), 2);
        assert_int_equal(sim_world_leave(f->kept.world, kept), SIM_OK);
        assert_int_equal(sim_world_leave(f->anew.world, anew), SIM_OK);
        ask_for(f, name, SIM_TYPE_CAA);
    }
    test_model_free(model);
}

static void a_private_one_that_leaves_is_gone(void **state)
{
    static const uint8_t name[] = "\1b";
    struct twins *f = *state;
    struct test_model *model = test_model_new("p", ".");
    struct sim_instance *kept = NULL;
    struct sim_instance *anew = NULL;

    (void)test_zone(model, ".", "top");
    assert_int_equal(
        sim_world_join(f->kept.world, test_model_instance(model), &kept),
        SIM_OK);
    assert_int_equal(
        sim_world_join(f->anew.world, test_model_instance(model), &anew),
        SIM_OK);
    f->in.local = sim_instance_server(kept, "top", 4);
    ask_for(f, name, SIM_TYPE_CAA);
    ask_for(f, name, SIM_TYPE_CAA);
    assert_int_equal(f->kept.reaction.count, 1);
    assert_int_equal(twin_hits(&f->kept), 1);
    assert_int_equal(sim_world_leave(f->kept.world, kept), SIM_OK);
    assert_int_equal(sim_world_leave(f->anew.world, anew), SIM_OK);
    ask_for(f, name, SIM_TYPE_CAA);
    assert_int_equal(f->kept.reaction.count, 0);
    test_model_free(model);
}

static void another_world_has_said_nothing(void **state)
{
    struct twins *f = *state;
    struct twin other = { 0 };

    ask_for(f, www, SIM_TYPE_CAA);
    const size_t len = f->kept.reaction.messages[0].len;
    twin_open(&other);
    publish(&other);
    sim_responder_replace(f->kept.responder, other.world);
    twin_ask(&f->kept, &f->in);
    assert_int_equal(twin_hits(&f->kept), 0);
    assert_true(len != f->kept.reaction.messages[0].len);
    sim_responder_replace(f->kept.responder, f->kept.world);
    twin_close(&other);
}

int main(void)
{
#define ALONE(test) \
    cmocka_unit_test_setup_teardown(test, twins_setup, twins_teardown)
    const struct CMUnitTest tests[] = {
        ALONE(who_asks_is_told_afresh),
        ALONE(a_name_of_nobody_takes_a_number_each_time),
        ALONE(what_has_no_question_is_journaled_alike),
        ALONE(a_zone_with_faults_is_always_asked),
        ALONE(what_a_guard_allows_is_its_client_s_alone),
        ALONE(a_long_query_is_answered_anew),
        ALONE(what_is_shorter_than_a_header_is_looked_up_nowhere),
        ALONE(what_was_kept_ends_with_every_change),
        ALONE(a_change_of_one_zone_ends_all),
        ALONE(who_joins_is_seen_and_who_leaves_is_gone),
        ALONE(a_private_one_that_leaves_is_gone),
        ALONE(another_world_has_said_nothing),
    };
#undef ALONE
    return cmocka_run_group_tests(tests, NULL, NULL);
}
