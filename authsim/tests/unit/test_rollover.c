/* SPDX-License-Identifier: BSD-2-Clause */
/* Which keys are shown, sign and are announced in the states of a rollover. */
#include "models.h"
#include "rrtype.h"
#include "testing.h"
#include "universe.h"

struct expected {
    enum scn_keys keys;
    enum scn_rollover rollover;
    size_t shown;   /* DNSKEY records */
    size_t revoked; /* of them */
    size_t sign_keys;
    size_t sign_data;
    size_t announced; /* DS records */
};

/* RFC 6781 sections 4.1.1 and 4.1.2, RFC 5011 section 2.1. */
static const struct expected states[] = {
    { SCN_CSK, SCN_ROLLOVER_NONE, 1, 0, 1, 1, 1 },
    { SCN_KSK_AND_ZSK, SCN_ROLLOVER_NONE, 2, 0, 1, 1, 1 },
    { SCN_KSK_AND_ZSK, SCN_ROLLOVER_ZSK_PRE_PUBLISHED, 3, 0, 1, 1, 1 },
    { SCN_KSK_AND_ZSK, SCN_ROLLOVER_ZSK_DOUBLE_SIGNED, 3, 0, 1, 2, 1 },
    { SCN_KSK_AND_ZSK, SCN_ROLLOVER_KSK_DOUBLE_SIGNED, 3, 0, 2, 1, 1 },
    { SCN_KSK_AND_ZSK, SCN_ROLLOVER_KSK_DOUBLE_DS, 2, 0, 1, 1, 2 },
    { SCN_KSK_AND_ZSK, SCN_ROLLOVER_KSK_REVOKED, 3, 1, 2, 1, 1 },
    { SCN_CSK, SCN_ROLLOVER_KSK_DOUBLE_SIGNED, 2, 0, 2, 2, 1 },
    { SCN_CSK, SCN_ROLLOVER_KSK_DOUBLE_DS, 1, 0, 1, 1, 2 },
    { SCN_CSK, SCN_ROLLOVER_KSK_REVOKED, 2, 1, 2, 1, 1 },
};

/* DNSKEY records with the REVOKE bit. */
static size_t revoked(const struct sim_answer *answer)
{
    size_t count = 0;

    for (size_t i = 0; i < answer->answer.count; i++) {
        const struct sim_rr *rr = &answer->answer.rrs[i];

        count += rr->type == SIM_TYPE_DNSKEY && rr->rdata[1] == 0x81;
    }
    return count;
}

static void check_state(const struct expected *expected)
{
    const struct sim_options options = test_options();
    struct test_model *model = test_model_new("t", "t.");
    struct sim_arena *arena = sim_arena_new();
    struct sim_instance *instance = NULL;
    struct scn_zone *zone;
    struct sim_answer a;

    (void)test_zone(model, "t.", "t");
    zone = test_zone(model, "z.t.", "z");
    zone->keys = expected->keys;
    zone->rollover = expected->rollover;
    struct sim_world *world = test_world(model, &options, &instance);
    a = test_ask(instance, "z", "z.t.", SIM_TYPE_DNSKEY, arena);
    assert_int_equal(test_count(&a.answer, "z.t.", SIM_TYPE_DNSKEY),
                     expected->shown);
    assert_int_equal(revoked(&a), expected->revoked);
    assert_int_equal(test_count(&a.answer, "z.t.", SIM_TYPE_RRSIG),
                     expected->sign_keys);
    a = test_ask(instance, "z", "z.t.", SIM_TYPE_SOA, arena);
    assert_int_equal(test_count(&a.answer, "z.t.", SIM_TYPE_RRSIG),
                     expected->sign_data);
    a = test_ask(instance, "t", "z.t.", SIM_TYPE_DS, arena);
    assert_int_equal(test_count(&a.answer, "z.t.", SIM_TYPE_DS),
                     expected->announced);
    sim_arena_free(arena);
    sim_world_free(world);
    test_model_free(model);
}

static void every_state_has_its_keys(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
        check_state(&states[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_state_has_its_keys),
    };

    return cmocka_run_group_tests_name("authsim.rollover", tests, NULL, NULL);
}
