/* SPDX-License-Identifier: BSD-2-Clause */
#include "made_results.h"

static void add(struct cfm_results *results, const char *address,
                enum cfm_outcome outcome, const char *verdict)
{
    const struct made_line line = { address, outcome, verdict, "so" };

    made_add(results, &line);
}

static void sorts_by_address(void **state)
{
    struct cfm_results results = { 0 };

    (void)state;
    cfm_results_sort(&results);
    add(&results, "b/y", CFM_PASS, "permit");
    add(&results, "a", CFM_PASS, "permit");
    add(&results, "b/x", CFM_PASS, "permit");
    cfm_results_sort(&results);
    assert_string_equal(results.items[0].result.address, "a");
    assert_string_equal(results.items[1].result.address, "b/x");
    assert_string_equal(results.items[2].result.address, "b/y");
    cfm_results_fini(&results);
}

static void counts_outcomes_and_standings(void **state)
{
    struct cfm_results results = { 0 };

    (void)state;
    for (int i = 0; i < 100; i++) {
        add(&results, "a", i % 4 == 0 ? CFM_UNSAFE : CFM_PASS, "permit");
    }
    assert_int_equal(cfm_results_count(&results, CFM_UNSAFE), 25);
    assert_int_equal(cfm_results_count(&results, CFM_HUNG), 0);
    assert_int_equal(cfm_results_standing(&results, CFM_BAD), 25);
    assert_int_equal(cfm_results_standing(&results, CFM_GOOD), 75);
    cfm_results_fini(&results);
}

static void ends_well_only_when_nothing_failed(void **state)
{
    static const struct {
        enum cfm_outcome outcome;
        int status;
    } rows[] = {
        { CFM_PASS, 0 },         { CFM_UNSUPPORTED, 0 }, { CFM_UNSAFE, 1 },
        { CFM_OVERSTRICT, 1 },   { CFM_NO_EVIDENCE, 1 }, { CFM_HUNG, 1 },
        { CFM_WRONG_REASON, 1 }, { CFM_CRASHED, 1 },     { CFM_UNSTABLE, 1 },
        { CFM_LAB_ERROR, 3 },    { CFM_MISSING, 1 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct cfm_results results = { 0 };
        add(&results, "a", CFM_PASS, "permit");
        add(&results, "b", rows[i].outcome, NULL);
        assert_int_equal(cfm_results_exit(&results), rows[i].status);
        cfm_results_fini(&results);
    }
}

static void does_not_take_a_run_that_graded_nothing_for_a_success(void **state)
{
    struct cfm_results results = { 0 };

    (void)state;
    assert_int_equal(cfm_results_exit(&results), 1);
    add(&results, "a", CFM_UNSUPPORTED, NULL);
    assert_false(cfm_results_graded(&results));
    assert_int_equal(cfm_results_exit(&results), 1);
    add(&results, "b", CFM_PASS, "permit");
    assert_true(cfm_results_graded(&results));
    assert_int_equal(cfm_results_exit(&results), 0);
    add(&results, "c", CFM_MISSING, NULL);
    assert_int_equal(cfm_results_exit(&results), 1);
    cfm_results_fini(&results);
}

static void puts_a_failure_before_trouble_of_the_lab(void **state)
{
    struct cfm_results results = { 0 };

    (void)state;
    add(&results, "a", CFM_LAB_ERROR, NULL);
    add(&results, "b", CFM_UNSAFE, "permit");
    assert_int_equal(cfm_results_exit(&results), 1);
    cfm_results_fini(&results);
}

static void calls_what_differs_between_runs_unstable(void **state)
{
    struct cfm_results first = { 0 };
    struct cfm_results second = { 0 };
    struct cfm_results third = { 0 };

    (void)state;
    add(&first, "a", CFM_PASS, "permit");
    add(&first, "b", CFM_PASS, "permit");
    add(&first, "c", CFM_PASS, "permit");
    add(&first, "d", CFM_PASS, "permit");
    add(&first, "e", CFM_CRASHED, NULL);
    add(&second, "a", CFM_PASS, "permit");
    add(&second, "b", CFM_UNSAFE, "permit");
    add(&second, "c", CFM_PASS, "refuse");
    add(&second, "e", CFM_CRASHED, NULL);
    assert_int_equal(cfm_results_merge(&first, &second, 2), 0);
    assert_int_equal(second.count, 0);
    assert_int_equal(first.items[0].result.outcome, CFM_PASS);
    assert_int_equal(first.items[1].result.outcome, CFM_UNSTABLE);
    assert_int_equal(first.items[2].result.outcome, CFM_UNSTABLE);
    assert_int_equal(first.items[3].result.outcome, CFM_UNSTABLE);
    assert_int_equal(first.items[4].result.outcome, CFM_CRASHED);
    assert_string_equal(first.items[1].result.explanation,
                        "run 1: pass (so); run 2: unsafe (so)");
    assert_string_equal(first.items[3].result.explanation,
                        "run 1: pass (so); run 2: no result");
    add(&third, "b", CFM_PASS, "permit");
    assert_int_equal(cfm_results_merge(&first, &third, 3), 0);
    assert_string_equal(
        first.items[1].result.explanation,
        "run 1: pass (so); run 2: unsafe (so); run 3: pass (so)");
    cfm_results_judge(&first);
    assert_int_equal(first.items[1].standing, CFM_BAD);
    cfm_results_fini(&first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sorts_by_address),
        cmocka_unit_test(counts_outcomes_and_standings),
        cmocka_unit_test(ends_well_only_when_nothing_failed),
        cmocka_unit_test(does_not_take_a_run_that_graded_nothing_for_a_success),
        cmocka_unit_test(puts_a_failure_before_trouble_of_the_lab),
        cmocka_unit_test(calls_what_differs_between_runs_unstable),
    };

    return cmocka_run_group_tests_name("conformance.results", tests, NULL,
                                       NULL);
}
