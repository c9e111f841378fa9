/* SPDX-License-Identifier: BSD-2-Clause */
/* Every allocation fails once: nothing crashes, leaks or claims success. */
#include "models.h"
#include "packet.h"
#include "respond.h"
#include "rrtype.h"
#include "testing.h"
#include "universe.h"

#include <scenario/name.h>

#include <stdlib.h>
#include <string.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);

static struct {
    size_t left; /* allocations until one fails */
    bool armed;
    bool failed;
} allocator;

static bool fails(void)
{
    if (!allocator.armed || allocator.failed) {
        return false;
    }
    allocator.failed = allocator.left == 0;
    allocator.left--;
    return allocator.failed;
}

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return fails() ? NULL : __real_realloc(old, size);
}

static enum sim_status ask(struct sim_world *world,
                           struct sim_instance *instance, const char *name,
                           uint16_t type, struct sim_arena *arena)
{
    uint8_t wire[SCN_NAME_MAX];
    const struct sim_question q = {
        .name = wire, .type = type, .class = SIM_CLASS_IN, .dnssec_ok = true
    };
    struct sim_address address = sim_instance_server(instance, "top", 4);
    struct sim_site site;
    struct sim_answer answer;

    if (!scn_name_from_text(name, strlen(name), NULL, wire) ||
        !sim_world_route(world, &address, wire, &site)) {
        return SIM_ECONFLICT;
    }
    return sim_answer_question(&site, &q, arena, &answer);
}

static enum sim_status ask_all(struct sim_world *world,
                               struct sim_instance *instance)
{
    static const char *const names[] = { "t.",       "x.t.",     "x.w.t.",
                                         "x.d.t.",   "alias.t.", "x.child.t.",
                                         "y.y.y.t.", "spoilt.t." };
    struct sim_arena *arena = sim_arena_new();
    enum sim_status st = arena != NULL ? SIM_OK : SIM_ENOMEM;

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && st == SIM_OK;
         i++) {
        st = ask(world, instance, names[i], SIM_TYPE_CAA, arena);
    }
    sim_arena_free(arena);
    return st;
}

static enum sim_status live(const struct scn_instance *model)
{
    static const struct scn_rrset_id withdrawn = { (const uint8_t *)"\1t",
                                                   SIM_TYPE_CAA };
    const struct sim_options options = test_options();
    struct sim_world *world = NULL;
    struct sim_instance *instance = NULL;
    char *text = NULL;
    enum sim_status st = sim_world_new(&options, &world);

    if (st == SIM_OK) {
        st = sim_world_add(world, model, &instance);
    }
    if (st == SIM_OK) {
        st = sim_world_open(world);
    }
    if (st == SIM_OK) {
        st = ask_all(world, instance);
    }
    if (st == SIM_OK) {
        st = sim_instance_withdraw(instance, &withdrawn, 1);
    }
    if (st == SIM_OK) {
        st = sim_instance_zone_text(instance, 0, &text);
    }
    free(text);
    text = NULL;
    if (st == SIM_OK) {
        text = sim_world_trust_anchor(world, instance);
        st = text != NULL ? SIM_OK : SIM_ENOMEM;
    }
    free(text);
    sim_world_free(world);
    return st;
}

static struct test_model *make(enum scn_denial denial)
{
    struct test_model *model = test_model_new("t", "t.");

    test_zone(model, "t.", "top")->denial = denial;
    test_caa(model, "t.", "ca.test");
    test_address(model, "*.w.t.");
    test_alias(model, "d.t.", SIM_TYPE_DNAME, "w.t.");
    test_alias(model, "alias.t.", SIM_TYPE_CNAME, "t.");
    test_damage(model, SCN_WRONG_NEXT, "spoilt.t.", SCN_TYPE_DENIAL);
    test_zone(model, "child.t.", "child")->dnssec = SCN_UNSIGNED;
    return model;
}

static void every_allocation_may_fail(void **state)
{
    static const enum scn_denial denials[] = {
        SCN_DENIAL_NSEC, SCN_DENIAL_NSEC3, SCN_DENIAL_COMPACT,
        SCN_DENIAL_NSEC_WHITE_LIES, SCN_DENIAL_NSEC3_WHITE_LIES
    };

    (void)state;
    for (size_t d = 0; d < sizeof(denials) / sizeof(denials[0]); d++) {
        struct test_model *model = make(denials[d]);
        enum sim_status st = SIM_ENOMEM;
        size_t count = 0;

        for (; st != SIM_OK; count++) {
            allocator.left = count;
            allocator.failed = false;
            allocator.armed = true;
            st = live(test_model_instance(model));
            allocator.armed = false;
            assert_true(st == SIM_OK || st == SIM_ENOMEM);
            assert_int_equal(st == SIM_OK, !allocator.failed);
        }
        assert_true(count > 50);
        test_model_free(model);
    }
}

enum { ASKED = 6 };

static size_t journaled(const struct sim_world *world,
                        const struct sim_instance *instance)
{
    return sim_journal_count(sim_instance_journal(instance)) +
           sim_journal_count(sim_world_journal(world));
}

/* Twice, so that the second reply may be one that was kept; the last name is
 * nobody's. */
static enum sim_status respond(struct sim_world *world,
                               struct sim_instance *instance)
{
    static const uint8_t *const names[] = { (const uint8_t *)"\1x\1t",
                                            (const uint8_t *)"\1t",
                                            (const uint8_t *)"\6nobody" };
    struct sim_responder *responder = NULL;
    struct sim_reaction reaction = { .count = 0 };
    struct packet p;
    enum sim_status st = sim_responder_new(world, &responder);

    for (unsigned i = 0; st == SIM_OK && i < ASKED; i++) {
        struct sim_incoming in = { .transport = SCN_UDP };
        packet_query(&p, names[i / 2], SIM_TYPE_CAA, 0);
        in.octets = p.octets;
        in.len = p.len;
        in.local =
            i < 4 ? sim_instance_server(instance, "top", 4)
                  : sim_network_place(SIM_NETWORK_SANDBOX, SIM_PLACE_ROOT, 0);
        st = sim_respond(responder, &in, &reaction);
        assert_int_equal(reaction.count, st == SIM_OK);
        reaction.count = 0;
    }
    sim_responder_free(responder);
    return st;
}

/* What cannot be kept is no failure. */
static void whoever_answers_may_lack_memory_too(void **state)
{
    struct test_model *model = make(SCN_DENIAL_NSEC);
    enum sim_status st = SIM_ENOMEM;
    size_t count = 0;

    (void)state;
    do {
        const struct sim_options options = test_options();
        struct sim_instance *instance = NULL;
        struct sim_world *world = test_world(model, &options, &instance);
        allocator.left = count++;
        allocator.failed = false;
        allocator.armed = true;
        st = respond(world, instance);
        allocator.armed = false;
        assert_true(st == SIM_OK || (st == SIM_ENOMEM && allocator.failed));
        if (st == SIM_OK) {
            assert_int_equal(journaled(world, instance), ASKED);
        }
        sim_world_free(world);
    } while (allocator.failed);
    assert_int_equal(st, SIM_OK);
    assert_true(count > 15);
    test_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(whoever_answers_may_lack_memory_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
