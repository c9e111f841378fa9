/* SPDX-License-Identifier: BSD-2-Clause */
#include "models.h"
#include "rrtype.h"
#include "testing.h"
#include "universe.h"

#include <scenario/name.h>

static struct test_model *simple(const char *key, const char *apex)
{
    struct test_model *model = test_model_new(key, apex);

    test_zone(model, apex, "top");
    test_caa(model, apex, "ca.test");
    return model;
}

/* The NS RRs of the referral that the root of world gives for name. */
static size_t referral(struct sim_instance *instance, const char *name)
{
    struct sim_arena *arena = sim_arena_new();
    struct sim_answer a = test_ask(instance, "root", name, SIM_TYPE_CAA, arena);
    const size_t count = test_count(&a.authority, name, SIM_TYPE_NS);

    sim_arena_free(arena);
    return count;
}

/* Whether the instance's server answers at its address. */
static bool is_reached(struct sim_world *world, struct sim_instance *instance,
                       const uint8_t *name)
{
    struct sim_address at = sim_instance_server(instance, "top", 4);
    struct sim_site site;

    return sim_world_route(world, &at, name, &site) &&
           site.instance == instance;
}

static void an_instance_joins_and_leaves(void **state)
{
    struct test_model *first = simple("a", "a.");
    struct test_model *second = simple("b", "b.");
    const struct sim_options options = test_options();
    struct sim_instance *a = NULL;
    struct sim_instance *b = NULL;
    struct sim_world *world = test_world(first, &options, &a);

    (void)state;
    assert_int_equal(referral(a, "b."), 0);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(sim_world_join(world, test_model_instance(second), &b),
                         SIM_OK);
        assert_int_equal(sim_world_count(world), 2);
        assert_int_equal(referral(a, "b."), 1);
        assert_ptr_equal(sim_world_find(world, (const uint8_t *)"\1b"), b);
        assert_true(is_reached(world, b, (const uint8_t *)"\1b"));
        assert_true(is_reached(world, a, (const uint8_t *)"\1a"));
        assert_int_equal(sim_world_leave(world, b), SIM_OK);
        assert_int_equal(sim_world_count(world), 1);
        assert_int_equal(referral(a, "b."), 0);
        assert_null(sim_world_find(world, (const uint8_t *)"\1b"));
    }
    assert_true(is_reached(world, a, (const uint8_t *)"\1a"));
    sim_world_free(world);
    test_model_free(first);
    test_model_free(second);
}

static void who_joins_is_as_who_was_there(void **state)
{
    struct test_model *first = simple("a", "a.");
    struct test_model *second = simple("b", "b.");
    const struct sim_options options = test_options();
    struct sim_instance *a = NULL;
    struct sim_instance *b = NULL;
    struct sim_world *world = test_world(second, &options, &b);
    const struct sim_address there = sim_instance_server(b, "top", 4);

    (void)state;
    sim_world_free(world);
    world = test_world(first, &options, &a);
    assert_int_equal(sim_world_join(world, test_model_instance(second), &b),
                     SIM_OK);
    const struct sim_address here = sim_instance_server(b, "top", 4);
    assert_true(sim_address_same_host(&there, &here));
    sim_world_free(world);
    test_model_free(first);
    test_model_free(second);
}

static void private_servers_keep_apart(void **state)
{
    struct test_model *first = simple("p", ".");
    struct test_model *second = simple("q", ".");
    const struct sim_options options = test_options();
    struct sim_instance *p = NULL;
    struct sim_instance *q = NULL;
    struct sim_world *world = test_world(first, &options, &p);
    const uint64_t generation = world->generation;

    (void)state;
    assert_int_equal(sim_world_join(world, test_model_instance(second), &q),
                     SIM_OK);
    assert_true(world->generation > generation);
    assert_true(is_reached(world, p, (const uint8_t *)"\1x"));
    assert_true(is_reached(world, q, (const uint8_t *)"\1x"));
    assert_int_equal(sim_world_leave(world, p), SIM_OK);
    assert_true(is_reached(world, q, (const uint8_t *)"\1x"));
    sim_world_free(world);
    test_model_free(first);
    test_model_free(second);
}

static void a_second_owner_of_an_apex_stays_out(void **state)
{
    struct test_model *first = simple("a", "a.");
    struct test_model *second = simple("b", "a.");
    const struct sim_options options = test_options();
    struct sim_instance *a = NULL;
    struct sim_instance *b = NULL;
    struct sim_world *world = test_world(first, &options, &a);

    (void)state;
    assert_int_equal(sim_world_join(world, test_model_instance(second), &b),
                     SIM_ECONFLICT);
    assert_int_equal(sim_world_count(world), 1);
    assert_ptr_equal(sim_world_find(world, (const uint8_t *)"\1a"), a);
    sim_world_free(world);
    test_model_free(first);
    test_model_free(second);
}

static void nobody_joins_a_world_that_is_not_open(void **state)
{
    struct test_model *model = simple("a", "a.");
    const struct sim_options options = test_options();
    struct sim_instance *a = NULL;
    struct sim_world *world = NULL;

    (void)state;
    assert_int_equal(sim_world_new(&options, &world), SIM_OK);
    assert_int_equal(sim_world_join(world, test_model_instance(model), &a),
                     SIM_ECONFLICT);
    sim_world_free(world);
    test_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_instance_joins_and_leaves),
        cmocka_unit_test(who_joins_is_as_who_was_there),
        cmocka_unit_test(private_servers_keep_apart),
        cmocka_unit_test(a_second_owner_of_an_apex_stays_out),
        cmocka_unit_test(nobody_joins_a_world_that_is_not_open),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
