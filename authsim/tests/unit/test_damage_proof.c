/* SPDX-License-Identifier: BSD-2-Clause */
/* Damage of proofs: records that are left out, replayed or not the right ones.
 * FORMAT section 6, in answers. */
#include "damage_zone.h"
#include "denial.h"

#include <scenario/name.h>

#include <string.h>

static void no_cover_denies_a_name_that_is_there(void **state)
{
    struct fixture fixture;
    struct sim_answer a;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC, SCN_NO_COVER, "host.z.t.", SIM_TYPE_CAA);
    a = ask(&fixture, "host.z.t.", SIM_TYPE_CAA);
    assert_int_equal(a.rcode, SIM_NXDOMAIN);
    assert_int_equal(test_count(&a.authority, NULL, SIM_TYPE_NSEC), 1);
    assert_int_equal(test_count(&a.authority, "z.t.", SIM_TYPE_NSEC), 1);
    a = ask(&fixture, "host.z.t.", SIM_TYPE_A);
    assert_int_equal(a.rcode, SIM_NOERROR);
    stop(&fixture);
    start(&fixture, SCN_DENIAL_NSEC3, SCN_NO_COVER, "z.t.", SIM_TYPE_CAA);
    a = ask(&fixture, "z.t.", SIM_TYPE_CAA);
    assert_int_equal(a.answer.count, 2); /* the apex cannot be hidden */
    stop(&fixture);
}

static void no_cover_replays_a_wildcard(void **state)
{
    struct fixture fixture;
    struct sim_answer a;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC3, SCN_NO_COVER, "q.w.z.t.", SIM_TYPE_A);
    a = ask(&fixture, "q.w.z.t.", SIM_TYPE_A);
    assert_int_equal(test_count(&a.answer, "q.w.z.t.", SIM_TYPE_A), 1);
    assert_int_equal(find_sig(&a.answer, SIM_TYPE_A, 0)[3], 3);
    assert_int_equal(a.authority.count, 0);
    stop(&fixture);
    start(&fixture, SCN_DENIAL_NSEC3, SCN_NO_COVER, "q.w.z.t.", SIM_TYPE_CAA);
    a = ask(&fixture, "q.w.z.t.", SIM_TYPE_CAA);
    assert_int_equal(a.rcode, SIM_NOERROR);
    assert_int_equal(test_count(&a.authority, NULL, SIM_TYPE_NSEC3), 2);
    stop(&fixture);
}

static void no_wildcard_denies_what_the_wildcard_gives(void **state)
{
    struct fixture fixture;
    struct sim_answer a;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC, SCN_NO_WILDCARD, "q.w.z.t.", SCN_TYPE_ANY);
    a = ask(&fixture, "q.w.z.t.", SIM_TYPE_A);
    assert_int_equal(a.rcode, SIM_NXDOMAIN);
    assert_int_equal(test_count(&a.authority, NULL, SIM_TYPE_NSEC), 1);
    stop(&fixture);
    start(&fixture, SCN_DENIAL_NSEC3, SCN_NO_WILDCARD, "q.w.z.t.",
          SCN_TYPE_DENIAL);
    a = ask(&fixture, "q.w.z.t.", SIM_TYPE_A);
    assert_int_equal(a.rcode, SIM_NXDOMAIN);
    assert_int_equal(a.answer.count, 0);
    stop(&fixture);
}

/* How many NSEC3 of the answer match that name. */
static size_t matches(struct sim_zone *zone, const struct sim_answer *answer,
                      const uint8_t *name)
{
    uint8_t hash[SIM_HASH_LEN];
    size_t count = 0;

    assert_int_equal(sim_nsec3_hash(zone->model, name, hash), SIM_OK);
    for (size_t i = 0; i < zone->chain.count; i++) {
        struct sim_rrset *rrset = NULL;

        assert_int_equal(sim_nsec3_rrset(zone, i, &rrset), SIM_OK);
        for (size_t j = 0; j < answer->authority.count; j++) {
            const struct sim_rr *rr = &answer->authority.rrs[j];

            count +=
                rr->type == SIM_TYPE_NSEC3 &&
                memcmp(zone->chain.hashes[i].hash, hash, sizeof(hash)) == 0 &&
                scn_name_equal(rr->owner, rrset->owner);
        }
    }
    return count;
}

static void no_encloser_covers_and_does_not_match(void **state)
{
    static const uint8_t encloser[] = "\1w\1z\1t";
    struct fixture fixture;
    struct sim_answer a;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC3, SCN_NO_ENCLOSER, "a.k.w.z.t.",
          SIM_TYPE_A);
    a = ask(&fixture, "a.c.host.z.t.", SIM_TYPE_A);
    assert_int_equal(matches(fixture.instance->zones[1], &a,
                             (const uint8_t *)"\4host\1z\1t"),
                     1);
    a = ask(&fixture, "a.k.w.z.t.", SIM_TYPE_A);
    assert_int_equal(a.rcode, SIM_NXDOMAIN);
    assert_in_range(test_count(&a.authority, NULL, SIM_TYPE_NSEC3), 1, 2);
    assert_int_equal(matches(fixture.instance->zones[1], &a, encloser), 0);
    stop(&fixture);
    start(&fixture, SCN_DENIAL_NSEC3, SCN_NO_ENCLOSER, "a.b.w.z.t.",
          SIM_TYPE_A); /* which the encloser's record would cover */
    a = ask(&fixture, "a.b.w.z.t.", SIM_TYPE_A);
    assert_int_equal(a.rcode, SIM_NXDOMAIN);
    assert_int_equal(matches(fixture.instance->zones[1], &a, encloser), 0);
    stop(&fixture);
}

static void wrong_match_is_the_parents_record(void **state)
{
    struct fixture fixture;
    struct sim_answer a;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC, SCN_WRONG_MATCH, "host.z.t.",
          SCN_TYPE_DENIAL);
    a = ask(&fixture, "host.z.t.", SIM_TYPE_CAA);
    assert_int_equal(a.rcode, SIM_NOERROR);
    assert_int_equal(test_count(&a.authority, NULL, SIM_TYPE_NSEC), 1);
    assert_int_equal(test_count(&a.authority, "z.t.", SIM_TYPE_NSEC), 1);
    stop(&fixture);
    start(&fixture, SCN_DENIAL_NSEC, SCN_WRONG_MATCH, "plain.z.t.",
          SCN_TYPE_DENIAL);
    a = ask(&fixture, "plain.z.t.", SIM_TYPE_DS);
    assert_int_equal(test_count(&a.authority, "z.t.", SIM_TYPE_NSEC), 1);
    assert_int_equal(a.no_ds_count, 0);
    stop(&fixture);
}

static void dname_denial_denies_what_should_be_redirected(void **state)
{
    struct fixture fixture;
    struct sim_answer a;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC, SCN_DNAME_DENIAL, "x.d.z.t.",
          SIM_TYPE_CAA);
    a = ask(&fixture, "x.d.z.t.", SIM_TYPE_CAA);
    assert_int_equal(a.rcode, SIM_NXDOMAIN);
    assert_int_equal(a.answer.count, 0);
    assert_int_equal(test_count(&a.authority, "d.z.t.", SIM_TYPE_NSEC), 1);
    a = ask(&fixture, "x.d.z.t.", SIM_TYPE_A);
    assert_int_equal(test_count(&a.answer, "d.z.t.", SIM_TYPE_DNAME), 1);
    stop(&fixture);
}

static void missing_rrset_is_not_served_and_still_listed(void **state)
{
    struct fixture fixture;
    struct sim_answer a;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC, SCN_MISSING, NULL, SIM_TYPE_CAA);
    a = ask(&fixture, "z.t.", SIM_TYPE_CAA);
    assert_int_equal(a.rcode, SIM_NOERROR);
    assert_int_equal(a.answer.count, 0);
    assert_int_equal(test_count(&a.authority, "z.t.", SIM_TYPE_NSEC), 1);
    stop(&fixture);
}

static void missing_denial_leaves_the_soa(void **state)
{
    struct fixture fixture;
    struct sim_answer a;
    struct sim_answer other;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC, SCN_MISSING, "x.z.t.", SCN_TYPE_DENIAL);
    a = ask(&fixture, "x.z.t.", SIM_TYPE_CAA);
    other = ask(&fixture, "y.z.t.", SIM_TYPE_CAA);
    assert_int_equal(a.rcode, SIM_NXDOMAIN);
    assert_int_equal(a.authority.count, 2);
    assert_true(test_count(&other.authority, NULL, SIM_TYPE_NSEC) >= 1);
    stop(&fixture);
}

static void damaged_denial_shows_nothing_to_be_insecure(void **state)
{
    struct fixture fixture;
    struct sim_answer a;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC, SCN_BAD_SIGNATURE, NULL, SCN_TYPE_DENIAL);
    a = ask(&fixture, "www.plain.z.t.", SIM_TYPE_CAA);
    assert_int_equal(test_count(&a.authority, NULL, SIM_TYPE_NSEC), 1);
    assert_int_equal(a.no_ds_count, 0);
    stop(&fixture);
}

static void ancestor_denial_replays_the_parents_nsec(void **state)
{
    struct fixture fixture;
    struct sim_answer a;
    struct sim_answer other;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC, SCN_ANCESTOR_DENIAL, "host.z.t.",
          SCN_TYPE_ANY);
    a = ask(&fixture, "host.z.t.", SIM_TYPE_CAA);
    other = ask(&fixture, "z.t.", SIM_TYPE_CAA);
    assert_int_equal(a.rcode, SIM_NXDOMAIN);
    assert_int_equal(test_count(&a.authority, "t.", SIM_TYPE_SOA), 1);
    assert_int_equal(test_count(&a.authority, "z.t.", SIM_TYPE_NSEC), 1);
    assert_memory_equal(find_sig(&a.authority, SIM_TYPE_NSEC, 0) + 18, "\1t",
                        3);
    assert_int_equal(other.answer.count, 2);
    stop(&fixture);
}

static void ancestor_denial_at_the_cut_itself_denies_the_type(void **state)
{
    struct fixture fixture;
    struct sim_answer a;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC3, SCN_ANCESTOR_DENIAL, "z.t.",
          SIM_TYPE_CAA);
    a = ask(&fixture, "z.t.", SIM_TYPE_CAA);
    assert_int_equal(a.rcode, SIM_NOERROR);
    assert_int_equal(a.answer.count, 0);
    assert_int_equal(test_count(&a.authority, "t.", SIM_TYPE_SOA), 1);
    assert_int_equal(test_count(&a.authority, NULL, SIM_TYPE_NSEC3), 1);
    stop(&fixture);
}

static void no_ent_is_not_in_the_chain(void **state)
{
    struct fixture fixture;
    struct sim_answer a;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC3, SCN_EXPIRED, "nowhere.", SCN_TYPE_ANY);
    a = ask(&fixture, "w.z.t.", SIM_TYPE_CAA);
    assert_int_equal(test_count(&a.authority, NULL, SIM_TYPE_NSEC3), 1);
    const size_t whole = fixture.instance->zones[1]->chain.count;
    stop(&fixture);
    start(&fixture, SCN_DENIAL_NSEC3, SCN_NO_ENT, "w.z.t.", SCN_TYPE_ANY);
    a = ask(&fixture, "w.z.t.", SIM_TYPE_CAA);
    assert_int_equal(a.rcode, SIM_NOERROR);
    assert_int_equal(test_count(&a.authority, NULL, SIM_TYPE_NSEC3), 2);
    assert_int_equal(fixture.instance->zones[1]->chain.count, whole - 1);
    stop(&fixture);
}

static void opted_out_denies_a_ds_that_is_there(void **state)
{
    struct fixture fixture;
    const struct sim_options options = test_options();
    struct sim_answer a;

    (void)state;
    fixture.model = test_model_new("t", "t.");
    test_zone(fixture.model, "t.", "t")->denial = SCN_DENIAL_NSEC3_OPT_OUT;
    test_damage(fixture.model, SCN_OPTED_OUT, "z.t.", SCN_TYPE_ANY);
    (void)test_zone(fixture.model, "z.t.", "z");
    fixture.world = test_world(fixture.model, &options, &fixture.instance);
    fixture.arena = sim_arena_new();
    a = test_ask(fixture.instance, "t", "www.z.t.", SIM_TYPE_CAA,
                 fixture.arena);
    assert_int_equal(test_count(&a.authority, NULL, SIM_TYPE_DS), 0);
    assert_true(test_count(&a.authority, NULL, SIM_TYPE_NSEC3) >= 1);
    assert_int_equal(a.no_ds_count, 0);
    a = test_ask(fixture.instance, "t", "z.t.", SIM_TYPE_DS, fixture.arena);
    assert_int_equal(test_count(&a.answer, "z.t.", SIM_TYPE_DS), 1);
    stop(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_cover_denies_a_name_that_is_there),
        cmocka_unit_test(no_cover_replays_a_wildcard),
        cmocka_unit_test(no_wildcard_denies_what_the_wildcard_gives),
        cmocka_unit_test(no_encloser_covers_and_does_not_match),
        cmocka_unit_test(wrong_match_is_the_parents_record),
        cmocka_unit_test(dname_denial_denies_what_should_be_redirected),
        cmocka_unit_test(missing_rrset_is_not_served_and_still_listed),
        cmocka_unit_test(missing_denial_leaves_the_soa),
        cmocka_unit_test(damaged_denial_shows_nothing_to_be_insecure),
        cmocka_unit_test(ancestor_denial_replays_the_parents_nsec),
        cmocka_unit_test(ancestor_denial_at_the_cut_itself_denies_the_type),
        cmocka_unit_test(no_ent_is_not_in_the_chain),
        cmocka_unit_test(opted_out_denies_a_ds_that_is_there),
    };

    return cmocka_run_group_tests_name("authsim.damage_proof", tests, NULL,
                                       NULL);
}
