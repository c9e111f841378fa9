/* SPDX-License-Identifier: BSD-2-Clause */
/* Damage of what an NSEC or NSEC3 record says: FORMAT section 6, in answers. */
#include "damage_zone.h"
#include "denial.h"

#include <scenario/name.h>

#include <string.h>

static void check_bitmap(enum scn_denial denial, uint16_t denial_type)
{
    struct fixture fixture;
    struct sim_answer a;
    struct sim_type_set set;
    const struct sim_rr *rr = NULL;
    size_t start_at;

    start(&fixture, denial, SCN_WRONG_BITMAP, "host.z.t.", SCN_TYPE_DENIAL);
    a = ask(&fixture, "host.z.t.", SIM_TYPE_CAA);
    for (size_t i = 0; i < a.authority.count; i++) {
        if (a.authority.rrs[i].type == denial_type) {
            rr = &a.authority.rrs[i];
        }
    }
    if (rr == NULL) {
        fail_msg("no denial of type %u", denial_type);
        return;
    }
    start_at =
        denial_type == SIM_TYPE_NSEC ? scn_name_length(rr->rdata) : (size_t)26;
    sim_bitmap_read(rr->rdata + start_at, rr->rdata_len - start_at, &set);
    assert_true(sim_type_set_has(&set, SIM_TYPE_CAA));
    assert_true(sim_type_set_has(&set, SIM_TYPE_A));
    assert_non_null(find_sig(&a.authority, denial_type, 0));
    stop(&fixture);
}

static void wrong_bitmap_claims_the_type_asked_for(void **state)
{
    (void)state;
    check_bitmap(SCN_DENIAL_NSEC, SIM_TYPE_NSEC);
    check_bitmap(SCN_DENIAL_NSEC3, SIM_TYPE_NSEC3);
}

static void wrong_bitmap_hides_that_a_cut_is_one(void **state)
{
    struct fixture fixture;
    struct sim_answer a;
    struct sim_type_set set;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC, SCN_WRONG_BITMAP, "plain.z.t.",
          SCN_TYPE_DENIAL);
    a = ask(&fixture, "plain.z.t.", SIM_TYPE_DS);
    for (size_t i = 0; i < a.authority.count; i++) {
        const struct sim_rr *rr = &a.authority.rrs[i];
        size_t at = scn_name_length(rr->rdata);

        if (rr->type == SIM_TYPE_NSEC) {
            sim_bitmap_read(rr->rdata + at, rr->rdata_len - at, &set);
            assert_false(sim_type_set_has(&set, SIM_TYPE_NS));
        }
    }
    assert_int_equal(a.no_ds_count, 0);
    stop(&fixture);
}

static void wrong_next_covers_nothing(void **state)
{
    struct fixture fixture;
    struct sim_answer a;
    size_t seen = 0;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC, SCN_WRONG_NEXT, "no.z.t.",
          SCN_TYPE_DENIAL);
    a = ask(&fixture, "no.z.t.", SIM_TYPE_CAA);
    for (size_t i = 0; i < a.authority.count; i++) {
        const struct sim_rr *rr = &a.authority.rrs[i];

        if (rr->type == SIM_TYPE_NSEC) {
            assert_memory_equal(rr->rdata, "\1\0", 2);
            assert_true(scn_name_equal(rr->rdata + 2, rr->owner));
            seen++;
        }
    }
    assert_true(seen >= 1);
    stop(&fixture);
}

static void wrong_next_hash_follows_at_once(void **state)
{
    struct fixture fixture;
    struct sim_answer a;
    uint8_t hash[SIM_HASH_LEN];
    size_t seen = 0;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC3, SCN_WRONG_NEXT, "z.t.", SCN_TYPE_DENIAL);
    a = ask(&fixture, "z.t.", SIM_TYPE_TXT);
    assert_int_equal(sim_nsec3_hash(fixture.instance->zones[1]->model,
                                    fixture.instance->zones[1]->name, hash),
                     SIM_OK);
    for (size_t at = SIM_HASH_LEN; at > 0 && ++hash[at - 1] == 0; at--) {
    }
    for (size_t i = 0; i < a.authority.count; i++) {
        if (a.authority.rrs[i].type == SIM_TYPE_NSEC3) {
            assert_memory_equal(a.authority.rrs[i].rdata + 6, hash,
                                SIM_HASH_LEN);
            seen++;
        }
    }
    assert_int_equal(seen, 1);
    stop(&fixture);
}

/* The first record of that type in the authority section. */
static const struct sim_rr *first_of(const struct sim_answer *a, uint16_t type)
{
    for (size_t i = 0; i < a->authority.count; i++) {
        if (a->authority.rrs[i].type == type) {
            return &a->authority.rrs[i];
        }
    }
    fail_msg("no record of type %u", type);
    return NULL;
}

static void wrong_bitmap_may_name_the_bit(void **state)
{
    static const struct scn_damage damages[] = {
        { .what = SCN_EXPIRED, .type = SCN_TYPE_ANY },
        { .what = SCN_WRONG_BITMAP,
          .name = (const uint8_t *)"\1z\1t",
          .type = SCN_TYPE_DENIAL,
          .bit = SIM_TYPE_CAA },
    };
    const struct scn_zone model = { .damages = damages, .damage_count = 2 };
    const struct sim_zone zone = { .model = &model };

    (void)state;
    assert_int_equal(sim_damage_bit(&zone, (const uint8_t *)"\1z\1t"),
                     SIM_TYPE_CAA);
    assert_int_equal(sim_damage_bit(&zone, (const uint8_t *)"\1y\1t"), 0);
}

static void self_next_is_the_only_name(void **state)
{
    struct fixture fixture;
    struct sim_answer a;
    const struct sim_rr *rr;
    uint8_t hash[SIM_HASH_LEN];

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC, SCN_SELF_NEXT, "z.t.", SCN_TYPE_DENIAL);
    a = ask(&fixture, "z.t.", SIM_TYPE_TXT);
    rr = first_of(&a, SIM_TYPE_NSEC);
    assert_true(scn_name_equal(rr->rdata, rr->owner));
    stop(&fixture);
    start(&fixture, SCN_DENIAL_NSEC3, SCN_SELF_NEXT, "z.t.", SCN_TYPE_DENIAL);
    a = ask(&fixture, "z.t.", SIM_TYPE_TXT);
    assert_int_equal(sim_nsec3_hash(fixture.instance->zones[1]->model,
                                    fixture.instance->zones[1]->name, hash),
                     SIM_OK);
    rr = first_of(&a, SIM_TYPE_NSEC3);
    assert_memory_equal(rr->rdata + 6, hash, SIM_HASH_LEN);
    stop(&fixture);
}

static void wrong_hash_is_another_owner(void **state)
{
    struct fixture fixture;
    struct sim_answer a;
    uint8_t spoilt[33];
    const struct sim_rr *rr;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC3, SCN_WRONG_HASH, "z.t.", SCN_TYPE_DENIAL);
    a = ask(&fixture, "z.t.", SIM_TYPE_TXT);
    rr = first_of(&a, SIM_TYPE_NSEC3);
    memcpy(spoilt, rr->owner, sizeof(spoilt));
    assert_non_null(find_sig(&a.authority, SIM_TYPE_NSEC3, 0));
    stop(&fixture);
    start(&fixture, SCN_DENIAL_NSEC3, SCN_WRONG_HASH, "no.z.t.",
          SCN_TYPE_DENIAL);
    a = ask(&fixture, "z.t.", SIM_TYPE_TXT);
    rr = first_of(&a, SIM_TYPE_NSEC3);
    assert_int_not_equal(spoilt[1], rr->owner[1]);
    assert_memory_equal(spoilt + 2, rr->owner + 2, sizeof(spoilt) - 2);
    stop(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrong_bitmap_claims_the_type_asked_for),
        cmocka_unit_test(wrong_bitmap_hides_that_a_cut_is_one),
        cmocka_unit_test(wrong_next_covers_nothing),
        cmocka_unit_test(wrong_next_hash_follows_at_once),
        cmocka_unit_test(wrong_bitmap_may_name_the_bit),
        cmocka_unit_test(self_next_is_the_only_name),
        cmocka_unit_test(wrong_hash_is_another_owner),
    };

    return cmocka_run_group_tests_name("authsim.damage_nsec", tests, NULL,
                                       NULL);
}
