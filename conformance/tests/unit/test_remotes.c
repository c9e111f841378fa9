/* SPDX-License-Identifier: BSD-2-Clause */
/* test_remotes.c - how many there are, and where; a lab runs them. */
#include "remotes.h"
#include "testing.h"

#include <stdlib.h>
#include <string.h>

static struct scn_instance models[4];
static struct cfm_lab_instance entries[4];

/* The world of this test: an instance for each index but the last. */
const struct cfm_lab_instance *__wrap_cfm_lab_world_find(
    const struct cfm_lab_world *world, const struct scn_scenario *scenario,
    size_t index);

const struct cfm_lab_instance *__wrap_cfm_lab_world_find(
    const struct cfm_lab_world *world, const struct scn_scenario *scenario,
    size_t index)
{
    (void)world;
    (void)scenario;
    return index < 3 ? &entries[index] : NULL;
}

static unsigned needed(const struct cfm_settings *settings, size_t count)
{
    static const struct cfm_selected selected[] = {
        { .index = 0 }, { .index = 1 }, { .index = 2 }, { .index = 3 }
    };
    static const struct cfm_lab_world world = { .count = 0 };

    for (size_t i = 0; i < 4; i++) {
        entries[i].model = &models[i];
    }
    return cfm_remotes_needed(settings, &world, selected, count);
}

static void starts_as_many_as_the_greatest_check_needs(void **state)
{
    const struct cfm_settings settings = { .resolver = CFM_RESOLVER_UNBOUND,
                                           .features = SCN_F_PERSPECTIVES };

    (void)state;
    models[0].remotes = 0;
    models[1].remotes = 5;
    models[2].remotes = 2;
    models[3].remotes = 9; /* of no instance */
    assert_int_equal(needed(&settings, 0), 0);
    assert_int_equal(needed(&settings, 1), 0);
    assert_int_equal(needed(&settings, 2), 5);
    assert_int_equal(needed(&settings, 4), 5);
}

static void starts_none_for_who_has_no_use_for_them(void **state)
{
    const struct cfm_settings without[] = {
        { .resolver = CFM_RESOLVER_UNBOUND },
        { .resolver = CFM_RESOLVER_ADDRESS, .features = SCN_F_PERSPECTIVES },
        { .resolver = CFM_RESOLVER_NONE, .features = SCN_F_PERSPECTIVES },
    };

    (void)state;
    models[0].remotes = 5;
    for (size_t i = 0; i < sizeof without / sizeof *without; i++) {
        assert_int_equal(needed(&without[i], 1), 0);
    }
}

static size_t count_commas(const char *text)
{
    size_t commas = 0;
    for (const char *at = text; *at != '\0'; at++) {
        commas += *at == ',';
    }
    return commas;
}

static void tells_addresses_that_differ_joined_by_commas(void **state)
{
    (void)state;
    char *none = cfm_remotes_text(SIM_NETWORK_SANDBOX, 0);
    char *one = cfm_remotes_text(SIM_NETWORK_SANDBOX, 1);
    char *all = cfm_remotes_text(SIM_NETWORK_SANDBOX, SCN_REMOTES_MAX);
    assert_string_equal(none, "");
    assert_int_equal(count_commas(one), 0);
    assert_int_equal(count_commas(all), SCN_REMOTES_MAX - 1);
    assert_int_equal(strncmp(all, one, strlen(one)), 0);
    char *rest = NULL;
    for (const char *address = strtok_r(all, ",", &rest); address != NULL;
         address = strtok_r(NULL, ",", &rest)) {
        assert_null(strstr(rest, address));
    }
    free(none);
    free(one);
    free(all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(starts_as_many_as_the_greatest_check_needs),
        cmocka_unit_test(starts_none_for_who_has_no_use_for_them),
        cmocka_unit_test(tells_addresses_that_differ_joined_by_commas),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
