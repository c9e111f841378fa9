/* SPDX-License-Identifier: BSD-2-Clause */
#include "lab.h"
#include "lab_support.h"
#include "testing.h"

static const struct cfm_lab_facts unbound = { .resolver = CFM_RESOLVER_UNBOUND,
                                              .ipv6 = true };
static const struct cfm_lab_facts address = { .resolver =
                                                  CFM_RESOLVER_ADDRESS };
static const struct cfm_lab_facts none = { .resolver = CFM_RESOLVER_NONE,
                                           .ipv6 = true };

static void runs_an_ordinary_instance_everywhere(void **state)
{
    (void)state;
    const struct scn_instance plain = { .universe = SCN_SHARED };
    assert_null(cfm_lab_cannot_run(&plain, &unbound));
    assert_null(cfm_lab_cannot_run(&plain, &address));
    assert_null(cfm_lab_cannot_run(&plain, &none));
}

static void needs_ipv6_for_a_server_that_has_nothing_else(void **state)
{
    (void)state;
    const struct scn_server servers[] = { { .family = SCN_BOTH_FAMILIES },
                                          { .family = SCN_IPV6 } };
    const struct scn_instance six = { .servers = servers, .server_count = 2 };
    const struct scn_instance both = { .servers = servers, .server_count = 1 };
    const struct cfm_lab_facts without = { .resolver = CFM_RESOLVER_UNBOUND };
    assert_null(cfm_lab_cannot_run(&six, &unbound));
    assert_non_null(cfm_lab_cannot_run(&six, &without));
    assert_non_null(cfm_lab_cannot_run(&six, &address));
    assert_null(cfm_lab_cannot_run(&both, &without));
}

static void needs_the_labs_own_resolver_for_a_private_root(void **state)
{
    (void)state;
    const struct scn_instance private = { .universe = SCN_PRIVATE };
    assert_null(cfm_lab_cannot_run(&private, &unbound));
    assert_null(cfm_lab_cannot_run(&private, &none));
    assert_non_null(cfm_lab_cannot_run(&private, &address));
}

static void needs_a_resolver_where_one_is_set_up_or_asked(void **state)
{
    (void)state;
    const struct scn_step query = { .kind = SCN_STEP_QUERY };
    const struct scn_instance asks = { .steps = &query, .step_count = 1 };
    const struct scn_instance sets[] = {
        { .resolver = { .qname_minimisation = SCN_QMIN_DISABLED } },
        { .resolver = { .case_randomisation = true } },
        { .resolver = { .trust_anchor = SCN_ANCHOR_NONE } },
        { .resolver = { .negative_trust_anchor_count = 1 } },
    };
    assert_non_null(cfm_lab_cannot_run(&asks, &none));
    assert_null(cfm_lab_cannot_run(&asks, &address));
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        assert_non_null(cfm_lab_cannot_run(&sets[i], &none));
        assert_null(cfm_lab_cannot_run(&sets[i], &unbound));
    }
}

static void has_remote_perspectives_where_it_runs_the_resolvers(void **state)
{
    (void)state;
    const struct scn_server six = { .family = SCN_IPV6 };
    const struct scn_instance remote = { .remotes = SCN_REMOTES_MAX };
    const struct scn_instance unfit[] = {
        { .remotes = 2, .universe = SCN_PRIVATE },
        { .remotes = 2, .servers = &six, .server_count = 1 },
    };
    assert_null(cfm_lab_cannot_run(&remote, &unbound));
    assert_non_null(cfm_lab_cannot_run(&remote, &none));
    assert_non_null(cfm_lab_cannot_run(&remote, &address));
    for (size_t i = 0; i < sizeof unfit / sizeof *unfit; i++) {
        assert_non_null(cfm_lab_cannot_run(&unfit[i], &unbound));
    }
}

static void starts_what_waits_before_what_is_slow_before_the_rest(void **state)
{
    (void)state;
    const struct scn_step steps[] = { { .kind = SCN_STEP_CHECK },
                                      { .kind = SCN_STEP_WAIT } };
    const struct scn_fault drop = { .action = { .drop = SCN_DROP_QUERY } };
    const struct scn_fault late = { .action = { .delay_ms = 300 } };
    const struct scn_fault rcode = { .action = { .rcode = 2 } };
    const struct scn_zone dropped = { .faults = &drop, .fault_count = 1 };
    const struct scn_zone delayed = { .faults = &late, .fault_count = 1 };
    const struct scn_zone failed = { .faults = &rcode, .fault_count = 1 };
    const struct scn_instance waits = { .steps = steps, .step_count = 2 };
    const struct scn_instance slow[] = {
        { .zones = &dropped, .zone_count = 1 },
        { .zones = &delayed, .zone_count = 1 },
        { .universe = SCN_PRIVATE },
    };
    const struct scn_instance quick = { .zones = &failed, .zone_count = 1 };
    assert_int_equal(cfm_lab_urgency(&waits), CFM_URGENT);
    for (size_t i = 0; i < sizeof slow / sizeof *slow; i++) {
        assert_int_equal(cfm_lab_urgency(&slow[i]), CFM_SOON);
    }
    assert_int_equal(cfm_lab_urgency(&quick), CFM_LATER);
}

static void sends_a_result_for_each_check_that_is_wanted(void **state)
{
    (void)state;
    static const struct scn_check first = { .address = "a/first" };
    static const struct scn_check second = { .address = "a/second" };
    const struct scn_step steps[] = {
        { .kind = SCN_STEP_CHECK, .check = &first },
        { .kind = SCN_STEP_FORGET_JOURNAL },
        { .kind = SCN_STEP_CHECK, .check = &second },
    };
    const struct scn_instance model = { .steps = steps, .step_count = 3 };
    const char *wanted[] = { "a/second", "b" };
    const struct cfm_selected all = { .wanted = NULL };
    const struct cfm_selected some = { .wanted = wanted, .wanted_count = 2 };
    const struct cfm_selected nothing = { .wanted = wanted, .wanted_count = 0 };
    assert_true(cfm_lab_wants(&all, "a/first"));
    assert_true(cfm_lab_wants(&some, "a/second"));
    assert_false(cfm_lab_wants(&some, "a/first"));
    assert_int_equal(cfm_lab_results(&all, &model), 2);
    assert_int_equal(cfm_lab_results(&some, &model), 1);
    assert_int_equal(cfm_lab_results(&nothing, &model), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_an_ordinary_instance_everywhere),
        cmocka_unit_test(needs_ipv6_for_a_server_that_has_nothing_else),
        cmocka_unit_test(needs_the_labs_own_resolver_for_a_private_root),
        cmocka_unit_test(needs_a_resolver_where_one_is_set_up_or_asked),
        cmocka_unit_test(has_remote_perspectives_where_it_runs_the_resolvers),
        cmocka_unit_test(starts_what_waits_before_what_is_slow_before_the_rest),
        cmocka_unit_test(sends_a_result_for_each_check_that_is_wanted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
