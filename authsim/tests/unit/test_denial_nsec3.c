/* SPDX-License-Identifier: BSD-2-Clause */
/* The zone of RFC 5155 appendix A, its hashes and the proofs of appendix B. */
#include "denial.h"
#include "models.h"
#include "rrtype.h"
#include "testing.h"
#include "universe.h"

#include <scenario/name.h>

#include <stdio.h>
#include <string.h>

static const uint8_t salt[] = { 0xaa, 0xbb, 0xcc, 0xdd };

struct fixture {
    struct test_model *model;
    struct sim_world *world;
    struct sim_instance *instance;
    struct sim_arena *arena;
};

static struct scn_zone *fill(struct test_model *model)
{
    struct scn_zone *zone = test_zone(model, "example.", "e");

    zone->denial = SCN_DENIAL_NSEC3_OPT_OUT;
    zone->nsec3_iterations = 12;
    zone->nsec3_salt = salt;
    zone->nsec3_salt_len = sizeof(salt);
    test_record(model, "example.", SIM_TYPE_MX, "\0\1\2xx\7example", 13);
    test_alias(model, "a.example.", SIM_TYPE_NS, "ns1.a.example.");
    test_alias(model, "a.example.", SIM_TYPE_NS, "ns2.a.example.");
    test_record(model, "a.example.", SIM_TYPE_DS,
                "\xe3\xb4\5\1\x5f\xf8\xd7\xb1\xf4\xbb\xb7\xd2\x5a\x4f\x7b\xa1"
                "\x7a\x3e\x8f\x6a\x9d\x0e\x11\x22",
                24);
    test_address(model, "ns1.a.example.");
    test_address(model, "ns2.a.example.");
    test_address(model, "ai.example.");
    test_alias(model, "c.example.", SIM_TYPE_NS, "ns1.c.example.");
    test_address(model, "ns1.c.example.");
    test_address(model, "ns1.example.");
    test_address(model, "ns2.example.");
    test_record(model, "*.w.example.", SIM_TYPE_MX, "\0\1\2ai\7example", 13);
    test_record(model, "x.w.example.", SIM_TYPE_MX, "\0\1\2xx\7example", 13);
    test_record(model, "x.y.w.example.", SIM_TYPE_MX, "\0\1\2xx\7example", 13);
    test_address(model, "xx.example.");
    return zone;
}

static int setup(void **state)
{
    static struct fixture fixture;
    const struct sim_options options = test_options();

    fixture.model = test_model_new("example", "example.");
    (void)fill(fixture.model);
    fixture.world = test_world(fixture.model, &options, &fixture.instance);
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

static struct sim_answer ask(void **state, const char *name, uint16_t type)
{
    struct fixture *fixture = *state;

    return test_ask(fixture->instance, "e", name, type, fixture->arena);
}

static bool has_nsec3(const struct sim_answer *answer, const char *label)
{
    char owner[64];

    (void)snprintf(owner, sizeof(owner), "%s.example.", label);
    return test_count(&answer->authority, owner, SIM_TYPE_NSEC3) == 1;
}

/* Where name hashes to, as the matching NSEC3 of its NODATA shows. */
static void hashes_match_appendix_a(void **state)
{
    static const char *const hashes[][2] = {
        { "example.", "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom" },
        { "a.example.", "35mthgpgcu1qg68fab165klnsnk3dpvl" },
        { "ai.example.", "gjeqe526plbf1g8mklp59enfd789njgi" },
        { "ns1.example.", "2t7b4g4vsa5smi47k61mv5bv1a22bojr" },
        { "ns2.example.", "q04jkcevqvmu85r014c7dkba38o0ji5r" },
        { "w.example.", "k8udemvp1j2f7eg6jebps17vp3n8i58h" },
        { "*.w.example.", "r53bq7cc2uvmubfu5ocmm6pers9tk9en" },
        { "x.w.example.", "b4um86eghhds6nea196smvmlo4ors995" },
        { "y.w.example.", "ji6neoaepv8b5o6k4ev33abha8ht9fgc" },
        { "x.y.w.example.", "2vptu5timamqttgl4luu9kg21e0aor3s" },
        { "xx.example.", "t644ebqk9bibcna874givr6joj62mlhv" },
    };

    for (size_t i = 0; i < sizeof(hashes) / sizeof(hashes[0]); i++) {
        uint16_t type = strcmp(hashes[i][0], "a.example.") == 0 ? SIM_TYPE_DS
                                                                : SIM_TYPE_TXT;
        struct sim_answer a = ask(state, hashes[i][0], type);

        if (type == SIM_TYPE_DS) {
            assert_int_equal(test_count(&a.answer, NULL, SIM_TYPE_DS), 1);
            continue;
        }
        assert_int_equal(a.rcode, SIM_NOERROR);
        assert_true(has_nsec3(&a, hashes[i][1]));
        assert_int_equal(test_count(&a.authority, NULL, SIM_TYPE_NSEC3), 1);
    }
}

/* Opt-out leaves c.example. out, keeps the empty non-terminals. */
static void chain_has_what_appendix_a_has(void **state)
{
    struct fixture *fixture = *state;
    struct sim_zone *zone = fixture->instance->zones[0];

    assert_int_equal(sim_zone_build(zone), SIM_OK);
    assert_int_equal(sim_nsec3_build(zone), SIM_OK);
    assert_int_equal(sim_nsec3_build(zone), SIM_OK);
    assert_int_equal(zone->chain.count, 12); /* appendix A, and ns-e.example. */
}

static void proves_a_name_error(void **state) /* appendix B.1 */
{
    struct sim_answer a = ask(state, "a.c.x.w.example.", SIM_TYPE_A);

    assert_int_equal(a.rcode, SIM_NXDOMAIN);
    assert_true(has_nsec3(&a, "b4um86eghhds6nea196smvmlo4ors995"));
    assert_true(has_nsec3(&a, "35mthgpgcu1qg68fab165klnsnk3dpvl") ||
                test_count(&a.authority, NULL, SIM_TYPE_NSEC3) == 3);
}

static void refers_out_of_the_opt_out_span(void **state) /* appendix B.3 */
{
    struct sim_answer a = ask(state, "mc.c.example.", SIM_TYPE_MX);

    assert_int_equal(test_count(&a.authority, "c.example.", SIM_TYPE_NS), 1);
    assert_true(has_nsec3(&a, "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom"));
    assert_true(has_nsec3(&a, "35mthgpgcu1qg68fab165klnsnk3dpvl"));
    assert_int_equal(a.no_ds_count, 1);
    assert_int_equal(test_count(&a.additional, "ns1.c.example.", SIM_TYPE_A),
                     1);
}

static void expands_a_wildcard(void **state) /* appendix B.4 */
{
    struct sim_answer a = ask(state, "a.z.w.example.", SIM_TYPE_MX);

    assert_int_equal(test_count(&a.answer, "a.z.w.example.", SIM_TYPE_MX), 1);
    assert_true(has_nsec3(&a, "q04jkcevqvmu85r014c7dkba38o0ji5r"));
    assert_int_equal(test_count(&a.authority, NULL, SIM_TYPE_NSEC3), 1);
}

static void denies_a_type_at_a_wildcard(void **state) /* appendix B.5 */
{
    struct sim_answer a = ask(state, "a.z.w.example.", SIM_TYPE_AAAA);

    assert_true(has_nsec3(&a, "k8udemvp1j2f7eg6jebps17vp3n8i58h"));
    assert_true(has_nsec3(&a, "q04jkcevqvmu85r014c7dkba38o0ji5r"));
    assert_true(has_nsec3(&a, "r53bq7cc2uvmubfu5ocmm6pers9tk9en"));
}

static void denies_ds_in_the_opt_out_span(void **state)
{
    struct sim_answer a = ask(state, "c.example.", SIM_TYPE_DS);

    assert_true(a.authoritative);
    assert_int_equal(test_count(&a.authority, "example.", SIM_TYPE_SOA), 1);
    assert_true(has_nsec3(&a, "35mthgpgcu1qg68fab165klnsnk3dpvl"));
    assert_int_equal(a.no_ds_count, 1);
}

static void without_opt_out_every_cut_is_in_the_chain(void **state)
{
    struct fixture *fixture = *state;
    struct test_model *model = test_model_new("example", "example.");
    const struct sim_options options = test_options();
    struct sim_instance *instance = NULL;
    struct sim_world *world;
    struct sim_answer a;

    fill(model)->denial = SCN_DENIAL_NSEC3;
    world = test_world(model, &options, &instance);
    a = test_ask(instance, "e", "mc.c.example.", SIM_TYPE_MX, fixture->arena);
    /* appendix A: 4g6p9u5gvfshp30pqecj98b3maqbn1ck is c.example. */
    assert_true(has_nsec3(&a, "4g6p9u5gvfshp30pqecj98b3maqbn1ck"));
    assert_int_equal(test_count(&a.authority, NULL, SIM_TYPE_NSEC3), 1);
    assert_int_equal(a.no_ds_count, 1);
    sim_world_free(world);
    test_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hashes_match_appendix_a),
        cmocka_unit_test(chain_has_what_appendix_a_has),
        cmocka_unit_test(proves_a_name_error),
        cmocka_unit_test(refers_out_of_the_opt_out_span),
        cmocka_unit_test(expands_a_wildcard),
        cmocka_unit_test(denies_a_type_at_a_wildcard),
        cmocka_unit_test(denies_ds_in_the_opt_out_span),
        cmocka_unit_test(without_opt_out_every_cut_is_in_the_chain),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
