/* SPDX-License-Identifier: BSD-2-Clause */
#include "reading.h"
#include "testing.h"

static enum scn_status read_rules(const char *text, struct scn_error *error,
                                  struct scn_rules **rules_out)
{
    *error = (struct scn_error){ .text = "no error" };
    return scn_rules_read("dir/rules.yaml", text, strlen(text), error,
                          rules_out);
}

static void finds_rules_by_name(void **state)
{
    struct scn_rules *rules = NULL;
    struct scn_error error;

    (void)state;
    assert_int_equal(
        read_rules("a:\n  - {for: [tls-br], verdict: refuse}\n"
                   "b:\n  - {if: [{shown-insecure: '{zone}'}], verdict: "
                   "permit}\n",
                   &error, &rules),
        SCN_OK);
    assert_string_equal(rules->file, "dir/rules.yaml");
    assert_false(scn_rules_find(rules, "a")->uses_zone);
    assert_true(scn_rules_find(rules, "b")->uses_zone);
    assert_int_equal(scn_rules_find(rules, "b")->rows.count, 1);
    assert_null(scn_rules_find(rules, "c"));
    assert_null(scn_rules_find(NULL, "a"));
    scn_rules_free(rules);
    scn_rules_free(NULL);
}

static void assert_bad(const char *text, unsigned line, const char *why)
{
    struct scn_rules *rules = NULL;
    struct scn_error error;

    assert_int_equal(read_rules(text, &error, &rules), SCN_EINPUT);
    assert_null(rules);
    assert_string_equal(error.file, "dir/rules.yaml");
    assert_int_equal(error.line, line);
    assert_non_null(strstr(error.text, why));
}

static void refuses_bad_rules(void **state)
{
    (void)state;
    assert_bad("- a\n", 1, "a rules file is a mapping");
    assert_bad("A:\n  - {for: [tls-br], verdict: refuse}\n", 1,
               "'A' is no name for a rule");
    assert_bad("a: []\n", 1, "'a' is an empty list");
    assert_bad("a:\n  - {for: [tls-br]}\n", 2, "needs the key 'verdict'");
    assert_bad("a:\n  - {for: [tls-br], verdict: refuse, names: [b]}\n", 2,
               "unknown key 'names' in a row");
}

/* What is wrong in a rule is told where the rule stands. */
static void an_error_in_a_rule_names_the_rules_file(void **state)
{
    static const char text[] =
        HEAD "twin: other\nchecks:\n"
             "  - {id: a, verdict: permit, apply: [{rule: a}]}\n";
    struct scn_rules *rules = NULL;
    struct scn_scenario *scenario = NULL;
    struct scn_error error;

    (void)state;
    assert_int_equal(read_rules("a:\n  - {verdict: refuse}\n", &error, &rules),
                     SCN_OK);
    assert_int_equal(scn_scenario_read("story.yaml", text, strlen(text), rules,
                                       &error, &scenario),
                     SCN_EINPUT);
    assert_string_equal(error.file, "dir/rules.yaml");
    assert_int_equal(error.line, 2);
    assert_non_null(strstr(error.text, "without a condition"));
    scn_rules_free(rules);
}

static void without_rules_nothing_can_be_applied(void **state)
{
    static const char text[] =
        HEAD "twin: other\nchecks:\n"
             "  - {id: a, verdict: permit, apply: [{rule: a}]}\n";
    struct scn_scenario *scenario = NULL;
    struct scn_error error;

    (void)state;
    assert_int_equal(scn_scenario_read("story.yaml", text, strlen(text), NULL,
                                       &error, &scenario),
                     SCN_EINPUT);
    assert_non_null(strstr(error.text, "there is no rules.yaml"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_rules_by_name),
        cmocka_unit_test(refuses_bad_rules),
        cmocka_unit_test(an_error_in_a_rule_names_the_rules_file),
        cmocka_unit_test(without_rules_nothing_can_be_applied),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
