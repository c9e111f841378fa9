/* SPDX-License-Identifier: BSD-2-Clause */
/* White lies: records that deny the name that is asked for, and no other. */
#include "denials.h"
#include "rrtype.h"
#include "testing.h"
#include "universe.h"

#include <scenario/name.h>

#include <string.h>

#define LABEL_62 \
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"

static void start(struct denials *fixture, enum scn_denial denial)
{
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
    denials_open(fixture);
}

/* RFC 4470 section 3: the name next to what is there, and the wildcard. */
static void denies_the_name_and_the_wildcard(void **state)
{
    struct denials fixture;
    struct sim_answer a;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC_WHITE_LIES);
    a = denials_ask(&fixture, "p.q.NoNe.t.", SIM_TYPE_A);
    assert_int_equal(a.rcode, SIM_NXDOMAIN);
    assert_int_equal(denials_nsec(&a, "nond\\255.t.", "none\\000.t.").count, 2);
    assert_int_equal(denials_nsec(&a, "\\041\\255.t.", "\\042\\000.t.").count,
                     2);
    denials_close(&fixture);
}

static void denies_a_type_at_the_name_alone(void **state)
{
    struct denials fixture;
    struct sim_answer a;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC_WHITE_LIES);
    a = denials_ask(&fixture, "a.t.", SIM_TYPE_CAA);
    assert_int_equal(denials_nsec(&a, "a.t.", "\\000.a.t.").count, 3);
    /* An empty non-terminal has something below it, and no record. */
    a = denials_ask(&fixture, "ent.t.", SIM_TYPE_CAA);
    assert_int_equal(a.rcode, SIM_NOERROR);
    assert_int_equal(denials_nsec(&a, "ens\\255.t.", "\\000.ent.t.").count, 2);
    a = denials_ask(&fixture, "cut.t.", SIM_TYPE_DS);
    assert_int_equal(denials_nsec(&a, "cut.t.", "\\000.cut.t.").count, 3);
    a = denials_ask(&fixture, "x.w.t.", SIM_TYPE_A);
    assert_int_equal(denials_nsec(&a, "w\\255.w.t.", "x\\000.w.t.").count, 2);
    denials_close(&fixture);
}

static void shows_its_nsec_to_who_asks_for_it(void **state)
{
    static const enum scn_denial kinds[] = { SCN_DENIAL_NSEC_WHITE_LIES,
                                             SCN_DENIAL_COMPACT };
    struct denials fixture;

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        start(&fixture, kinds[i]);
        struct sim_answer a = denials_ask(&fixture, "a.t.", SIM_TYPE_NSEC);
        assert_int_equal(test_count(&a.answer, "a.t.", SIM_TYPE_NSEC), 1);
        assert_int_equal(test_count(&a.answer, "a.t.", SIM_TYPE_RRSIG), 1);
        denials_close(&fixture);
    }
}

/* What is there lies between: its own record is used, types and all. */
static void begins_at_what_is_there(void **state)
{
    struct denials fixture;
    struct sim_answer a;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC_WHITE_LIES);
    a = denials_ask(&fixture, "z.t.", SIM_TYPE_A);
    assert_int_equal(denials_nsec(&a, "y\\255\\001.t.", "z\\000.t.").count, 3);
    a = denials_ask(&fixture, "a\\000.t.", SIM_TYPE_A);
    assert_int_equal(denials_nsec(&a, "a.t.", "a\\000\\000.t.").count, 3);
    a = denials_ask(&fixture, "\\000.t.", SIM_TYPE_A);
    assert_int_equal(denials_nsec(&a, "t.", "\\000\\000.t.").count, 5);
    denials_close(&fixture);
}

/* RFC 4034 section 6.1 compares small letters: Z comes after the bracket. */
static void leaves_capitals_out(void **state)
{
    struct denials fixture;
    struct sim_answer a;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC_WHITE_LIES);
    a = denials_ask(&fixture, "[.t.", SIM_TYPE_A);
    assert_int_equal(denials_nsec(&a, "@\\255.t.", "[\\000.t.").count, 2);
    denials_close(&fixture);
}

static void a_full_label_ends_where_the_chain_does(void **state)
{
    struct denials fixture;
    struct sim_answer a;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC_WHITE_LIES);
    a = denials_ask(&fixture, LABEL_62 "x.t.", SIM_TYPE_A);
    assert_int_equal(denials_nsec(&a, LABEL_62 "w.t.", "y\\255\\001.t.").count,
                     2);
    denials_close(&fixture);
}

/* RFC 7129 appendix B: one hash before and one after. */
static void hashes_deny_one_hash(void **state)
{
    struct denials fixture;
    struct sim_answer a;
    uint8_t hash[SIM_HASH_LEN];
    uint8_t name[SCN_NAME_MAX];
    size_t seen = 0;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC3_WHITE_LIES);
    a = denials_ask(&fixture, "none.t.", SIM_TYPE_A);
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
    a = denials_ask(&fixture, "a.t.", SIM_TYPE_CAA);
    assert_int_equal(test_count(&a.authority, NULL, SIM_TYPE_NSEC3), 1);
    denials_close(&fixture);
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
