/* SPDX-License-Identifier: BSD-2-Clause */
#include "testing.h"

#include <scenario/deviations.h>

#include <string.h>

#define ROW(id) \
    "  - {id: " id ", what: does wrong, source: a bug, outcome: unsafe"

static enum scn_status read_table(const char *text, struct scn_error *error,
                                  struct scn_deviations **out)
{
    *error = (struct scn_error){ .text = "no error" };
    return scn_deviations_read("dir/deviations.yaml", text, strlen(text), error,
                               out);
}

static void reads_a_misreading_and_a_bug(void **state)
{
    struct scn_deviations *table = NULL;
    struct scn_error error;

    (void)state;
    assert_int_equal(
        read_table(
            "deviations:\n" ROW(
                "A1") ", rules: [alias=ignore],\n"
                      "     equivalent: [{for: [rfc6844], from: 2017-01-01, "
                      "until: 2018-01-01, because: so it was}]}\n" ROW(
                          "B20") "}\n",
            &error, &table),
        SCN_OK);
    assert_string_equal(scn_deviations_file(table), "dir/deviations.yaml");
    assert_int_equal(scn_deviations_count(table), 2);
    const struct scn_deviation *first = scn_deviations_at(table, 0);
    assert_string_equal(first->id, "A1");
    assert_string_equal(first->what, "does wrong");
    assert_string_equal(first->source, "a bug");
    assert_string_equal(scn_shown_text(first->shown), "unsafe");
    assert_int_equal(first->rule_count, 1);
    assert_string_equal(first->rules[0], "alias=ignore");
    assert_int_equal(first->equivalent_count, 1);
    assert_int_equal(first->equivalents[0].profiles, 1U << SCN_RFC6844);
    assert_int_equal(first->equivalents[0].from, 20170101);
    assert_int_equal(first->equivalents[0].until, 20180101);
    assert_string_equal(first->equivalents[0].because, "so it was");
    assert_int_equal(first->line, 2);
    assert_ptr_equal(scn_deviations_find(table, "B20"),
                     scn_deviations_at(table, 1));
    assert_int_equal(scn_deviations_at(table, 1)->rule_count, 0);
    assert_null(scn_deviations_find(table, "B2"));
    scn_deviations_free(table);
    scn_deviations_free(NULL);
}

static void assert_bad(const char *text, unsigned line, const char *why)
{
    struct scn_deviations *table = NULL;
    struct scn_error error;

    assert_int_equal(read_table(text, &error, &table), SCN_EINPUT);
    assert_null(table);
    assert_string_equal(error.file, "dir/deviations.yaml");
    if (strstr(error.text, why) == NULL) {
        print_error("%s\n", error.text);
    }
    assert_non_null(strstr(error.text, why));
    assert_int_equal(error.line, line);
}

static void refuses_bad_tables(void **state)
{
    (void)state;
    assert_bad("- a\n", 1, "a table of deviations is a mapping");
    assert_bad("deviation: []\n", 1, "did you mean 'deviations'?");
    assert_bad("deviations: []\n", 1, "is an empty list");
    assert_bad("deviations:\n  - {id: A1}\n", 2, "needs the key 'what'");
    assert_bad("deviations:\n" ROW("a1") "}\n", 2, "not a deviation such as");
    assert_bad("deviations:\n" ROW("A1") ", rules: [alias]}\n", 2,
               "'alias' is no rule: write NAME=VALUE");
    assert_bad("deviations:\n" ROW("A1") ", rules: [=x]}\n", 2, "is no rule");
    assert_bad("deviations:\n" ROW("A1") ", rules: [x=]}\n", 2, "is no rule");
    assert_bad("deviations:\n" ROW("A1") "}\n" ROW("A2") "}\n" ROW("A1") "}\n",
               4, "the deviation A1 stands in line 2 already");
    assert_bad("deviations:\n  - {id: A1, what: w, source: s, outcome: "
               "unsave}\n",
               2, "did you mean 'unsafe'?");
}

static void an_equivalence_says_when_and_why(void **state)
{
    (void)state;
    assert_bad("deviations:\n" ROW("A1") ", equivalent: [{for: [tls-br]}]}\n",
               2, "needs the key 'because'");
    assert_bad("deviations:\n" ROW("A1") ", equivalent: [{from: 2020-01-01, "
                                         "because: b}]}\n",
               2, "need `for`");
    assert_bad("deviations:\n" ROW("A1") ", equivalent: [{until: 2020-01-01, "
                                         "because: b}]}\n",
               2, "need `for`");
    assert_bad("deviations:\n" ROW("A1") ", equivalent: [{for: [tls-br], from: "
                                         "2020-01-01, until: 2020-01-01, "
                                         "because: b}]}\n",
               2, "can never hold");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_a_misreading_and_a_bug),
        cmocka_unit_test(refuses_bad_tables),
        cmocka_unit_test(an_equivalence_says_when_and_why),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
