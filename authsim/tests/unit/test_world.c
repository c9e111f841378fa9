/* SPDX-License-Identifier: BSD-2-Clause */
/* Worlds: adding, addresses, routing, hints and anchors. */
#include "models.h"
#include "rrtype.h"
#include "testing.h"
#include "universe.h"

#include <scenario/name.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct test_model *simple(const char *key, const char *apex)
{
    struct test_model *model = test_model_new(key, apex);

    test_zone(model, apex, strcmp(apex, ".") == 0 ? "root" : "top");
    return model;
}

static struct sim_world *new_world(void)
{
    const struct sim_options options = test_options();
    struct sim_world *world = NULL;

    assert_int_equal(sim_world_new(&options, &world), SIM_OK);
    return world;
}

static struct sim_instance *add(struct sim_world *world,
                                struct test_model *model)
{
    struct sim_instance *instance = NULL;

    assert_int_equal(
        sim_world_add(world, test_model_instance(model), &instance), SIM_OK);
    return instance;
}

static void refuses_a_second_owner_of_an_apex(void **state)
{
    struct sim_world *world = new_world();
    struct test_model *first = simple("a", "a.");
    struct test_model *second = simple("b", "a.");
    struct sim_instance *instance = NULL;

    (void)state;
    (void)add(world, first);
    assert_int_equal(
        sim_world_add(world, test_model_instance(second), &instance),
        SIM_ECONFLICT);
    assert_null(instance);
    assert_int_equal(sim_world_count(world), 1);
    sim_world_free(world);
    test_model_free(first);
    test_model_free(second);
}

static void makes_only_slow_keys_before_they_are_asked_for(void **state)
{
    static const uint8_t rsa[] = { 13, 8 };
    struct sim_world *world = new_world();
    struct test_model *quick = simple("a", "a.");
    struct test_model *slow = test_model_new("b", "b.");
    struct scn_zone *zone = test_zone(slow, "b.", "top");
    struct sim_instance *a = NULL;
    struct sim_instance *b = NULL;

    (void)state;
    zone->algorithms = rsa;
    zone->algorithm_count = sizeof(rsa);
    a = add(world, quick);
    b = add(world, slow);
    assert_int_equal(sim_instance_warm(a), SIM_OK);
    assert_int_equal(sim_instance_warm(b), SIM_OK);
    assert_null(a->zones[0]->keys);
    assert_int_equal(b->zones[0]->key_count, 2);
    sim_world_free(world);
    test_model_free(quick);
    test_model_free(slow);
}

static void is_closed_to_instances_once_open(void **state)
{
    struct sim_world *world = new_world();
    struct test_model *model = simple("a", "a.");
    struct sim_instance *instance = NULL;
    struct sim_site site;
    struct sim_address root =
        sim_network_place(SIM_NETWORK_SANDBOX, SIM_PLACE_ROOT, 0);

    (void)state;
    assert_false(sim_world_route(world, &root, (const uint8_t *)"", &site));
    assert_int_equal(sim_world_open(world), SIM_OK);
    assert_int_equal(sim_world_open(world), SIM_ECONFLICT);
    assert_int_equal(
        sim_world_add(world, test_model_instance(model), &instance),
        SIM_ECONFLICT);
    sim_world_free(world);
    sim_world_free(NULL);
    test_model_free(model);
}

static void finds_the_owner_of_a_name(void **state)
{
    struct sim_world *world = new_world();
    struct test_model *shallow = simple("a", "a.");
    struct test_model *deep = simple("b", "b.suffix.org.");
    struct sim_instance *a = add(world, shallow);
    struct sim_instance *b = add(world, deep);

    (void)state;
    assert_ptr_equal(sim_world_find(world, (const uint8_t *)"\3www\1A"), a);
    assert_ptr_equal(
        sim_world_find(world, (const uint8_t *)"\1x\1b\6suffix\3org"), b);
    assert_null(sim_world_find(world, (const uint8_t *)"\6suffix\3org"));
    assert_null(sim_world_find(world, (const uint8_t *)""));
    assert_ptr_equal(sim_world_at(world, 1), b);
    assert_null(sim_world_at(world, 2));
    assert_ptr_equal(sim_instance_model(b), test_model_instance(deep));
    assert_non_null(sim_instance_journal(b));
    sim_world_free(world);
    test_model_free(shallow);
    test_model_free(deep);
}

/* The root delegates a deep apex; what is between exists and is empty. */
static void root_delegates_an_apex_below_a_suffix(void **state)
{
    struct test_model *model = simple("b", "b.suffix.org.");
    const struct sim_options options = test_options();
    struct sim_arena *arena = sim_arena_new();
    struct sim_instance *instance = NULL;
    struct sim_world *world = test_world(model, &options, &instance);
    struct sim_answer between =
        test_ask(instance, "root", "suffix.org.", SIM_TYPE_A, arena);
    struct sim_answer below =
        test_ask(instance, "root", "x.b.suffix.org.", SIM_TYPE_A, arena);

    (void)state;
    assert_int_equal(between.rcode, SIM_NOERROR);
    assert_int_equal(between.answer.count, 0);
    assert_int_equal(test_count(&below.authority, "b.suffix.org.", SIM_TYPE_DS),
                     1);
    sim_arena_free(arena);
    sim_world_free(world);
    test_model_free(model);
}

static void addresses_do_not_depend_on_the_order_of_loading(void **state)
{
    struct test_model *models[3] = { simple("a", "a."), simple("b", "b."),
                                     simple("p", ".") };
    struct sim_address seen[2][3];

    (void)state;
    for (size_t round = 0; round < 2; round++) {
        struct sim_world *world = new_world();
        struct sim_instance *instances[3];

        for (size_t i = 0; i < 3; i++) {
            size_t which = round == 0 ? i : 2 - i;

            instances[which] = add(world, models[which]);
        }
        assert_int_equal(sim_world_open(world), SIM_OK);
        for (size_t i = 0; i < 3; i++) {
            const char *label = i == 2 ? "root" : "top";

            seen[round][i] = sim_instance_server(instances[i], label, 4);
            assert_int_equal(sim_instance_server(instances[i], label, 6).family,
                             6);
        }
        sim_world_free(world);
    }
    for (size_t i = 0; i < 3; i++) {
        assert_true(sim_address_same_host(&seen[0][i], &seen[1][i]));
        test_model_free(models[i]);
    }
    assert_false(sim_address_same_host(&seen[0][0], &seen[0][1]));
    assert_int_equal(seen[0][0].octets[1], 18);
    assert_int_equal(seen[0][2].octets[1], 19);
}

static void servers_have_the_family_they_are_given(void **state)
{
    static const struct scn_server servers[] = { { "four", SCN_IPV4 },
                                                 { "six", SCN_IPV6 } };
    static const uint16_t both[] = { 0, 1 };
    struct test_model *model = test_model_new("a", "a.");
    const struct sim_options options = test_options();
    struct sim_arena *arena = sim_arena_new();
    struct sim_instance *instance = NULL;
    struct scn_zone *zone = test_zone(model, "a.", "four");
    struct sim_world *world;
    struct sim_answer a;

    (void)state;
    zone->servers = both;
    zone->server_count = 2;
    test_model_instance(model)->servers = servers;
    test_model_instance(model)->server_count = 2;
    world = test_world(model, &options, &instance);
    assert_int_equal(sim_instance_server(instance, "four", 6).family, 0);
    assert_int_equal(sim_instance_server(instance, "six", 4).family, 0);
    assert_int_equal(sim_instance_server(instance, "six", 6).family, 6);
    assert_int_equal(sim_instance_server(instance, "none", 4).family, 0);
    a = test_ask(instance, "root", "a.", SIM_TYPE_A, arena);
    assert_int_equal(a.additional.count, 2);
    sim_arena_free(arena);
    sim_world_free(world);
    test_model_free(model);
}

/* Two instances made to share an address: the name tells whose query it is. */
static void the_name_tells_servers_with_one_address_apart(void **state)
{
    struct sim_world *world = new_world();
    struct test_model *models[2] = { simple("a", "a."), simple("b", "b.") };
    struct sim_instance *a = add(world, models[0]);
    struct sim_instance *b = add(world, models[1]);
    struct sim_address address;
    struct sim_site site;

    (void)state;
    assert_int_equal(sim_world_open(world), SIM_OK);
    b->hosts[0].v4 = a->hosts[0].v4;
    address = sim_instance_server(a, "top", 4);
    assert_true(
        sim_world_route(world, &address, (const uint8_t *)"\1b", &site));
    assert_ptr_equal(site.instance, b);
    assert_true(
        sim_world_route(world, &address, (const uint8_t *)"\1a", &site));
    assert_ptr_equal(site.instance, a);
    assert_string_equal(site.server, "top");
    /* a name that is nobody's: whoever has the address refuses it */
    assert_true(
        sim_world_route(world, &address, (const uint8_t *)"\1c", &site));
    assert_ptr_equal(site.instance, a);
    sim_world_free(world);
    test_model_free(models[0]);
    test_model_free(models[1]);
}

static void routes_to_roots_and_drops_the_rest(void **state)
{
    struct sim_world *world = new_world();
    struct test_model *shared = simple("a", "a.");
    struct test_model *private = simple("p", ".");
    struct sim_instance *a = add(world, shared);
    struct sim_instance *p = add(world, private);
    struct sim_address address;
    struct sim_site site;

    (void)state;
    assert_int_equal(sim_world_open(world), SIM_OK);
    address = sim_network_place6(SIM_NETWORK_SANDBOX, SIM_PLACE_ROOT, 0);
    assert_true(
        sim_world_route(world, &address, (const uint8_t *)"\1x\1a", &site));
    assert_ptr_equal(site.instance, a);
    assert_string_equal(site.server, "root");
    assert_true(
        sim_world_route(world, &address, (const uint8_t *)"\1x", &site));
    assert_null(site.instance);
    address = sim_instance_server(p, "root", 4);
    assert_true(
        sim_world_route(world, &address, (const uint8_t *)"\1x\1a", &site));
    assert_ptr_equal(site.instance, p);
    assert_string_equal(site.server, "root");
    assert_true(sim_address_from_text("198.18.99.99", &address));
    assert_false(sim_world_route(world, &address, (const uint8_t *)"", &site));
    sim_world_free(world);
    test_model_free(shared);
    test_model_free(private);
}

static void tells_hints_and_anchor_of_the_shared_root(void **state)
{
    struct sim_world *world = new_world();
    char *hints = sim_world_root_hints(world, NULL);
    char *anchor = sim_world_trust_anchor(world, NULL);

    (void)state;
    assert_string_equal(hints, ".\t3600000\tIN\tNS\tns-root.\n"
                               "ns-root.\t3600000\tIN\tA\t198.18.0.1\n"
                               "ns-root.\t3600000\tIN\tAAAA\t2001:2::1\n");
    assert_memory_equal(anchor, ".\t3600000\tIN\tDS\t", 16);
    free(hints);
    free(anchor);
    sim_world_free(world);
}

static void tells_hints_and_anchor_of_a_private_root(void **state)
{
    struct test_model *model = simple("p", ".");
    struct scn_instance *instance_model = test_model_instance(model);
    const struct sim_options options = test_options();
    struct sim_instance *instance = NULL;
    struct sim_world *world = test_world(model, &options, &instance);
    char *hints = sim_world_root_hints(world, instance);
    char *right = sim_world_trust_anchor(world, instance);
    char *wrong;
    char *none;

    (void)state;
    assert_non_null(strstr(hints, "ns-root.\t3600000\tIN\tA\t198.19."));
    instance_model->resolver.trust_anchor = SCN_ANCHOR_WRONG;
    wrong = sim_world_trust_anchor(world, instance);
    instance_model->resolver.trust_anchor = SCN_ANCHOR_NONE;
    none = sim_world_trust_anchor(world, instance);
    assert_int_equal(strlen(right), strlen(wrong));
    assert_string_not_equal(right, wrong);
    assert_string_equal(none, "");
    free(hints);
    free(right);
    free(wrong);
    free(none);
    sim_world_free(world);
    test_model_free(model);
}

/* A label too long for "ns-" in front is told by its number. */
static void hosts_of_long_labels_have_short_names(void **state)
{
    char label[64] = { 0 };
    struct test_model *model = test_model_new("a", "a.");
    const struct sim_options options = test_options();
    struct sim_instance *instance = NULL;
    struct sim_world *world;

    (void)state;
    memset(label, 'x', 62);
    test_zone(model, "a.", label);
    world = test_world(model, &options, &instance);
    assert_memory_equal(instance->hosts[0].name, "\4ns-0\1a", 8);
    sim_world_free(world);
    test_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_a_second_owner_of_an_apex),
        cmocka_unit_test(makes_only_slow_keys_before_they_are_asked_for),
        cmocka_unit_test(is_closed_to_instances_once_open),
        cmocka_unit_test(finds_the_owner_of_a_name),
        cmocka_unit_test(root_delegates_an_apex_below_a_suffix),
        cmocka_unit_test(addresses_do_not_depend_on_the_order_of_loading),
        cmocka_unit_test(servers_have_the_family_they_are_given),
        cmocka_unit_test(the_name_tells_servers_with_one_address_apart),
        cmocka_unit_test(routes_to_roots_and_drops_the_rest),
        cmocka_unit_test(tells_hints_and_anchor_of_the_shared_root),
        cmocka_unit_test(tells_hints_and_anchor_of_a_private_root),
        cmocka_unit_test(hosts_of_long_labels_have_short_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
