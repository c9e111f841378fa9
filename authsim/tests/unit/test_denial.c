/* SPDX-License-Identifier: BSD-2-Clause */
/* NSEC and compact denial, seen in answers; NSEC3 has a file of its own. */
#include "denials.h"
#include "rrtype.h"
#include "testing.h"
#include "universe.h"

#include <scenario/name.h>

#include <string.h>

static void start(struct denials *fixture, enum scn_denial denial)
{
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
    denials_open(fixture);
}

static void nsec_covers_the_name_and_the_wildcard(void **state)
{
    struct denials fixture;
    struct sim_answer a;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC);
    a = denials_ask(&fixture, "q.b.ent.t.", SIM_TYPE_A);
    assert_int_equal(a.rcode, SIM_NXDOMAIN);
    (void)denials_nsec(&a, "b.ent.t.", "deep.hole.t.");
    assert_int_equal(test_count(&a.authority, NULL, SIM_TYPE_NSEC), 1);
    a = denials_ask(&fixture, "y.t.", SIM_TYPE_A);
    (void)denials_nsec(&a, "*.w.t.", "z.t.");
    (void)denials_nsec(&a, "t.", "a.t.");
    denials_close(&fixture);
}

static void last_nsec_points_to_the_apex(void **state)
{
    struct denials fixture;
    struct sim_answer a;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC);
    a = denials_ask(&fixture, "zz.t.", SIM_TYPE_A);
    (void)denials_nsec(&a, "z.t.", "t.");
    denials_close(&fixture);
}

/* RFC 4035 section 2.3: of a cut only NS and DS, and no glue in the chain. */
static void nsec_at_a_cut_lists_ns_alone(void **state)
{
    struct denials fixture;
    struct sim_answer a;
    struct sim_type_set set;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC);
    a = denials_ask(&fixture, "x.cut.t.", SIM_TYPE_A);
    set = denials_nsec(&a, "cut.t.", "b.ent.t.");
    assert_int_equal(set.count, 3);
    assert_true(sim_type_set_has(&set, SIM_TYPE_NS));
    assert_false(sim_type_set_has(&set, SIM_TYPE_SOA));
    denials_close(&fixture);
}

static void long_names_have_no_wildcard_to_deny(void **state)
{
    struct denials fixture;
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
    denials_close(&fixture);
}

static void compact_denial_says_the_name_is_there_with_nothing(void **state)
{
    struct denials fixture;
    struct sim_answer a;
    struct sim_type_set set;

    (void)state;
    start(&fixture, SCN_DENIAL_COMPACT);
    a = denials_ask(&fixture, "Q.t.", SIM_TYPE_CAA);
    assert_int_equal(a.rcode, SIM_NOERROR);
    set = denials_nsec(&a, "q.t.", "\\000.q.t.");
    assert_int_equal(set.count, 3);
    assert_true(sim_type_set_has(&set, SIM_TYPE_NXNAME));
    assert_int_equal(test_count(&a.authority, "q.t.", SIM_TYPE_RRSIG), 1);
    denials_close(&fixture);
}

static void compact_denial_lists_the_types_there_are(void **state)
{
    struct denials fixture;
    struct sim_answer a;
    struct sim_type_set set;

    (void)state;
    start(&fixture, SCN_DENIAL_COMPACT);
    a = denials_ask(&fixture, "a.t.", SIM_TYPE_CAA);
    set = denials_nsec(&a, "a.t.", "\\000.a.t.");
    assert_true(sim_type_set_has(&set, SIM_TYPE_A));
    assert_false(sim_type_set_has(&set, SIM_TYPE_NXNAME));
    a = denials_ask(&fixture, "ent.t.", SIM_TYPE_CAA);
    set = denials_nsec(&a, "ent.t.", "\\000.ent.t.");
    assert_int_equal(set.count, 2);
    a = denials_ask(&fixture, "q.w.t.", SIM_TYPE_CAA);
    set = denials_nsec(&a, "q.w.t.", "\\000.q.w.t.");
    assert_true(sim_type_set_has(&set, SIM_TYPE_A));
    a = denials_ask(&fixture, "x.cut.t.", SIM_TYPE_CAA);
    set = denials_nsec(&a, "cut.t.", "\\000.cut.t.");
    assert_true(sim_type_set_has(&set, SIM_TYPE_NS));
    assert_int_equal(a.no_ds_count, 1);
    denials_close(&fixture);
}

/* RFC 9824: an expansion is signed as if it stood there. */
static void compact_wildcard_needs_no_proof(void **state)
{
    struct denials fixture;
    struct sim_answer a;

    (void)state;
    start(&fixture, SCN_DENIAL_COMPACT);
    a = denials_ask(&fixture, "Q.w.t.", SIM_TYPE_A);
    assert_int_equal(a.answer.count, 2);
    assert_int_equal(a.answer.rrs[1].rdata[3], 3);
    assert_int_equal(a.authority.count, 0);
    denials_close(&fixture);
}

static void compact_denial_is_for_those_who_see_it(void **state)
{
    struct denials fixture;
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
    denials_close(&fixture);
}

/* hole.t. is there only because of an insecure delegation: with opt-out it has
 * no NSEC3, and the proof goes one label up (RFC 5155 section 7.1). */
static void opt_out_proves_around_non_terminals_it_left_out(void **state)
{
    struct denials fixture;
    struct sim_answer a;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC3_OPT_OUT);
    a = denials_ask(&fixture, "q.hole.t.", SIM_TYPE_A);
    assert_int_equal(a.rcode, SIM_NXDOMAIN);
    assert_true(test_count(&a.authority, NULL, SIM_TYPE_NSEC3) >= 2);
    a = denials_ask(&fixture, "hole.t.", SIM_TYPE_A);
    assert_int_equal(a.rcode, SIM_NOERROR);
    assert_true(test_count(&a.authority, NULL, SIM_TYPE_NSEC3) >= 1);
    assert_int_equal(a.no_ds_count, 0);
    denials_close(&fixture);
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
