/* SPDX-License-Identifier: BSD-2-Clause */
/* Every refusal of the format: tests/bad holds one file for each. */
#include "file.h"
#include "reading.h"
#include "testing.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

static const char bad_dir[] = TESTBED_SCENARIOS "/tests/bad";

static struct scn_rules *read_rules(void)
{
    struct scn_rules *rules = NULL;
    struct scn_error error;
    size_t len = 0;
    char *text = scn_file_read(TESTBED_SCENARIOS "/tests/rules.yaml", &len);

    assert_non_null(text);
    assert_int_equal(scn_rules_read("rules.yaml", text, len, &error, &rules),
                     SCN_OK);
    free(text);
    return rules;
}

/* The first line is "# expect: LINE:COLUMN: text". */
static int check_bad(const char *name, const struct scn_rules *rules)
{
    static const char mark[] = "# expect: ";
    char path[1024];
    char got[1024];
    struct scn_error error = { .text = "no error" };
    struct scn_scenario *scenario = NULL;
    size_t len = 0;

    (void)snprintf(path, sizeof(path), "%s/%s", bad_dir, name);
    char *text = scn_file_read(path, &len);
    assert_non_null(text);
    assert_true(len > strlen(mark));
    assert_memory_equal(text, mark, strlen(mark));
    enum scn_status status =
        scn_scenario_read(name, text, len, rules, &error, &scenario);
    (void)snprintf(got, sizeof(got), "%u:%u: %s\n", error.line, error.column,
                   error.text);
    size_t got_len = strlen(got);
    int wrong = status != SCN_EINPUT || len < strlen(mark) + got_len ||
                memcmp(text + strlen(mark), got, got_len) != 0 ||
                strcmp(error.file, name) != 0;
    if (wrong) {
        print_error("%s: status %d\n  got      %s  expected %.*s\n", name,
                    (int)status, got, (int)(strcspn(text, "\n") - strlen(mark)),
                    text + strlen(mark));
    }
    scn_scenario_free(scenario);
    free(text);
    return wrong;
}

static void every_bad_file_has_its_diagnostic(void **state)
{
    struct dirent **entries = NULL;
    struct scn_rules *rules = read_rules();
    int count = scandir(bad_dir, &entries, NULL, alphasort);
    int wrong = 0;
    int seen = 0;

    (void)state;
    assert_true(count > 0);
    for (int i = 0; i < count; i++) {
        if (entries[i]->d_name[0] != '.') {
            wrong += check_bad(entries[i]->d_name, rules);
            seen++;
        }
        free(entries[i]);
    }
    free(entries);
    scn_rules_free(rules);
    assert_int_equal(wrong, 0);
    assert_true(seen > 150);
}

static void assert_refused_name(const char *file, const char *text)
{
    static const char good[] = HEAD "checks:\n" PERMITS REFUSES;
    struct scn_scenario *scenario = NULL;
    struct scn_error error = { .text = "no error" };

    assert_int_equal(
        scn_scenario_read(file, good, strlen(good), NULL, &error, &scenario),
        SCN_EINPUT);
    assert_string_equal(error.file, file);
    assert_non_null(strstr(error.text, text));
}

static void the_name_of_the_file_is_its_id(void **state)
{
    (void)state;
    assert_refused_name("dir/Story.yaml", "'Story' is none");
    assert_refused_name("a--b.yaml", "'a--b' is none");
    assert_refused_name("true.yaml", "'true' is none");
    assert_refused_name(".yaml", "the file's name is its id");
    assert_refused_name("dir/onion.yaml", "special-use");
}

static void tells_its_facts(void **state)
{
    struct scn_scenario *scenario = read_good(
        HEAD "story: It was.\nnotes: So.\ncatches: [A1, B2]\n"
             "features: [clock]\ntwin: other/one\nchecks:\n" PERMITS REFUSES,
        NULL);
    size_t count = 0;

    (void)state;
    assert_string_equal(scn_scenario_id(scenario), "story");
    assert_string_equal(scn_scenario_file(scenario), "story.yaml");
    assert_string_equal(scn_scenario_title(scenario), "Something happens");
    assert_string_equal(scn_scenario_story(scenario), "It was.");
    assert_string_equal(scn_scenario_notes(scenario), "So.");
    assert_string_equal(scn_scenario_twin(scenario), "other/one");
    assert_int_equal(scn_scenario_features(scenario), SCN_F_CLOCK);
    assert_int_equal(scn_scenario_instances(scenario), 2);
    const char *const *catches = scn_scenario_catches(scenario, &count);
    assert_int_equal(count, 2);
    assert_string_equal(catches[1], "B2");
    const struct scn_source *sources = scn_scenario_sources(scenario, &count);
    assert_int_equal(count, 1);
    assert_string_equal(sources->text, "RFC 8659");
    assert_string_equal(sources->section, "3");
    assert_null(sources->url);
    scn_scenario_free(scenario);
}

static void facts_that_are_not_told_are_null(void **state)
{
    struct scn_scenario *scenario =
        read_good(HEAD "checks:\n" PERMITS REFUSES, NULL);
    size_t count = 7;

    (void)state;
    assert_null(scn_scenario_story(scenario));
    assert_null(scn_scenario_notes(scenario));
    assert_null(scn_scenario_twin(scenario));
    (void)scn_scenario_catches(scenario, &count);
    assert_int_equal(count, 0);
    scn_scenario_free(scenario);
    scn_scenario_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_bad_file_has_its_diagnostic),
        cmocka_unit_test(the_name_of_the_file_is_its_id),
        cmocka_unit_test(tells_its_facts),
        cmocka_unit_test(facts_that_are_not_told_are_null),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
