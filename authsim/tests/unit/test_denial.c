/* SPDX-License-Identifier: BSD-2-Clause */
/* NSEC and compact denial, seen in answers; NSEC3 has a file of its own. */
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
    test_address(fixture->model, "z.t.");
    zone = test_zone(fixture->model, "cut.t.", "cut");
    zone->dnssec = SCN_UNSIGNED;
    zone = test_zone(fixture->model, "deep.hole.t.", "cut");
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

/* The NSEC at that owner: its types, and whether next is as given. */
static struct sim_type_set check_nsec(const struct sim_answer *answer,
                                      const char *owner, const char *next)
{
    uint8_t wire[SCN_NAME_MAX];
    struct sim_type_set set = { .count = 0 };

    assert_int_equal(test_count(&answer->authority, owner, SIM_TYPE_NSEC), 1);
    assert_true(scn_name_from_text(owner, strlen(owner), NULL, wire));
    for (size_t i = 0; i < answer->authority.count; i++) {
        const struct sim_rr *rr = &answer->authority.rrs[i];
        size_t at = scn_name_length(rr->rdata);
        uint8_t expected[SCN_NAME_MAX];

        if (rr->type != SIM_TYPE_NSEC || !scn_name_equal(rr->owner, wire)) {
            continue;
        }
        assert_true(scn_name_from_text(next, strlen(next), NULL, expected));
        assert_true(scn_name_equal(rr->rdata, expected));
        sim_bitmap_read(rr->rdata + at, rr->rdata_len - at, &set);
    }
    return set;
}

static void nsec_covers_the_name_and_the_wildcard(void **state)
{
    struct fixture fixture;
    struct sim_answer a;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC);
    a = ask(&fixture, "q.b.ent.t.", SIM_TYPE_A);
    assert_int_equal(a.rcode, SIM_NXDOMAIN);
    (void)check_nsec(&a, "b.ent.t.", "deep.hole.t.");
    assert_int_equal(test_count(&a.authority, NULL, SIM_TYPE_NSEC), 1);
    a = ask(&fixture, "y.t.", SIM_TYPE_A);
    (void)check_nsec(&a, "*.w.t.", "z.t.");
    (void)check_nsec(&a, "t.", "a.t.");
    stop(&fixture);
}

static void last_nsec_points_to_the_apex(void **state)
{
    struct fixture fixture;
    struct sim_answer a;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC);
    a = ask(&fixture, "zz.t.", SIM_TYPE_A);
    (void)check_nsec(&a, "z.t.", "t.");
    stop(&fixture);
}

/* RFC 4035 section 2.3: of a cut only NS and DS, and no glue in the chain. */
static void nsec_at_a_cut_lists_ns_alone(void **state)
{
    struct fixture fixture;
    struct sim_answer a;
    struct sim_type_set set;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC);
    a = ask(&fixture, "x.cut.t.", SIM_TYPE_A);
    set = check_nsec(&a, "cut.t.", "b.ent.t.");
    assert_int_equal(set.count, 3);
    assert_true(sim_type_set_has(&set, SIM_TYPE_NS));
    assert_false(sim_type_set_has(&set, SIM_TYPE_SOA));
    stop(&fixture);
}

static void long_names_have_no_wildcard_to_deny(void **state)
{
    struct fixture fixture;
    struct sim_zone *zone;
    uint8_t encloser_name[SCN_NAME_MAX];
    const struct sim_node encloser = { .name = encloser_name };
    const struct sim_denial denial = { .what = SIM_DENY_NAME,
                                       .name = encloser_name,
                                       .encloser = &encloser };
    struct sim_proof proof;
    size_t at = 0;

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        encloser_name[at] = i < 3 ? 63 : 59;
        memset(encloser_name + at + 1, 'x', encloser_name[at]);
        at += 1 + (size_t)encloser_name[at];
    }
    memcpy(encloser_name + at, "\1t", 3);
    assert_int_equal(scn_name_length(encloser_name), 255);
    start(&fixture, SCN_DENIAL_NSEC);
    zone = fixture.instance->zones[0];
    assert_int_equal(sim_zone_build(zone), SIM_OK);
    assert_int_equal(sim_denial_prove(zone, &denial, fixture.arena, &proof),
                     SIM_OK);
    assert_int_equal(proof.count, 1);
    stop(&fixture);
}

static void compact_denial_says_the_name_is_there_with_nothing(void **state)
{
    struct fixture fixture;
    struct sim_answer a;
    struct sim_type_set set;

    (void)state;
    start(&fixture, SCN_DENIAL_COMPACT);
    a = ask(&fixture, "Q.t.", SIM_TYPE_CAA);
    assert_int_equal(a.rcode, SIM_NOERROR);
    set = check_nsec(&a, "q.t.", "\\000.q.t.");
    assert_int_equal(set.count, 3);
    assert_true(sim_type_set_has(&set, SIM_TYPE_NXNAME));
    assert_int_equal(test_count(&a.authority, "q.t.", SIM_TYPE_RRSIG), 1);
    stop(&fixture);
}

static void compact_denial_lists_the_types_there_are(void **state)
{
    struct fixture fixture;
    struct sim_answer a;
    struct sim_type_set set;

    (void)state;
    start(&fixture, SCN_DENIAL_COMPACT);
    a = ask(&fixture, "a.t.", SIM_TYPE_CAA);
    set = check_nsec(&a, "a.t.", "\\000.a.t.");
    assert_true(sim_type_set_has(&set, SIM_TYPE_A));
    assert_false(sim_type_set_has(&set, SIM_TYPE_NXNAME));
    a = ask(&fixture, "ent.t.", SIM_TYPE_CAA);
    set = check_nsec(&a, "ent.t.", "\\000.ent.t.");
    assert_int_equal(set.count, 2);
    a = ask(&fixture, "q.w.t.", SIM_TYPE_CAA);
    set = check_nsec(&a, "q.w.t.", "\\000.q.w.t.");
    assert_true(sim_type_set_has(&set, SIM_TYPE_A));
    a = ask(&fixture, "x.cut.t.", SIM_TYPE_CAA);
    set = check_nsec(&a, "cut.t.", "\\000.cut.t.");
    assert_true(sim_type_set_has(&set, SIM_TYPE_NS));
    assert_int_equal(a.no_ds_count, 1);
    stop(&fixture);
}

/* RFC 9824: an expansion is signed as if it stood there. */
static void compact_wildcard_needs_no_proof(void **state)
{
    struct fixture fixture;
    struct sim_answer a;

    (void)state;
    start(&fixture, SCN_DENIAL_COMPACT);
    a = ask(&fixture, "Q.w.t.", SIM_TYPE_A);
    assert_int_equal(a.answer.count, 2);
    assert_int_equal(a.answer.rrs[1].rdata[3], 3);
    assert_int_equal(a.authority.count, 0);
    stop(&fixture);
}

static void compact_denial_is_for_those_who_see_it(void **state)
{
    struct fixture fixture;
    struct sim_site site;
    const struct sim_question q = { .name = (const uint8_t *)"\1q\1t",
                                    .type = SIM_TYPE_CAA,
                                    .class = SIM_CLASS_IN };
    struct sim_answer a;

    (void)state;
    start(&fixture, SCN_DENIAL_COMPACT);
    site =
        (struct sim_site){ .zones = fixture.instance->zones, .zone_count = 1 };
    assert_int_equal(sim_answer_question(&site, &q, fixture.arena, &a), SIM_OK);
    assert_int_equal(a.rcode, SIM_NXDOMAIN);
    stop(&fixture);
}

/* hole.t. is there only because of an insecure delegation: with opt-out it has
 * no NSEC3, and the proof goes one label up (RFC 5155 section 7.1). */
static void opt_out_proves_around_non_terminals_it_left_out(void **state)
{
    struct fixture fixture;
    struct sim_answer a;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC3_OPT_OUT);
    a = ask(&fixture, "q.hole.t.", SIM_TYPE_A);
    assert_int_equal(a.rcode, SIM_NXDOMAIN);
    assert_true(test_count(&a.authority, NULL, SIM_TYPE_NSEC3) >= 2);
    a = ask(&fixture, "hole.t.", SIM_TYPE_A);
    assert_int_equal(a.rcode, SIM_NOERROR);
    assert_true(test_count(&a.authority, NULL, SIM_TYPE_NSEC3) >= 1);
    assert_int_equal(a.no_ds_count, 0);
    stop(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nsec_covers_the_name_and_the_wildcard),
        cmocka_unit_test(last_nsec_points_to_the_apex),
        cmocka_unit_test(nsec_at_a_cut_lists_ns_alone),
        cmocka_unit_test(long_names_have_no_wildcard_to_deny),
        cmocka_unit_test(compact_denial_says_the_name_is_there_with_nothing),
        cmocka_unit_test(compact_denial_lists_the_types_there_are),
        cmocka_unit_test(compact_wildcard_needs_no_proof),
        cmocka_unit_test(compact_denial_is_for_those_who_see_it),
        cmocka_unit_test(opt_out_proves_around_non_terminals_it_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
