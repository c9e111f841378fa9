/* SPDX-License-Identifier: BSD-2-Clause */
#include "models.h"
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

/* t. with a little of everything, and four children. */
static void fill(struct test_model *model)
{
    struct scn_zone *zone;

    test_zone(model, "t.", "top");
    test_caa(model, "t.", "ca.test");
    test_address(model, "a.b.t.");
    test_address(model, "*.w.t.");
    test_alias(model, "*.c.t.", SIM_TYPE_CNAME, "a.b.t.");
    test_alias(model, "alias.t.", SIM_TYPE_CNAME, "a.b.t.");
    test_alias(model, "away.t.", SIM_TYPE_CNAME, "www.safe.t.");
    test_alias(model, "out.t.", SIM_TYPE_CNAME, "elsewhere.");
    test_alias(model, "one.t.", SIM_TYPE_CNAME, "two.t.");
    test_alias(model, "two.t.", SIM_TYPE_CNAME, "one.t.");
    test_alias(model, "d.t.", SIM_TYPE_DNAME, "b.t.");
    zone = test_zone(model, "plain.t.", "plain");
    zone->dnssec = SCN_UNSIGNED;
    test_caa(model, "plain.t.", "ca.test");
    test_zone(model, "safe.t.", "safe");
    test_caa(model, "www.safe.t.", "ca.test");
    test_zone(model, "same.t.", "top");
    test_address(model, "www.same.t.");
    zone = test_zone(model, "gone.t.", "gone");
    zone->ns_absent = true;
}

static int setup(void **state)
{
    static struct fixture fixture;
    const struct sim_options options = test_options();

    fixture.model = test_model_new("t", "t.");
    fill(fixture.model);
    fixture.world = test_world(fixture.model, &options, &fixture.instance);
    fixture.arena = sim_arena_new();
    *state = &fixture;
    return fixture.arena == NULL;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;

    sim_arena_free(fixture->arena);
    sim_world_free(fixture->world);
    test_model_free(fixture->model);
    return 0;
}

static struct sim_answer ask(void **state, const char *server, const char *name,
                             uint16_t type)
{
    struct fixture *fixture = *state;

    return test_ask(fixture->instance, server, name, type, fixture->arena);
}

static void answers_with_a_signature(void **state)
{
    struct sim_answer a = ask(state, "top", "t.", SIM_TYPE_CAA);

    assert_int_equal(a.rcode, SIM_NOERROR);
    assert_true(a.authoritative);
    assert_int_equal(test_count(&a.answer, "t.", SIM_TYPE_CAA), 1);
    assert_int_equal(test_count(&a.answer, "t.", SIM_TYPE_RRSIG), 1);
    assert_int_equal(a.authority.count, 0);
}

static void echoes_the_case_of_the_question(void **state)
{
    struct sim_answer a = ask(state, "top", "A.b.T.", SIM_TYPE_A);

    assert_int_equal(a.answer.count, 2);
    assert_memory_equal(a.answer.rrs[0].owner, "\1A\1b\1T", 7);
}

static void root_refers_with_ds_and_glue(void **state)
{
    struct sim_answer a = ask(state, "root", "www.t.", SIM_TYPE_CAA);

    assert_false(a.authoritative);
    assert_int_equal(test_count(&a.authority, "t.", SIM_TYPE_NS), 1);
    assert_int_equal(test_count(&a.authority, "t.", SIM_TYPE_DS), 1);
    assert_int_equal(test_count(&a.authority, "t.", SIM_TYPE_RRSIG), 1);
    assert_int_equal(test_count(&a.additional, "ns-top.t.", SIM_TYPE_A), 1);
    assert_int_equal(test_count(&a.additional, "ns-top.t.", SIM_TYPE_AAAA), 1);
    assert_int_equal(a.no_ds_count, 0);
}

static void root_gives_its_own_servers_with_addresses(void **state)
{
    struct sim_answer a = ask(state, "root", ".", SIM_TYPE_NS);

    assert_true(a.authoritative);
    assert_int_equal(test_count(&a.answer, ".", SIM_TYPE_NS), 1);
    assert_int_equal(test_count(&a.additional, "ns-root.", SIM_TYPE_A), 1);
}

static void root_denies_a_name_nobody_owns(void **state)
{
    struct sim_answer a = ask(state, "root", "nobody.", SIM_TYPE_CAA);

    assert_int_equal(a.rcode, SIM_NXDOMAIN);
    assert_int_equal(test_count(&a.authority, ".", SIM_TYPE_SOA), 1);
    assert_true(test_count(&a.authority, NULL, SIM_TYPE_NSEC) >= 1);
}

static void refers_to_an_unsigned_zone_with_proof(void **state)
{
    struct sim_answer a = ask(state, "top", "www.plain.t.", SIM_TYPE_CAA);

    assert_int_equal(test_count(&a.authority, "plain.t.", SIM_TYPE_NS), 1);
    assert_int_equal(test_count(&a.authority, "plain.t.", SIM_TYPE_NSEC), 1);
    assert_int_equal(test_count(&a.authority, "plain.t.", SIM_TYPE_RRSIG), 1);
    assert_int_equal(a.no_ds_count, 1);
    assert_memory_equal(a.no_ds[0], "\5plain\1t", 9);
}

static void parent_answers_for_ds(void **state)
{
    struct sim_answer signed_one = ask(state, "top", "safe.t.", SIM_TYPE_DS);
    struct sim_answer unsigned_one = ask(state, "top", "plain.t.", SIM_TYPE_DS);
    struct sim_answer both = ask(state, "top", "same.t.", SIM_TYPE_DS);

    assert_true(signed_one.authoritative);
    assert_int_equal(test_count(&signed_one.answer, NULL, SIM_TYPE_DS), 1);
    assert_int_equal(signed_one.no_ds_count, 0);
    assert_int_equal(unsigned_one.answer.count, 0);
    assert_int_equal(test_count(&unsigned_one.authority, "t.", SIM_TYPE_SOA),
                     1);
    assert_int_equal(unsigned_one.no_ds_count, 1);
    assert_int_equal(test_count(&both.answer, "same.t.", SIM_TYPE_DS), 1);
}

static void child_denies_ds_when_it_is_asked(void **state)
{
    struct sim_answer a = ask(state, "safe", "safe.t.", SIM_TYPE_DS);

    assert_int_equal(test_count(&a.authority, "safe.t.", SIM_TYPE_SOA), 1);
    assert_int_equal(a.no_ds_count, 0);
}

static void unsigned_zone_adds_no_dnssec(void **state)
{
    struct sim_answer a = ask(state, "plain", "plain.t.", SIM_TYPE_CAA);
    struct sim_answer none = ask(state, "plain", "x.plain.t.", SIM_TYPE_CAA);

    assert_int_equal(a.answer.count, 1);
    assert_int_equal(none.rcode, SIM_NXDOMAIN);
    assert_int_equal(none.authority.count, 1);
}

static void follows_an_alias_within_its_zones(void **state)
{
    struct sim_answer a = ask(state, "top", "alias.t.", SIM_TYPE_A);

    assert_int_equal(test_count(&a.answer, "alias.t.", SIM_TYPE_CNAME), 1);
    assert_int_equal(test_count(&a.answer, "a.b.t.", SIM_TYPE_A), 1);
    assert_int_equal(a.alias_count, 1);
    assert_memory_equal(a.aliases[0], "\1a\1b\1t", 7);
}

static void refers_when_the_target_is_delegated(void **state)
{
    struct sim_answer a = ask(state, "top", "away.t.", SIM_TYPE_CAA);

    assert_true(a.authoritative);
    assert_int_equal(test_count(&a.answer, "away.t.", SIM_TYPE_CNAME), 1);
    assert_int_equal(test_count(&a.authority, "safe.t.", SIM_TYPE_NS), 1);
    assert_int_equal(a.alias_count, 0);
}

static void leaves_a_foreign_target_alone(void **state)
{
    struct sim_answer a = ask(state, "top", "out.t.", SIM_TYPE_CAA);

    assert_int_equal(a.rcode, SIM_NOERROR);
    assert_int_equal(a.answer.count, 2);
    assert_int_equal(a.alias_count, 0);
}

static void answers_for_the_alias_itself(void **state)
{
    struct sim_answer a = ask(state, "top", "alias.t.", SIM_TYPE_CNAME);

    assert_int_equal(test_count(&a.answer, NULL, SIM_TYPE_CNAME), 1);
    assert_int_equal(test_count(&a.answer, NULL, SIM_TYPE_A), 0);
}

static void stops_in_a_loop(void **state)
{
    struct sim_answer a = ask(state, "top", "one.t.", SIM_TYPE_CAA);

    assert_int_equal(test_count(&a.answer, NULL, SIM_TYPE_CNAME), 2);
    assert_int_equal(a.rcode, SIM_NOERROR);
}

static void redirects_below_a_dname(void **state)
{
    struct sim_answer a = ask(state, "top", "A.d.t.", SIM_TYPE_A);
    struct sim_answer none = ask(state, "top", "x.d.t.", SIM_TYPE_A);
    struct sim_answer owner = ask(state, "top", "d.t.", SIM_TYPE_A);

    assert_int_equal(test_count(&a.answer, "d.t.", SIM_TYPE_DNAME), 1);
    assert_int_equal(test_count(&a.answer, "a.d.t.", SIM_TYPE_CNAME), 1);
    assert_int_equal(test_count(&a.answer, "a.d.t.", SIM_TYPE_RRSIG), 0);
    assert_int_equal(test_count(&a.answer, "a.b.t.", SIM_TYPE_A), 1);
    assert_int_equal(none.rcode, SIM_NXDOMAIN);
    assert_int_equal(owner.answer.count, 0);
    assert_int_equal(owner.rcode, SIM_NOERROR);
}

static void refuses_a_redirection_that_grows_too_long(void **state)
{
    struct fixture *fixture = *state;
    struct test_model *model = test_model_new("long", "l.");
    const struct sim_options options = test_options();
    struct sim_world *world;
    struct sim_instance *instance = NULL;
    struct sim_answer a;
    char target[192] = "";
    char name[256] = "";

    for (int i = 0; i < 3; i++) {
        memset(target + strlen(target), 'x', 60);
        target[strlen(target)] = '.';
    }
    memset(name, 'y', 60);
    name[60] = '.';
    memset(name + 61, 'y', 60);
    memcpy(name + 121, ".d.l.", 6);
    test_zone(model, "l.", "l");
    test_alias(model, "d.l.", SIM_TYPE_DNAME, target);
    world = test_world(model, &options, &instance);
    a = test_ask(instance, "l", name, SIM_TYPE_A, fixture->arena);
    assert_int_equal(a.rcode, SIM_YXDOMAIN);
    assert_int_equal(test_count(&a.answer, "d.l.", SIM_TYPE_DNAME), 1);
    assert_int_equal(test_count(&a.answer, NULL, SIM_TYPE_CNAME), 0);
    sim_world_free(world);
    test_model_free(model);
}

static void expands_a_wildcard_and_proves_there_is_no_closer_name(void **state)
{
    struct sim_answer a = ask(state, "top", "x.y.w.t.", SIM_TYPE_A);

    assert_int_equal(test_count(&a.answer, "x.y.w.t.", SIM_TYPE_A), 1);
    assert_int_equal(a.answer.rrs[1].rdata[3], 2); /* labels of *.w.t. */
    assert_int_equal(test_count(&a.authority, "*.w.t.", SIM_TYPE_NSEC), 1);
    assert_int_equal(test_count(&a.authority, NULL, SIM_TYPE_SOA), 0);
}

static void denies_a_type_at_a_wildcard(void **state)
{
    struct sim_answer a = ask(state, "top", "x.w.t.", SIM_TYPE_CAA);

    assert_int_equal(a.rcode, SIM_NOERROR);
    assert_int_equal(a.answer.count, 0);
    assert_int_equal(test_count(&a.authority, "*.w.t.", SIM_TYPE_NSEC), 1);
}

static void follows_an_alias_of_a_wildcard(void **state)
{
    struct sim_answer a = ask(state, "top", "x.c.t.", SIM_TYPE_A);

    assert_int_equal(test_count(&a.answer, "x.c.t.", SIM_TYPE_CNAME), 1);
    assert_int_equal(test_count(&a.answer, "a.b.t.", SIM_TYPE_A), 1);
    assert_true(test_count(&a.authority, NULL, SIM_TYPE_NSEC) >= 1);
}

static void empty_non_terminal_exists(void **state)
{
    struct sim_answer a = ask(state, "top", "b.t.", SIM_TYPE_A);

    assert_int_equal(a.rcode, SIM_NOERROR);
    assert_int_equal(a.answer.count, 0);
    assert_int_equal(test_count(&a.authority, NULL, SIM_TYPE_NSEC), 1);
}

static void parent_denies_what_it_does_not_delegate(void **state)
{
    struct sim_answer a = ask(state, "top", "www.gone.t.", SIM_TYPE_A);

    assert_int_equal(a.rcode, SIM_NXDOMAIN);
}

static void any_gets_one_rrset(void **state)
{
    struct sim_answer a = ask(state, "top", "t.", SIM_TYPE_ANY);
    struct sim_answer none = ask(state, "top", "b.t.", SIM_TYPE_ANY);

    assert_int_equal(a.answer.count, 2);
    assert_int_equal(none.answer.count, 0);
    assert_int_equal(test_count(&none.authority, NULL, SIM_TYPE_SOA), 1);
}

static void gives_nsec_and_rrsig_when_asked(void **state)
{
    struct sim_answer nsec = ask(state, "top", "t.", SIM_TYPE_NSEC);
    struct sim_answer rrsig = ask(state, "top", "t.", SIM_TYPE_RRSIG);
    struct sim_answer plain = ask(state, "plain", "plain.t.", SIM_TYPE_RRSIG);

    assert_int_equal(test_count(&nsec.answer, "t.", SIM_TYPE_NSEC), 1);
    assert_int_equal(test_count(&rrsig.answer, "t.", SIM_TYPE_RRSIG), 1);
    assert_int_equal(plain.answer.count, 0);
}

static void refuses_names_it_does_not_serve(void **state)
{
    struct sim_answer a = ask(state, "safe", "x.plain.t.", SIM_TYPE_A);

    assert_int_equal(a.rcode, SIM_REFUSED);
    assert_null(a.zone);
}

static void refuses_other_classes(void **state)
{
    struct fixture *fixture = *state;
    const struct sim_site site = {
        .zones = fixture->instance->zones,
        .zone_count = 1,
    };
    const struct sim_question q = { .name = (const uint8_t *)"\1t",
                                    .type = SIM_TYPE_CAA,
                                    .class = 3 };
    struct sim_answer a;

    assert_int_equal(sim_answer_question(&site, &q, fixture->arena, &a),
                     SIM_OK);
    assert_int_equal(a.rcode, SIM_REFUSED);
}

static void says_nothing_of_dnssec_to_those_who_do_not_ask(void **state)
{
    struct fixture *fixture = *state;
    const struct sim_site site = {
        .zones = fixture->instance->zones,
        .zone_count = 1,
    };
    const struct sim_question q = { .name = (const uint8_t *)"\1x\5plain\1t",
                                    .type = SIM_TYPE_CAA,
                                    .class = SIM_CLASS_IN };
    struct sim_answer a;

    assert_int_equal(sim_answer_question(&site, &q, fixture->arena, &a),
                     SIM_OK);
    assert_int_equal(a.authority.count, 1);
    assert_int_equal(a.no_ds_count, 0);
}

static void signs_the_records_of_a_fault(void **state)
{
    struct fixture *fixture = *state;
    struct sim_zone *zone = fixture->instance->zones[0];
    struct sim_zone *plain = fixture->instance->zones[1];
    const struct scn_record records[] = {
        { .owner = (const uint8_t *)"\1q\1t",
          .rdata = (const uint8_t *)"\1\2\3\4",
          .ttl = 60,
          .type = SIM_TYPE_A,
          .rdata_len = 4 },
        { .owner = (const uint8_t *)"\1q\1t",
          .rdata = (const uint8_t *)"\1\2\3\5",
          .ttl = 60,
          .type = SIM_TYPE_A,
          .rdata_len = 4 },
    };
    struct sim_rr_list list = { 0 };
    struct sim_rr_list bare = { 0 };

    assert_int_equal(
        sim_zone_sign_records(zone, records, 2, true, fixture->arena, &list),
        SIM_OK);
    assert_int_equal(test_count(&list, "q.t.", SIM_TYPE_A), 2);
    assert_int_equal(test_count(&list, "q.t.", SIM_TYPE_RRSIG), 1);
    assert_int_equal(
        sim_zone_sign_records(plain, records, 1, true, fixture->arena, &bare),
        SIM_OK);
    assert_int_equal(bare.count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_with_a_signature),
        cmocka_unit_test(echoes_the_case_of_the_question),
        cmocka_unit_test(root_refers_with_ds_and_glue),
        cmocka_unit_test(root_gives_its_own_servers_with_addresses),
        cmocka_unit_test(root_denies_a_name_nobody_owns),
        cmocka_unit_test(refers_to_an_unsigned_zone_with_proof),
        cmocka_unit_test(parent_answers_for_ds),
        cmocka_unit_test(child_denies_ds_when_it_is_asked),
        cmocka_unit_test(unsigned_zone_adds_no_dnssec),
        cmocka_unit_test(follows_an_alias_within_its_zones),
        cmocka_unit_test(refers_when_the_target_is_delegated),
        cmocka_unit_test(leaves_a_foreign_target_alone),
        cmocka_unit_test(answers_for_the_alias_itself),
        cmocka_unit_test(stops_in_a_loop),
        cmocka_unit_test(redirects_below_a_dname),
        cmocka_unit_test(refuses_a_redirection_that_grows_too_long),
        cmocka_unit_test(expands_a_wildcard_and_proves_there_is_no_closer_name),
        cmocka_unit_test(denies_a_type_at_a_wildcard),
        cmocka_unit_test(follows_an_alias_of_a_wildcard),
        cmocka_unit_test(empty_non_terminal_exists),
        cmocka_unit_test(parent_denies_what_it_does_not_delegate),
        cmocka_unit_test(any_gets_one_rrset),
        cmocka_unit_test(gives_nsec_and_rrsig_when_asked),
        cmocka_unit_test(refuses_names_it_does_not_serve),
        cmocka_unit_test(refuses_other_classes),
        cmocka_unit_test(says_nothing_of_dnssec_to_those_who_do_not_ask),
        cmocka_unit_test(signs_the_records_of_a_fault),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
