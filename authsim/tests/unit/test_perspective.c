/* SPDX-License-Identifier: BSD-2-Clause */
#include "models.h"
#include "perspective.h"
#include "testing.h"

enum { REMOTES = 3 };

static struct sim_address client(enum sim_network_kind kind, unsigned number)
{
    return sim_network_place(kind, SIM_PLACE_CLIENT, number);
}

static void expect(const struct sim_instance *instance,
                   enum sim_network_kind servers, struct sim_address who,
                   const char *expected)
{
    const struct sim_address local =
        sim_network_place(servers, SIM_PLACE_ROOT, 0);
    char text[SIM_PERSPECTIVE_MAX];

    who.port = 4321;
    assert_string_equal(sim_perspective(instance, &local, &who, text),
                        expected);
}

static void remotes_are_known_by_their_addresses(void **state)
{
    static const enum sim_network_kind kinds[] = { SIM_NETWORK_SANDBOX,
                                                   SIM_NETWORK_LOOPBACK };
    const struct sim_options options = test_options();
    struct test_model *model = test_model_new("t", "t.");
    struct sim_instance *instance = NULL;

    (void)state;
    (void)test_zone(model, "t.", "top");
    test_model_instance(model)->remotes = REMOTES;
    struct sim_world *world = test_world(model, &options, &instance);
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        expect(instance, kinds[i], client(kinds[i], 0), "primary");
        expect(instance, kinds[i], client(kinds[i], 1), "remote-1");
        expect(instance, kinds[i], client(kinds[i], REMOTES), "remote-3");
        expect(instance, kinds[i], client(kinds[i], REMOTES + 1), "primary");
        expect(instance, kinds[i], client(kinds[1 - i], 1), "primary");
    }
    sim_world_free(world);
    test_model_free(model);
}

static void nobody_has_no_remotes(void **state)
{
    (void)state;
    expect(NULL, SIM_NETWORK_SANDBOX, client(SIM_NETWORK_SANDBOX, 1),
           "primary");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(remotes_are_known_by_their_addresses),
        cmocka_unit_test(nobody_has_no_remotes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
