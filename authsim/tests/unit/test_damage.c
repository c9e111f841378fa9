/* SPDX-License-Identifier: BSD-2-Clause */
/* Every word of FORMAT section 6, seen in answers. */
#include "denial.h"
#include "models.h"
#include "octets.h"
#include "rrtype.h"
#include "testing.h"
#include "universe.h"

#include <scenario/name.h>

#include <stdlib.h>
#include <string.h>

struct fixture {
    struct test_model *model;
    struct sim_world *world;
    struct sim_instance *instance;
    struct sim_arena *arena;
};

/* t. with a child z.t. that has one damage. */
static void start(struct fixture *fixture, enum scn_denial denial,
                  enum scn_damage_what what, const char *name, uint32_t type)
{
    static const uint8_t both[] = { 13, 15 };
    const struct sim_options options = test_options();
    struct scn_zone *zone;

    fixture->model = test_model_new("t", "t.");
    zone = test_zone(fixture->model, "t.", "t");
    zone->denial = denial;
    zone = test_zone(fixture->model, "z.t.", "z");
    zone->denial = denial;
    if (what == SCN_ONE_ALGORITHM) {
        zone->algorithms = both;
        zone->algorithm_count = sizeof(both);
    }
    test_caa(fixture->model, "z.t.", "ca.test");
    test_address(fixture->model, "z.t.");
    test_address(fixture->model, "host.z.t.");
    test_address(fixture->model, "*.w.z.t.");
    test_alias(fixture->model, "d.z.t.", SIM_TYPE_DNAME, "host.z.t.");
    test_damage(fixture->model, what, name, type);
    zone = test_zone(fixture->model, "plain.z.t.", "plain");
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
    return test_ask(fixture->instance, "z", name, type, fixture->arena);
}

/* RDATA of signature number `index` over that type; NULL when there is none. */
static const uint8_t *find_sig(const struct sim_rr_list *list, uint16_t covered,
                               size_t index)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->rrs[i].type == SIM_TYPE_RRSIG &&
            sim_get_u16(list->rrs[i].rdata) == covered && index-- == 0) {
            return list->rrs[i].rdata;
        }
    }
    return NULL;
}

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
        cmocka_unit_test(wrong_bitmap_claims_the_type_asked_for),
        cmocka_unit_test(wrong_bitmap_hides_that_a_cut_is_one),
        cmocka_unit_test(wrong_next_covers_nothing),
        cmocka_unit_test(wrong_next_hash_follows_at_once),
        cmocka_unit_test(wrong_bitmap_may_name_the_bit),
        cmocka_unit_test(self_next_is_the_only_name),
        cmocka_unit_test(wrong_hash_is_another_owner),
        cmocka_unit_test(no_ent_is_not_in_the_chain),
        cmocka_unit_test(opted_out_denies_a_ds_that_is_there),
        cmocka_unit_test(many_signatures_end_with_a_good_one),
        cmocka_unit_test(damage_below_a_name_spares_its_siblings),
        cmocka_unit_test(damage_of_a_wildcard_follows_its_expansion),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
