/* SPDX-License-Identifier: BSD-2-Clause */
/* White lies: records that deny the name that is asked for, and no other. */
#include "denial.h"
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

#define LABEL_62 \
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"

static void start(struct fixture *fixture, enum scn_denial denial)
{
    const struct sim_options options = test_options();
    struct scn_zone *zone;

    fixture->model = test_model_new("t", "t.");
    zone = test_zone(fixture->model, "t.", "top");
    zone->denial = denial;
    test_address(fixture->model, "a.t.");
    test_address(fixture->model, "b.ent.t.");
    test_address(fixture->model, "*.w.t.");
    test_address(fixture->model, "y\\255\\001.t.");
    zone = test_zone(fixture->model, "cut.t.", "cut");
    zone->dnssec = SCN_UNSIGNED;
    fixture->world = test_world(fixture->model, &options, &fixture->instance);
    fixture->arena = sim_arena_new();
}

static void stop(struct fixture *fixture)
{
    sim_arena_free(fixture->arena);
    sim_world_free(fixture->world);
    test_model_free(fixture->model);
}

static struct sim_answer ask(struct fixture *fixture, const char *name,
                             uint16_t type)
{
    return test_ask(fixture->instance, "top", name, type, fixture->arena);
}

/* The NSEC at that owner ends there; how many types it has. */
static size_t types_of(const struct sim_answer *answer, const char *owner,
                       const char *next)
{
    uint8_t wire[SCN_NAME_MAX];
    uint8_t end[SCN_NAME_MAX];
    struct sim_type_set set = { .count = 0 };

    assert_int_equal(test_count(&answer->authority, owner, SIM_TYPE_NSEC), 1);
    assert_true(scn_name_from_text(owner, strlen(owner), NULL, wire));
    assert_true(scn_name_from_text(next, strlen(next), NULL, end));
    for (size_t i = 0; i < answer->authority.count; i++) {
        const struct sim_rr *rr = &answer->authority.rrs[i];

        if (rr->type == SIM_TYPE_NSEC && scn_name_equal(rr->owner, wire)) {
            size_t at = scn_name_length(rr->rdata);
            assert_true(scn_name_equal(rr->rdata, end));
            sim_bitmap_read(rr->rdata + at, rr->rdata_len - at, &set);
        }
    }
    return set.count;
}

/* RFC 4470 section 3: the name next to what is there, and the wildcard. */
static void denies_the_name_and_the_wildcard(void **state)
{
    struct fixture fixture;
    struct sim_answer a;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC_WHITE_LIES);
    a = ask(&fixture, "p.q.NoNe.t.", SIM_TYPE_A);
    assert_int_equal(a.rcode, SIM_NXDOMAIN);
    assert_int_equal(types_of(&a, "nond\\255.t.", "none\\000.t."), 2);
    assert_int_equal(types_of(&a, "\\041\\255.t.", "\\042\\000.t."), 2);
    stop(&fixture);
}

static void denies_a_type_at_the_name_alone(void **state)
{
    struct fixture fixture;
    struct sim_answer a;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC_WHITE_LIES);
    a = ask(&fixture, "a.t.", SIM_TYPE_CAA);
    assert_int_equal(types_of(&a, "a.t.", "\\000.a.t."), 3);
    /* An empty non-terminal has something below it, and no record. */
    a = ask(&fixture, "ent.t.", SIM_TYPE_CAA);
    assert_int_equal(a.rcode, SIM_NOERROR);
    assert_int_equal(types_of(&a, "ens\\255.t.", "\\000.ent.t."), 2);
    a = ask(&fixture, "cut.t.", SIM_TYPE_DS);
    assert_int_equal(types_of(&a, "cut.t.", "\\000.cut.t."), 3);
    a = ask(&fixture, "x.w.t.", SIM_TYPE_A);
    assert_int_equal(types_of(&a, "w\\255.w.t.", "x\\000.w.t."), 2);
    stop(&fixture);
}

static void shows_its_nsec_to_who_asks_for_it(void **state)
{
    static const enum scn_denial kinds[] = { SCN_DENIAL_NSEC_WHITE_LIES,
                                             SCN_DENIAL_COMPACT };
    struct fixture fixture;

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        start(&fixture, kinds[i]);
        struct sim_answer a = ask(&fixture, "a.t.", SIM_TYPE_NSEC);
        assert_int_equal(test_count(&a.answer, "a.t.", SIM_TYPE_NSEC), 1);
        assert_int_equal(test_count(&a.answer, "a.t.", SIM_TYPE_RRSIG), 1);
        stop(&fixture);
    }
}

/* What is there lies between: its own record is used, types and all. */
static void begins_at_what_is_there(void **state)
{
    struct fixture fixture;
    struct sim_answer a;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC_WHITE_LIES);
    a = ask(&fixture, "z.t.", SIM_TYPE_A);
    assert_int_equal(types_of(&a, "y\\255\\001.t.", "z\\000.t."), 3);
    a = ask(&fixture, "a\\000.t.", SIM_TYPE_A);
    assert_int_equal(types_of(&a, "a.t.", "a\\000\\000.t."), 3);
    a = ask(&fixture, "\\000.t.", SIM_TYPE_A);
    assert_int_equal(types_of(&a, "t.", "\\000\\000.t."), 5);
    stop(&fixture);
}

/* RFC 4034 section 6.1 compares small letters: Z comes after the bracket. */
static void leaves_capitals_out(void **state)
{
    struct fixture fixture;
    struct sim_answer a;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC_WHITE_LIES);
    a = ask(&fixture, "[.t.", SIM_TYPE_A);
    assert_int_equal(types_of(&a, "@\\255.t.", "[\\000.t."), 2);
    stop(&fixture);
}

static void a_full_label_ends_where_the_chain_does(void **state)
{
    struct fixture fixture;
    struct sim_answer a;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC_WHITE_LIES);
    a = ask(&fixture, LABEL_62 "x.t.", SIM_TYPE_A);
    assert_int_equal(types_of(&a, LABEL_62 "w.t.", "y\\255\\001.t."), 2);
    stop(&fixture);
}

/* RFC 7129 appendix B: one hash before and one after. */
static void hashes_deny_one_hash(void **state)
{
    struct fixture fixture;
    struct sim_answer a;
    uint8_t hash[SIM_HASH_LEN];
    uint8_t name[SCN_NAME_MAX];
    size_t seen = 0;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC3_WHITE_LIES);
    a = ask(&fixture, "none.t.", SIM_TYPE_A);
    assert_int_equal(a.rcode, SIM_NXDOMAIN);
    assert_int_equal(test_count(&a.authority, NULL, SIM_TYPE_NSEC3), 3);
    assert_true(scn_name_from_text("none.t.", 7, NULL, name));
    assert_int_equal(
        sim_nsec3_hash(fixture.instance->zones[0]->model, name, hash), SIM_OK);
    for (size_t i = 0; i < a.authority.count; i++) {
        const struct sim_rr *rr = &a.authority.rrs[i];

        if (rr->type == SIM_TYPE_NSEC3 && rr->rdata_len == 6 + SIM_HASH_LEN) {
            /* Octet 24 is the last of the next hash. */
            seen += rr->rdata[25] == (uint8_t)(hash[19] + 1);
        }
    }
    assert_int_equal(seen, 1);
    a = ask(&fixture, "a.t.", SIM_TYPE_CAA);
    assert_int_equal(test_count(&a.authority, NULL, SIM_TYPE_NSEC3), 1);
    stop(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(denies_the_name_and_the_wildcard),
        cmocka_unit_test(denies_a_type_at_the_name_alone),
        cmocka_unit_test(shows_its_nsec_to_who_asks_for_it),
        cmocka_unit_test(begins_at_what_is_there),
        cmocka_unit_test(leaves_capitals_out),
        cmocka_unit_test(a_full_label_ends_where_the_chain_does),
        cmocka_unit_test(hashes_deny_one_hash),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
