/* SPDX-License-Identifier: BSD-2-Clause */
/* Damage of signatures, and where each acts: FORMAT section 6, in answers. */
#include "damage_zone.h"

#include <string.h>

/* The good CAA signature, to compare with. */
static void good_sig(uint8_t *out, size_t len)
{
    struct fixture fixture;
    struct sim_answer a;

    start(&fixture, SCN_DENIAL_NSEC, SCN_EXPIRED, "nowhere.", SCN_TYPE_ANY);
    a = ask(&fixture, "z.t.", SIM_TYPE_CAA);
    memcpy(out, find_sig(&a.answer, SIM_TYPE_CAA, 0), len);
    stop(&fixture);
}

static uint32_t expiration(const uint8_t *sig)
{
    return sim_get_u32(sig + 8);
}

static uint32_t inception(const uint8_t *sig)
{
    return sim_get_u32(sig + 12);
}

enum { SIG_AT = 18 + 5, SIG_END = SIG_AT + 64 };

static void expired_is_scoped_by_type(void **state)
{
    struct fixture fixture;
    struct sim_answer caa;
    struct sim_answer address;
    uint32_t epoch_s = (uint32_t)test_options().epoch_s;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC, SCN_EXPIRED, NULL, SIM_TYPE_CAA);
    caa = ask(&fixture, "z.t.", SIM_TYPE_CAA);
    address = ask(&fixture, "z.t.", SIM_TYPE_A);
    assert_true(expiration(find_sig(&caa.answer, SIM_TYPE_CAA, 0)) < epoch_s);
    assert_true(inception(find_sig(&caa.answer, SIM_TYPE_CAA, 0)) <
                expiration(find_sig(&caa.answer, SIM_TYPE_CAA, 0)));
    assert_true(expiration(find_sig(&address.answer, SIM_TYPE_A, 0)) > epoch_s);
    stop(&fixture);
}

static void expired_without_scope_is_the_whole_zone(void **state)
{
    struct fixture fixture;
    struct sim_answer a;
    uint32_t epoch_s = (uint32_t)test_options().epoch_s;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC, SCN_EXPIRED, NULL, SCN_TYPE_ANY);
    a = ask(&fixture, "z.t.", SIM_TYPE_DNSKEY);
    assert_true(expiration(find_sig(&a.answer, SIM_TYPE_DNSKEY, 0)) < epoch_s);
    a = ask(&fixture, "missing.z.t.", SIM_TYPE_A);
    assert_true(expiration(find_sig(&a.authority, SIM_TYPE_SOA, 0)) < epoch_s);
    assert_true(expiration(find_sig(&a.authority, SIM_TYPE_NSEC, 0)) < epoch_s);
    stop(&fixture);
}

static void not_yet_valid_begins_in_the_future(void **state)
{
    struct fixture fixture;
    struct sim_answer a;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC, SCN_NOT_YET_VALID, NULL, SIM_TYPE_CAA);
    a = ask(&fixture, "z.t.", SIM_TYPE_CAA);
    assert_true(inception(find_sig(&a.answer, SIM_TYPE_CAA, 0)) >
                (uint32_t)test_options().epoch_s + 86400);
    stop(&fixture);
}

static void inverted_ends_before_it_begins(void **state)
{
    struct fixture fixture;
    struct sim_answer a;
    const uint8_t *sig;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC, SCN_INVERTED, NULL, SIM_TYPE_CAA);
    a = ask(&fixture, "z.t.", SIM_TYPE_CAA);
    sig = find_sig(&a.answer, SIM_TYPE_CAA, 0);
    assert_true(expiration(sig) < inception(sig));
    stop(&fixture);
}

static void unsigned_comes_without_signature(void **state)
{
    struct fixture fixture;
    struct sim_answer a;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC, SCN_RRSIG_REMOVED, NULL, SIM_TYPE_CAA);
    a = ask(&fixture, "z.t.", SIM_TYPE_CAA);
    assert_int_equal(a.answer.count, 1);
    stop(&fixture);
}

static void bad_signature_differs_in_the_signature_alone(void **state)
{
    struct fixture fixture;
    struct sim_answer a;
    const uint8_t *sig;
    uint8_t good[SIG_END];

    (void)state;
    good_sig(good, sizeof(good));
    start(&fixture, SCN_DENIAL_NSEC, SCN_BAD_SIGNATURE, NULL, SIM_TYPE_CAA);
    a = ask(&fixture, "z.t.", SIM_TYPE_CAA);
    sig = find_sig(&a.answer, SIM_TYPE_CAA, 0);
    assert_memory_equal(sig, good, SIG_AT);
    assert_memory_not_equal(sig + SIG_AT, good + SIG_AT, 64);
    assert_int_equal(a.answer.count, 2);
    stop(&fixture);
}

static void extra_bad_signature_stands_beside_the_good_one(void **state)
{
    struct fixture fixture;
    struct sim_answer a;
    uint8_t good[SIG_END];

    (void)state;
    good_sig(good, sizeof(good));
    start(&fixture, SCN_DENIAL_NSEC, SCN_EXTRA_BAD_SIGNATURE, NULL,
          SIM_TYPE_CAA);
    a = ask(&fixture, "z.t.", SIM_TYPE_CAA);
    assert_int_equal(a.answer.count, 3);
    assert_memory_not_equal(find_sig(&a.answer, SIM_TYPE_CAA, 0), good,
                            SIG_END);
    assert_memory_equal(find_sig(&a.answer, SIM_TYPE_CAA, 1), good, SIG_END);
    stop(&fixture);
}

static void wrong_signer_is_not_the_zone(void **state)
{
    struct fixture fixture;
    struct sim_answer a;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC, SCN_WRONG_SIGNER, NULL, SIM_TYPE_CAA);
    a = ask(&fixture, "z.t.", SIM_TYPE_CAA);
    assert_memory_equal(find_sig(&a.answer, SIM_TYPE_CAA, 0) + 18,
                        "\014wrong-signer\1t", 16);
    stop(&fixture);
}

static void wrong_labels_are_more_than_there_are(void **state)
{
    struct fixture fixture;
    struct sim_answer a;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC, SCN_WRONG_LABELS, NULL, SIM_TYPE_CAA);
    a = ask(&fixture, "z.t.", SIM_TYPE_CAA);
    assert_int_equal(find_sig(&a.answer, SIM_TYPE_CAA, 0)[3], 3);
    stop(&fixture);
}

/* The first CAA signature of z.t. under that damage. */
static void sig_under(enum scn_damage_what what, uint8_t *out, size_t len)
{
    struct fixture fixture;
    struct sim_answer a;

    start(&fixture, SCN_DENIAL_NSEC, what, NULL, SIM_TYPE_CAA);
    a = ask(&fixture, "z.t.", SIM_TYPE_CAA);
    for (size_t i = 0; i < a.answer.count; i++) {
        if (a.answer.rrs[i].type == SIM_TYPE_RRSIG) {
            memcpy(out, a.answer.rrs[i].rdata, len);
        }
    }
    stop(&fixture);
}

static void one_field_of_a_signature_is_wrong(void **state)
{
    uint8_t good[SIG_AT] = { 0 };
    uint8_t bad[SIG_AT] = { 0 };

    (void)state;
    good_sig(good, sizeof(good));
    sig_under(SCN_WRONG_TYPE_COVERED, bad, sizeof(bad));
    assert_int_equal(sim_get_u16(bad), SIM_TYPE_A);
    assert_memory_equal(bad + 2, good + 2, SIG_AT - 2);
    sig_under(SCN_WRONG_ALGORITHM, bad, sizeof(bad));
    assert_int_equal(good[2], 13);
    assert_int_equal(bad[2], 15);
    assert_memory_equal(bad + 3, good + 3, SIG_AT - 3);
    sig_under(SCN_WRONG_KEY_TAG, bad, sizeof(bad));
    assert_int_not_equal(sim_get_u16(bad + 16), sim_get_u16(good + 16));
    assert_memory_equal(bad, good, 16);
}

static void a_signature_is_misplaced(void **state)
{
    struct fixture fixture;
    struct sim_answer a;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC, SCN_WRONG_OWNER, NULL, SIM_TYPE_CAA);
    a = ask(&fixture, "z.t.", SIM_TYPE_CAA);
    assert_int_equal(test_count(&a.answer, "z.t.", SIM_TYPE_CAA), 1);
    assert_int_equal(test_count(&a.answer, "wrong-owner.t.", SIM_TYPE_RRSIG),
                     1);
    stop(&fixture);
    start(&fixture, SCN_DENIAL_NSEC, SCN_WRONG_CLASS, NULL, SIM_TYPE_CAA);
    a = ask(&fixture, "z.t.", SIM_TYPE_CAA);
    assert_int_equal(test_count(&a.answer, "z.t.", SIM_TYPE_RRSIG), 1);
    assert_int_equal(a.answer.rrs[0].class, 0);
    assert_int_equal(a.answer.rrs[1].class, SIM_CLASS_CH);
    stop(&fixture);
}

static void one_algorithm_leaves_the_second_out(void **state)
{
    struct fixture fixture;
    struct sim_answer a;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC, SCN_ONE_ALGORITHM, NULL, SIM_TYPE_CAA);
    a = ask(&fixture, "z.t.", SIM_TYPE_CAA);
    assert_int_equal(test_count(&a.answer, NULL, SIM_TYPE_RRSIG), 1);
    assert_int_equal(find_sig(&a.answer, SIM_TYPE_CAA, 0)[2], 13);
    a = ask(&fixture, "z.t.", SIM_TYPE_A);
    assert_int_equal(test_count(&a.answer, NULL, SIM_TYPE_RRSIG), 2);
    stop(&fixture);
}

static void many_signatures_end_with_a_good_one(void **state)
{
    struct fixture fixture;
    struct sim_answer a;
    uint8_t good[SIG_END];

    (void)state;
    good_sig(good, sizeof(good));
    start(&fixture, SCN_DENIAL_NSEC, SCN_MANY_SIGNATURES, NULL, SIM_TYPE_CAA);
    a = ask(&fixture, "z.t.", SIM_TYPE_CAA);
    assert_int_equal(test_count(&a.answer, "z.t.", SIM_TYPE_RRSIG),
                     SIM_MANY + 1);
    for (size_t i = 0; i < SIM_MANY; i++) {
        const uint8_t *sig = find_sig(&a.answer, SIM_TYPE_CAA, i);
        assert_memory_equal(sig, good, SIG_AT);
        assert_memory_not_equal(sig + SIG_AT, good + SIG_AT, 64);
        assert_memory_not_equal(sig, find_sig(&a.answer, SIM_TYPE_CAA, i + 1),
                                SIG_END);
    }
    assert_memory_equal(find_sig(&a.answer, SIM_TYPE_CAA, SIM_MANY), good,
                        SIG_END);
    stop(&fixture);
}

static void damage_below_a_name_spares_its_siblings(void **state)
{
    static const struct scn_damage damage = { .what = SCN_EXPIRED,
                                              .under =
                                                  (const uint8_t *)"\1w\1z\1t",
                                              .type = SCN_TYPE_ANY };
    const struct scn_zone model = { .damages = &damage, .damage_count = 1 };
    const struct sim_zone zone = { .model = &model };

    (void)state;
    assert_int_equal(
        sim_damage_of(&zone, (const uint8_t *)"\1a\1w\1z\1t", SIM_TYPE_A, NULL),
        SIM_DAMAGE(SCN_EXPIRED));
    assert_int_equal(
        sim_damage_of(&zone, (const uint8_t *)"\1z\1t", SIM_TYPE_A, NULL), 0);
}

static void damage_of_a_wildcard_follows_its_expansion(void **state)
{
    struct fixture fixture;
    struct sim_answer a;

    (void)state;
    start(&fixture, SCN_DENIAL_NSEC, SCN_RRSIG_REMOVED, "q.w.z.t.", SIM_TYPE_A);
    a = ask(&fixture, "q.w.z.t.", SIM_TYPE_A);
    assert_int_equal(a.answer.count, 1);
    a = ask(&fixture, "r.w.z.t.", SIM_TYPE_A);
    assert_int_equal(a.answer.count, 2);
    stop(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(expired_is_scoped_by_type),
        cmocka_unit_test(expired_without_scope_is_the_whole_zone),
        cmocka_unit_test(not_yet_valid_begins_in_the_future),
        cmocka_unit_test(inverted_ends_before_it_begins),
        cmocka_unit_test(unsigned_comes_without_signature),
        cmocka_unit_test(bad_signature_differs_in_the_signature_alone),
        cmocka_unit_test(extra_bad_signature_stands_beside_the_good_one),
        cmocka_unit_test(wrong_signer_is_not_the_zone),
        cmocka_unit_test(wrong_labels_are_more_than_there_are),
        cmocka_unit_test(one_field_of_a_signature_is_wrong),
        cmocka_unit_test(a_signature_is_misplaced),
        cmocka_unit_test(one_algorithm_leaves_the_second_out),
        cmocka_unit_test(many_signatures_end_with_a_good_one),
        cmocka_unit_test(damage_below_a_name_spares_its_siblings),
        cmocka_unit_test(damage_of_a_wildcard_follows_its_expansion),
    };

    return cmocka_run_group_tests_name("authsim.damage", tests, NULL, NULL);
}
