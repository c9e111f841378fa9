/* SPDX-License-Identifier: BSD-2-Clause */
/* RDATA that ought to be a name, and what is said where it is none. */
#include "models.h"
#include "rrset.h"
#include "rrtype.h"
#include "testing.h"
#include "universe.h"

#include <scenario/name.h>

#include <string.h>

static void a_name_ends_within(void **state)
{
    (void)state;
    assert_int_equal(sim_name_within((const uint8_t *)"\1a\0", 3), 3);
    assert_int_equal(sim_name_within((const uint8_t *)"\1a\0xx", 5), 3);
    assert_int_equal(sim_name_within((const uint8_t *)"", 1), 1);
    assert_int_equal(sim_name_within(NULL, 0), 0);
    assert_int_equal(sim_name_within((const uint8_t *)"\1a", 2), 0);
    assert_int_equal(sim_name_within((const uint8_t *)"\5a", 2), 0);
    assert_int_equal(sim_name_within((const uint8_t *)"\xc0\0", 2), 0);
    assert_int_equal(sim_name_within((const uint8_t *)"\100\0", 2), 0);
}

static void a_name_has_at_most_255_octets(void **state)
{
    uint8_t name[257];

    (void)state;
    for (size_t at = 0; at < 256; at += 64) {
        name[at] = 63;
        memset(name + at + 1, 'x', 63);
    }
    name[256] = 0;
    assert_int_equal(sim_name_within(name, 257), 0);
    name[192] = 61;
    name[254] = 0;
    assert_int_equal(sim_name_within(name, 255), 255);
}

static void nothing_may_follow_it(void **state)
{
    const struct sim_rdata whole = { (const uint8_t *)"\1a\0", 3 };
    const struct sim_rdata more = { (const uint8_t *)"\1a\0x", 4 };
    const struct sim_rdata none = { NULL, 0 };

    (void)state;
    assert_ptr_equal(sim_rdata_name(&whole), whole.octets);
    assert_null(sim_rdata_name(&more));
    assert_null(sim_rdata_name(&none));
}

/* An author may write any octets: they are served, and nothing is followed. */
static void serves_aliases_and_servers_that_are_no_names(void **state)
{
    const struct sim_options options = test_options();
    struct test_model *model = test_model_new("t", "t.");
    struct sim_arena *arena = sim_arena_new();
    struct sim_instance *instance = NULL;
    struct sim_answer a;

    (void)state;
    (void)test_zone(model, "t.", "t");
    test_record(model, "c.t.", SIM_TYPE_CNAME, "\77xx", 3);
    test_record(model, "*.w.t.", SIM_TYPE_CNAME, "", 0);
    test_record(model, "d.t.", SIM_TYPE_DNAME, "\xc0\0", 2);
    test_record(model, "n.t.", SIM_TYPE_NS, "\5", 1);
    struct sim_world *world = test_world(model, &options, &instance);
    a = test_ask(instance, "t", "c.t.", SIM_TYPE_CAA, arena);
    assert_int_equal(test_count(&a.answer, "c.t.", SIM_TYPE_CNAME), 1);
    a = test_ask(instance, "t", "x.w.t.", SIM_TYPE_CAA, arena);
    assert_int_equal(test_count(&a.answer, "x.w.t.", SIM_TYPE_CNAME), 1);
    a = test_ask(instance, "t", "x.d.t.", SIM_TYPE_CAA, arena);
    assert_int_equal(a.rcode, SIM_NOERROR);
    assert_int_equal(test_count(&a.answer, "d.t.", SIM_TYPE_DNAME), 1);
    assert_int_equal(test_count(&a.answer, NULL, SIM_TYPE_CNAME), 0);
    a = test_ask(instance, "t", "x.n.t.", SIM_TYPE_CAA, arena);
    assert_int_equal(test_count(&a.authority, "n.t.", SIM_TYPE_NS), 1);
    assert_int_equal(a.additional.count, 0);
    sim_arena_free(arena);
    sim_world_free(world);
    test_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_ends_within),
        cmocka_unit_test(a_name_has_at_most_255_octets),
        cmocka_unit_test(nothing_may_follow_it),
        cmocka_unit_test(serves_aliases_and_servers_that_are_no_names),
    };

    return cmocka_run_group_tests_name("authsim.rrset", tests, NULL, NULL);
}
