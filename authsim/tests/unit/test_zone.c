/* SPDX-License-Identifier: BSD-2-Clause */
/* What stands in a zone: written, generated, published, withdrawn. */
#include "models.h"
#include "octets.h"
#include "rrtype.h"
#include "testing.h"
#include "universe.h"

#include <scenario/name.h>

#include <string.h>

struct fixture {
    struct test_model *model;
    struct sim_world *world;
    struct sim_instance *instance;
    struct sim_arena *arena;
};

static int setup(void **state)
{
    static struct fixture fixture;

    fixture.model = test_model_new("t", "t.");
    fixture.world = NULL;
    fixture.arena = sim_arena_new();
    *state = &fixture;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;

    sim_arena_free(fixture->arena);
    sim_world_free(fixture->world);
    test_model_free(fixture->model);
    return 0;
}

static void open_world(struct fixture *fixture)
{
    const struct sim_options options = test_options();

    fixture->world = test_world(fixture->model, &options, &fixture->instance);
}

static const struct sim_rrset *find(struct fixture *fixture, size_t zone_index,
                                    const char *name, uint16_t type)
{
    struct sim_zone *zone = fixture->instance->zones[zone_index];
    const struct sim_node *node;

    assert_int_equal(sim_zone_build(zone), SIM_OK);
    node = sim_zone_find(zone, test_name(fixture->model, name));
    return node != NULL ? sim_node_rrset(node, type) : NULL;
}

static void generates_what_the_author_left_out(void **state)
{
    struct fixture *fixture = *state;

    test_zone(fixture->model, "t.", "top");
    open_world(fixture);
    assert_non_null(find(fixture, 0, "t.", SIM_TYPE_SOA));
    assert_non_null(find(fixture, 0, "t.", SIM_TYPE_NS));
    assert_int_equal(find(fixture, 0, "t.", SIM_TYPE_DNSKEY)->count, 1);
    assert_null(find(fixture, 0, "t.", SIM_TYPE_NSEC3PARAM));
    assert_non_null(find(fixture, 0, "ns-top.t.", SIM_TYPE_A));
    assert_non_null(find(fixture, 0, "ns-top.t.", SIM_TYPE_AAAA));
}

static void hand_written_rrsets_replace_generated_ones(void **state)
{
    struct fixture *fixture = *state;
    const struct sim_rrset *ds;

    test_zone(fixture->model, "t.", "top");
    test_alias(fixture->model, "t.", SIM_TYPE_NS, "other.t.");
    test_address(fixture->model, "ns-top.t.");
    test_alias(fixture->model, "child.t.", SIM_TYPE_NS, "ns1.child.t.");
    test_address(fixture->model, "ns1.child.t.");
    test_record(fixture->model, "child.t.", SIM_TYPE_DS, "\1\2\15\2x", 5);
    test_zone(fixture->model, "child.t.", "child");
    open_world(fixture);
    assert_memory_equal(find(fixture, 0, "t.", SIM_TYPE_NS)->rdatas[0].octets,
                        "\5other", 6);
    assert_memory_equal(
        find(fixture, 0, "ns-top.t.", SIM_TYPE_A)->rdatas[0].octets,
        "\xc0\x00\x02\x01", 4);
    assert_int_equal(find(fixture, 0, "child.t.", SIM_TYPE_NS)->count, 1);
    assert_memory_equal(
        find(fixture, 0, "child.t.", SIM_TYPE_NS)->rdatas[0].octets, "\3ns1",
        4);
    ds = find(fixture, 0, "child.t.", SIM_TYPE_DS);
    assert_int_equal(ds->count, 1);
    assert_int_equal(ds->rdatas[0].len, 5);
    /* the child's own view is its own */
    assert_memory_equal(
        find(fixture, 1, "child.t.", SIM_TYPE_NS)->rdatas[0].octets,
        "\10ns-child", 9);
}

static void nodes_are_sorted_and_complete(void **state)
{
    struct fixture *fixture = *state;
    const struct sim_zone *zone;

    test_zone(fixture->model, "t.", "top");
    test_address(fixture->model, "z.a.b.t.");
    test_address(fixture->model, "A.t.");
    test_caa(fixture->model, "a.t.", "x");
    test_caa(fixture->model, "a.t.", "y");
    test_caa(fixture->model, "a.t.", "x");
    open_world(fixture);
    assert_int_equal(find(fixture, 0, "a.t.", SIM_TYPE_CAA)->count, 2);
    zone = fixture->instance->zones[0];
    assert_int_equal(zone->node_count, 6); /* t a b a.b z.a.b ns-top */
    for (size_t i = 1; i < zone->node_count; i++) {
        assert_true(
            scn_name_compare(zone->nodes[i - 1].name, zone->nodes[i].name) < 0);
    }
}

static void ds_follow_the_delegation_of_the_model(void **state)
{
    static const struct scn_ds wanted[] = {
        { .algorithm = -1, .digest_type = 200, .key_tag = -1 },
        { .algorithm = 8,
          .digest_type = 4,
          .key_tag = 7,
          .digest_wrong = true },
        { .algorithm = -1, .digest_type = 1, .key_tag = -1 },
    };
    struct fixture *fixture = *state;
    const struct sim_rrset *ds;

    test_zone(fixture->model, "t.", "top");
    test_zone(fixture->model, "island.t.", "i")->dnssec = SCN_ISLAND;
    test_zone(fixture->model, "listed.t.", "l")->ds = wanted;
    open_world(fixture);
    ((struct scn_zone *)(uintptr_t)fixture->instance->zones[2]->model)
        ->ds_count = 3;
    assert_null(find(fixture, 0, "island.t.", SIM_TYPE_DS));
    ds = find(fixture, 0, "listed.t.", SIM_TYPE_DS);
    assert_int_equal(ds->count, 3);
    assert_int_equal(ds->rdatas[0].octets[2], 13);
    assert_int_equal(ds->rdatas[0].octets[3], 200);
    assert_int_equal(sim_get_u16(ds->rdatas[1].octets), 7);
    assert_int_equal(ds->rdatas[1].len, 4 + 48);
    assert_int_equal(ds->rdatas[2].len, 4 + 20);
    assert_false(sim_ds_is_unusable(ds));
}

static void only_unknown_ds_count_as_none(void **state)
{
    static const struct scn_ds wanted = { .algorithm = -1,
                                          .digest_type = 200,
                                          .key_tag = -1 };
    struct fixture *fixture = *state;
    struct scn_zone *zone;
    struct sim_answer referral;
    struct sim_answer ds;

    test_zone(fixture->model, "t.", "top");
    zone = test_zone(fixture->model, "c.t.", "c");
    zone->ds = &wanted;
    zone->ds_count = 1;
    open_world(fixture);
    referral = test_ask(fixture->instance, "top", "x.c.t.", SIM_TYPE_CAA,
                        fixture->arena);
    ds =
        test_ask(fixture->instance, "top", "c.t.", SIM_TYPE_DS, fixture->arena);
    assert_int_equal(test_count(&referral.authority, "c.t.", SIM_TYPE_DS), 1);
    assert_int_equal(referral.no_ds_count, 1);
    assert_int_equal(ds.no_ds_count, 1);
}

static void split_keys_sign_what_is_theirs(void **state)
{
    static const uint8_t algorithms[] = { 13, 15 };
    struct fixture *fixture = *state;
    struct scn_zone *zone = test_zone(fixture->model, "t.", "top");
    struct sim_answer keys;
    struct sim_answer soa;

    zone->keys = SCN_KSK_AND_ZSK;
    zone->algorithms = algorithms;
    zone->algorithm_count = 2;
    open_world(fixture);
    keys = test_ask(fixture->instance, "top", "t.", SIM_TYPE_DNSKEY,
                    fixture->arena);
    soa =
        test_ask(fixture->instance, "top", "t.", SIM_TYPE_SOA, fixture->arena);
    assert_int_equal(test_count(&keys.answer, "t.", SIM_TYPE_DNSKEY), 4);
    assert_int_equal(test_count(&keys.answer, "t.", SIM_TYPE_RRSIG), 2);
    assert_int_equal(test_count(&soa.answer, "t.", SIM_TYPE_RRSIG), 2);
    assert_int_not_equal(sim_get_u16(keys.answer.rrs[4].rdata + 16),
                         sim_get_u16(soa.answer.rrs[1].rdata + 16));
}

static void published_records_replace_and_are_signed(void **state)
{
    static const struct scn_record fresh[] = {
        { .owner = (const uint8_t *)"\1t",
          .rdata = (const uint8_t *)"\0\5issuenew",
          .ttl = 60,
          .type = SIM_TYPE_CAA,
          .rdata_len = 10 },
        { .owner = (const uint8_t *)"\3new\1t",
          .rdata = (const uint8_t *)"\1\2\3\4",
          .ttl = 60,
          .type = SIM_TYPE_A,
          .rdata_len = 4 },
    };
    struct fixture *fixture = *state;
    struct sim_answer before;
    struct sim_answer a;

    test_zone(fixture->model, "t.", "top");
    test_caa(fixture->model, "t.", "old");
    open_world(fixture);
    before = test_ask(fixture->instance, "top", "new.t.", SIM_TYPE_A,
                      fixture->arena);
    assert_int_equal(before.rcode, SIM_NXDOMAIN);
    assert_int_equal(sim_instance_publish(fixture->instance, fresh, 2), SIM_OK);
    a = test_ask(fixture->instance, "top", "t.", SIM_TYPE_CAA, fixture->arena);
    assert_int_equal(a.answer.count, 2);
    assert_memory_equal(a.answer.rrs[0].rdata, "\0\5issuenew", 10);
    a = test_ask(fixture->instance, "top", "new.t.", SIM_TYPE_A,
                 fixture->arena);
    assert_int_equal(a.answer.count, 2);
    assert_int_equal(sim_instance_publish(fixture->instance, fresh, 1), SIM_OK);
    a = test_ask(fixture->instance, "top", "t.", SIM_TYPE_SOA, fixture->arena);
    assert_true(a.answer.count == 2);
}

static void what_was_published_lives_by_itself_and_gives_way(void **state)
{
    uint8_t owner[] = "\1t";
    uint8_t rdata[] = "\0\5issuenew";
    const struct scn_record fresh = { .owner = owner,
                                      .rdata = rdata,
                                      .ttl = 60,
                                      .type = SIM_TYPE_CAA,
                                      .rdata_len = 10 };
    const struct scn_rrset_id id = { (const uint8_t *)"\1t", SIM_TYPE_CAA };
    struct fixture *fixture = *state;
    struct sim_answer a;

    test_zone(fixture->model, "t.", "top");
    test_caa(fixture->model, "t.", "old");
    open_world(fixture);
    assert_int_equal(sim_instance_publish(fixture->instance, &fresh, 1),
                     SIM_OK);
    memset(owner, 'x', sizeof(owner) - 1);
    memset(rdata, 'x', sizeof(rdata) - 1);
    a = test_ask(fixture->instance, "top", "t.", SIM_TYPE_CAA, fixture->arena);
    assert_memory_equal(a.answer.rrs[0].rdata, "\0\5issuenew", 10);
    for (int i = 0; i < 2; i++) { /* once is as good as twice */
        assert_int_equal(sim_instance_restore(fixture->instance, &id, 1),
                         SIM_OK);
        a = test_ask(fixture->instance, "top", "t.", SIM_TYPE_CAA,
                     fixture->arena);
        assert_memory_equal(a.answer.rrs[0].rdata, "\0\5issueold", 10);
    }
}

/* Written or published; the SOA is generated. */
static void tells_what_a_name_has(void **state)
{
    static const struct scn_record address = {
        .owner = (const uint8_t *)"\1t",
        .rdata = (const uint8_t *)"\1\2\3\4",
        .type = SIM_TYPE_A,
        .rdata_len = 4,
    };
    static const struct scn_rrset_id a = { (const uint8_t *)"\1t", SIM_TYPE_A };
    static const struct scn_rrset_id caa = { (const uint8_t *)"\1t",
                                             SIM_TYPE_CAA };
    static const struct scn_rrset_id soa = { (const uint8_t *)"\1t",
                                             SIM_TYPE_SOA };
    static const struct scn_rrset_id foreign = { (const uint8_t *)"\1x",
                                                 SIM_TYPE_A };
    struct fixture *fixture = *state;
    uint16_t types[2] = { 0, 0 };

    test_zone(fixture->model, "t.", "top");
    test_caa(fixture->model, "t.", "old");
    open_world(fixture);
    struct sim_instance *t = fixture->instance;
    assert_true(sim_instance_has(t, &caa));
    assert_false(sim_instance_has(t, &a));
    assert_false(sim_instance_has(t, &soa));
    assert_false(sim_instance_has(t, &foreign));
    assert_int_equal(sim_instance_types(t, foreign.owner, types, 2), 0);
    assert_int_equal(sim_instance_publish(t, &address, 1), SIM_OK);
    assert_true(sim_instance_has(t, &a));
    assert_int_equal(sim_instance_types(t, caa.owner, types, 2), 2);
    assert_int_equal(types[0], SIM_TYPE_CAA);
    assert_int_equal(types[1], SIM_TYPE_A);
    assert_int_equal(sim_instance_withdraw(t, &caa, 1), SIM_OK);
    assert_false(sim_instance_has(t, &caa));
    types[1] = 0;
    assert_int_equal(sim_instance_types(t, caa.owner, types, 1), 1);
    assert_int_equal(types[0], SIM_TYPE_A);
    assert_int_equal(types[1], 0);
}

static void a_change_with_a_foreign_name_changes_nothing(void **state)
{
    static const struct scn_record records[] = {
        { .owner = (const uint8_t *)"\1t",
          .rdata = (const uint8_t *)"\0\5issuenew",
          .type = SIM_TYPE_CAA,
          .rdata_len = 10 },
        { .owner = (const uint8_t *)"\1x",
          .rdata = (const uint8_t *)"\1\2\3\4",
          .type = SIM_TYPE_A,
          .rdata_len = 4 },
    };
    static const struct scn_rrset_id ids[] = {
        { (const uint8_t *)"\1t", SIM_TYPE_CAA },
        { (const uint8_t *)"\1x", SIM_TYPE_A },
    };
    struct fixture *fixture = *state;
    struct sim_answer a;

    test_zone(fixture->model, "t.", "top");
    test_caa(fixture->model, "t.", "old");
    open_world(fixture);
    assert_int_equal(sim_instance_publish(fixture->instance, records, 2),
                     SIM_ECONFLICT);
    assert_int_equal(sim_instance_withdraw(fixture->instance, ids, 2),
                     SIM_ECONFLICT);
    assert_int_equal(sim_instance_restore(fixture->instance, ids, 2),
                     SIM_ECONFLICT);
    a = test_ask(fixture->instance, "top", "t.", SIM_TYPE_CAA, fixture->arena);
    assert_memory_equal(a.answer.rrs[0].rdata, "\0\5issueold", 10);
}

static void withdrawn_rrsets_are_denied(void **state)
{
    static const struct scn_rrset_id ids[] = {
        { (const uint8_t *)"\1t", SIM_TYPE_CAA },
        { (const uint8_t *)"\1c\1t", SIM_TYPE_DS },
    };
    static const struct scn_rrset_id foreign = { (const uint8_t *)"\1x",
                                                 SIM_TYPE_A };
    struct fixture *fixture = *state;
    struct sim_answer a;

    test_zone(fixture->model, "t.", "top");
    test_caa(fixture->model, "t.", "old");
    test_zone(fixture->model, "c.t.", "c");
    open_world(fixture);
    assert_int_equal(sim_instance_withdraw(fixture->instance, ids, 2), SIM_OK);
    a = test_ask(fixture->instance, "top", "t.", SIM_TYPE_CAA, fixture->arena);
    assert_int_equal(a.answer.count, 0);
    a = test_ask(fixture->instance, "top", "x.c.t.", SIM_TYPE_A,
                 fixture->arena);
    assert_int_equal(a.no_ds_count, 1);
    assert_int_equal(sim_instance_withdraw(fixture->instance, &foreign, 1),
                     SIM_ECONFLICT);
}

static bool freed;

static void note_free(void *memory)
{
    freed = memory == &freed;
}

static void keeps_the_state_of_faults(void **state)
{
    struct fixture *fixture = *state;
    struct sim_zone *zone;

    test_zone(fixture->model, "t.", "top");
    open_world(fixture);
    zone = fixture->instance->zones[0];
    assert_null(*sim_zone_fault_state(zone, note_free));
    *sim_zone_fault_state(zone, note_free) = &freed;
    assert_ptr_equal(sim_zone_model(zone),
                     test_model_instance(fixture->model)->zones);
    freed = false;
    sim_world_free(fixture->world);
    fixture->world = NULL;
    assert_true(freed);
    sim_zone_free(NULL);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(generates_what_the_author_left_out),
        TEST(hand_written_rrsets_replace_generated_ones),
        TEST(nodes_are_sorted_and_complete),
        TEST(ds_follow_the_delegation_of_the_model),
        TEST(only_unknown_ds_count_as_none),
        TEST(split_keys_sign_what_is_theirs),
        TEST(published_records_replace_and_are_signed),
        TEST(what_was_published_lives_by_itself_and_gives_way),
        TEST(tells_what_a_name_has),
        TEST(a_change_with_a_foreign_name_changes_nothing),
        TEST(withdrawn_rrsets_are_denied),
        TEST(keeps_the_state_of_faults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
