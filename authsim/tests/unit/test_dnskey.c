/* SPDX-License-Identifier: BSD-2-Clause */
/* The keys a zone shows, as its damage has them. */
#include "models.h"
#include "rrtype.h"
#include "testing.h"
#include "universe.h"

#include <string.h>

enum { KEY_MAX = 80 };

struct shown {
    size_t count;
    struct {
        uint16_t flags;
        uint16_t tag;
        size_t len;
        uint8_t rdata[SIM_DNSKEY_MAX];
    } keys[KEY_MAX];
};

/* The DNSKEY RRset of z.t. with that damage (scoped to another name: none). */
static void show(enum scn_keys kind, enum scn_damage_what what,
                 const char *name, struct shown *shown)
{
    const struct sim_options options = test_options();
    struct test_model *model = test_model_new("t", "t.");
    struct sim_arena *arena = sim_arena_new();
    struct sim_instance *instance = NULL;

    (void)test_zone(model, "t.", "t");
    test_zone(model, "z.t.", "z")->keys = kind;
    test_damage(model, what, name, SCN_TYPE_ANY);
    struct sim_world *world = test_world(model, &options, &instance);
    struct sim_answer a =
        test_ask(instance, "z", "z.t.", SIM_TYPE_DNSKEY, arena);
    *shown = (struct shown){ 0 };
    for (size_t i = 0; i < a.answer.count && shown->count < KEY_MAX; i++) {
        const struct sim_rr *rr = &a.answer.rrs[i];
        if (rr->type == SIM_TYPE_DNSKEY) {
            const size_t at = shown->count++;
            shown->keys[at].flags =
                (uint16_t)(rr->rdata[0] << 8 | rr->rdata[1]);
            shown->keys[at].tag = sim_key_tag(rr->rdata, rr->rdata_len);
            shown->keys[at].len = rr->rdata_len;
            memcpy(shown->keys[at].rdata, rr->rdata, rr->rdata_len);
        }
    }
    sim_arena_free(arena);
    sim_world_free(world);
    test_model_free(model);
}

static void a_zone_shows_the_keys_it_has(void **state)
{
    struct shown shown;

    (void)state;
    show(SCN_CSK, SCN_CORRUPT_KEY, "other.t.", &shown);
    assert_int_equal(shown.count, 1);
    assert_int_equal(shown.keys[0].flags, 257);
    show(SCN_KSK_AND_ZSK, SCN_CORRUPT_KEY, "other.t.", &shown);
    assert_int_equal(shown.count, 2);
}

static void a_key_may_be_left_out(void **state)
{
    struct shown shown;

    (void)state;
    show(SCN_KSK_AND_ZSK, SCN_NO_ZSK, "z.t.", &shown);
    assert_int_equal(shown.count, 1);
    assert_int_equal(shown.keys[0].flags, 257);
    show(SCN_KSK_AND_ZSK, SCN_NO_KSK, "z.t.", &shown);
    assert_int_equal(shown.count, 1);
    assert_int_equal(shown.keys[0].flags, 256);
}

static void a_corrupt_key_has_the_tag_of_the_right_one(void **state)
{
    struct shown good = { 0 };
    struct shown bad = { 0 };

    (void)state;
    show(SCN_KSK_AND_ZSK, SCN_CORRUPT_KEY, "other.t.", &good);
    show(SCN_KSK_AND_ZSK, SCN_CORRUPT_KEY, "z.t.", &bad);
    assert_int_equal(bad.count, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(good.keys[i].tag, bad.keys[i].tag);
        assert_int_equal(good.keys[i].flags, bad.keys[i].flags);
        const int order =
            memcmp(good.keys[i].rdata, bad.keys[i].rdata, good.keys[i].len);
        assert_int_equal(order == 0, good.keys[i].flags == 257);
    }
}

static void many_keys_share_one_tag(void **state)
{
    struct shown good = { 0 };
    struct shown many = { 0 };

    (void)state;
    show(SCN_CSK, SCN_MANY_KEYS, "other.t.", &good);
    show(SCN_CSK, SCN_MANY_KEYS, "z.t.", &many);
    assert_int_equal(many.count, SIM_MANY + 1);
    for (size_t i = 0; i < many.count; i++) {
        assert_int_equal(many.keys[i].tag, good.keys[0].tag);
        assert_int_equal(many.keys[i].len, good.keys[0].len);
    }
    for (size_t i = 1; i < many.count; i++) {
        assert_memory_not_equal(many.keys[i - 1].rdata, many.keys[i].rdata,
                                many.keys[i].len);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_zone_shows_the_keys_it_has),
        cmocka_unit_test(a_key_may_be_left_out),
        cmocka_unit_test(a_corrupt_key_has_the_tag_of_the_right_one),
        cmocka_unit_test(many_keys_share_one_tag),
    };

    return cmocka_run_group_tests_name("authsim.dnskey", tests, NULL, NULL);
}
