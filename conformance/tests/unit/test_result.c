/* SPDX-License-Identifier: BSD-2-Clause */
#include "made.h"
#include "result.h"
#include "testing.h"

#include <stdlib.h>

static const struct cfm_settings settings = {
    .profile = SCN_TLS_BR,
    .policy_date = 20261101,
    .features = ~0U,
};

static struct cfm_result make_result(const struct cfm_observed *observed)
{
    const struct cfm_policy policy = { SCN_TLS_BR, 20261101, ~0U };
    struct sim_journal *journal = made_journal();
    struct cfm_result result = { 0 };

    made_dropped(journal, 2);
    struct cfm_graded graded =
        cfm_grade(&made_check, &policy, &made_looking, journal, observed);
    const struct cfm_trial trial = { &made_instance, &made_check, &settings,
                                     observed,       &graded,     journal };
    assert_int_equal(cfm_result_make(&trial, "Who does what", &result), 0);
    sim_journal_free(journal);
    return result;
}

static void holds_everything_a_report_needs(void **state)
{
    char output[] = "refused\x1B\n";
    const struct cfm_observed observed = { .ending = CFM_ENDED,
                                           .told_lookup_failure = true,
                                           .exit_code = 2,
                                           .output = output,
                                           .duration_ns = 2500000 };
    struct cfm_result result = make_result(&observed);

    (void)state;
    assert_string_equal(result.scenario, "alias-timeout");
    assert_string_equal(result.check, "target-permits");
    assert_string_equal(result.address, "alias-timeout/target-permits");
    assert_string_equal(result.title, "Who does what");
    assert_int_equal(result.outcome, CFM_PASS);
    assert_string_equal(result.verdict, "refuse");
    assert_string_equal(result.expected, "refuse");
    assert_string_equal(result.row, "lookup-failure 2");
    assert_null(result.because);
    assert_string_equal(result.reason, "lookup-failed");
    assert_string_equal(result.explanation, "refused, as expected");
    assert_string_equal(result.output, "refused\xEF\xBF\xBD\n");
    assert_true(result.duration_ms > 2.49 && result.duration_ms < 2.51);
    assert_int_equal(json_array_size(result.sources), 2);
    assert_int_equal(json_array_size(result.evidence), 2);
    assert_null(result.story);
    const json_t *source = json_array_get(result.sources, 1);
    assert_string_equal(json_string_value(json_object_get(source, "text")),
                        "TLS-BR");
    assert_string_equal(json_string_value(json_object_get(source, "section")),
                        "4.2.2.1");
    assert_string_equal(json_string_value(json_object_get(source, "url")),
                        "https://cabforum.org/");
    cfm_result_fini(&result);
}

static void has_no_verdict_when_none_was_given(void **state)
{
    const struct cfm_observed observed = { .ending = CFM_CRASH,
                                           .signal = 11,
                                           .exit_code = -1 };
    struct cfm_result result = make_result(&observed);

    (void)state;
    assert_null(result.verdict);
    assert_null(result.reason);
    assert_int_equal(result.outcome, CFM_CRASHED);
    cfm_result_fini(&result);
    result = make_result(NULL);
    assert_null(result.verdict);
    assert_null(result.output);
    cfm_result_fini(&result);
}

static void crosses_as_json_unchanged(void **state)
{
    const struct cfm_observed observed = { .ending = CFM_ENDED,
                                           .permitted = true };
    struct cfm_result result = make_result(&observed);
    struct cfm_result back = { 0 };

    (void)state;
    result.story = json_pack("[s,s]", "first", "second");
    json_t *object = cfm_result_to_json(&result);
    assert_int_equal(cfm_result_from_json(object, &back), 0);
    json_t *again = cfm_result_to_json(&back);
    assert_true(json_equal(object, again));
    assert_int_equal(back.outcome, CFM_UNSAFE);
    assert_string_equal(back.verdict, "permit");
    assert_null(back.because);
    json_decref(object);
    json_decref(again);
    cfm_result_fini(&result);
    cfm_result_fini(&back);
}

static void refuses_an_object_that_is_none_of_ours(void **state)
{
    static const char *const keys[] = { "outcome",     "scenario", "address",
                                        "title",       "expected", "row",
                                        "explanation", "sources",  "evidence" };
    const struct cfm_observed observed = { .ending = CFM_ENDED };
    struct cfm_result result = make_result(&observed);
    struct cfm_result back = { 0 };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        json_t *object = cfm_result_to_json(&result);
        assert_int_equal(json_object_set_new(object, keys[i], json_true()), 0);
        assert_int_equal(cfm_result_from_json(object, &back), -1);
        assert_int_equal(json_object_del(object, keys[i]), 0);
        assert_int_equal(cfm_result_from_json(object, &back), -1);
        json_decref(object);
    }
    assert_int_equal(cfm_result_from_json(NULL, &back), -1);
    assert_null(back.address);
    cfm_result_fini(&result);
    cfm_result_fini(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(holds_everything_a_report_needs),
        cmocka_unit_test(has_no_verdict_when_none_was_given),
        cmocka_unit_test(crosses_as_json_unchanged),
        cmocka_unit_test(refuses_an_object_that_is_none_of_ours),
    };

    return cmocka_run_group_tests_name("conformance.result", tests, NULL, NULL);
}
