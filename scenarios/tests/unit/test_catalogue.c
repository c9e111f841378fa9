/* SPDX-License-Identifier: BSD-2-Clause */
#include "reading.h"
#include "testing.h"

#include <scenario/deviations.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define GOOD HEAD "checks:\n" PERMITS REFUSES
#define APPLIES                                                        \
    HEAD "checks:\n  - {id: a, verdict: permit, apply: [{rule: r}]}\n" \
         "  - {id: b, verdict: refuse}\n"
#define RULE "r:\n  - {for: [tls-br], verdict: refuse}\n"

#define DEVIATION(id) \
    "deviations:\n"   \
    "  - {id: " id ", what: w, source: s, outcome: unsafe}\n"

struct heard {
    size_t count;
    struct scn_error last;
};

static void hear(void *ctx, const struct scn_error *error)
{
    struct heard *heard = ctx;

    heard->count++;
    heard->last = *error;
}

struct tree {
    char dir[64]; /* has cat/ below it */
    struct heard heard;
    struct scn_catalogue *catalogue;
};

static void make_tree(struct tree *tree)
{
    char path[256];

    *tree = (struct tree){ .dir = "/tmp/scenarios-XXXXXX" };
    assert_non_null(mkdtemp(tree->dir));
    (void)snprintf(path, sizeof(path), "%s/cat", tree->dir);
    assert_int_equal(mkdir(path, 0700), 0);
}

static void write_file(const struct tree *tree, const char *name,
                       const char *text)
{
    char path[256];

    (void)snprintf(path, sizeof(path), "%s/%s", tree->dir, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void remove_file(const struct tree *tree, const char *name)
{
    char path[256];

    (void)snprintf(path, sizeof(path), "%s/%s", tree->dir, name);
    (void)unlink(path);
}

static void remove_tree(struct tree *tree)
{
    static const char *const names[] = {
        "cat/a.yaml",          "cat/b.yaml",    "cat/c.yaml",
        "cat/rules.yaml",      "rules.yaml",    "a.yaml",
        "cat/.x.yaml",         "cat/notes.txt", "deviations.yaml",
        "cat/deviations.yaml",
    };
    char path[256];

    scn_catalogue_free(tree->catalogue);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        remove_file(tree, names[i]);
    }
    (void)snprintf(path, sizeof(path), "%s/cat", tree->dir);
    assert_int_equal(rmdir(path), 0);
    assert_int_equal(rmdir(tree->dir), 0);
}

static enum scn_status load(struct tree *tree, const char *name)
{
    char path[256];
    const char *const paths[] = { path };

    (void)snprintf(path, sizeof(path), "%s/%s", tree->dir, name);
    scn_catalogue_free(tree->catalogue);
    tree->catalogue = NULL;
    tree->heard = (struct heard){ 0 };
    return scn_catalogue_load(paths, 1, hear, &tree->heard, &tree->catalogue);
}

/* Makes one instance; the checks it holds. */
static size_t count_checks(const struct scn_scenario *scenario, size_t index)
{
    struct scn_instance *instance = NULL;
    struct scn_error error;
    struct scn_params params;
    size_t checks = 0;

    scn_params_default(&params);
    assert_int_equal(
        scn_instance_new(scenario, index, &params, &error, &instance), SCN_OK);
    for (size_t i = 0; i < instance->step_count; i++) {
        checks += instance->steps[i].check != NULL ? 1 : 0;
    }
    scn_instance_free(instance);
    return checks;
}

static void the_catalogue_loads_and_every_instance_can_be_made(void **state)
{
    const char *const paths[] = { TESTBED_SCENARIOS "/catalogue" };
    struct heard heard = { 0 };
    struct scn_catalogue *catalogue = NULL;
    size_t checks = 0;

    (void)state;
    enum scn_status status =
        scn_catalogue_load(paths, 1, hear, &heard, &catalogue);
    if (status != SCN_OK) {
        print_error("%s:%u:%u: %s\n", heard.last.file, heard.last.line,
                    heard.last.column, heard.last.text);
    }
    assert_int_equal(status, SCN_OK);
    for (size_t i = 0; i < scn_catalogue_count(catalogue); i++) {
        const struct scn_scenario *scenario = scn_catalogue_at(catalogue, i);
        for (size_t k = 0; k < scn_scenario_instances(scenario); k++) {
            checks += count_checks(scenario, k);
        }
    }
    assert_true(checks >= 120);
    scn_catalogue_free(catalogue);
}

static void scenarios_are_sorted_by_id(void **state)
{
    struct tree tree;

    (void)state;
    make_tree(&tree);
    write_file(&tree, "cat/b.yaml", GOOD);
    write_file(&tree, "cat/a.yaml", GOOD);
    write_file(&tree, "cat/.x.yaml", "hidden");
    write_file(&tree, "cat/notes.txt", "no scenario");
    assert_int_equal(load(&tree, "cat"), SCN_OK);
    assert_int_equal(scn_catalogue_count(tree.catalogue), 2);
    assert_string_equal(scn_scenario_id(scn_catalogue_at(tree.catalogue, 0)),
                        "a");
    assert_string_equal(scn_scenario_id(scn_catalogue_at(tree.catalogue, 1)),
                        "b");
    assert_int_equal(load(&tree, "cat/"), SCN_OK);
    assert_int_equal(load(&tree, "cat/b.yaml"), SCN_OK);
    assert_int_equal(scn_catalogue_count(tree.catalogue), 1);
    remove_tree(&tree);
}

static void every_bad_file_is_reported_once(void **state)
{
    struct tree tree;

    (void)state;
    make_tree(&tree);
    write_file(&tree, "cat/a.yaml", "title: [");
    write_file(&tree, "cat/b.yaml", GOOD);
    write_file(&tree, "cat/c.yaml", "nonsense: 1\n");
    assert_int_equal(load(&tree, "cat"), SCN_EINPUT);
    assert_null(tree.catalogue);
    assert_int_equal(tree.heard.count, 2);
    assert_non_null(strstr(tree.heard.last.file, "c.yaml"));
    remove_tree(&tree);
}

static void a_missing_path_is_told(void **state)
{
    struct tree tree;

    (void)state;
    make_tree(&tree);
    assert_int_equal(load(&tree, "nothing"), SCN_ESYSTEM);
    assert_int_equal(tree.heard.count, 1);
    assert_non_null(strstr(tree.heard.last.text, "cannot be read: No such"));
    remove_tree(&tree);
}

static void a_directory_is_no_file(void **state)
{
    struct tree tree;
    char path[256];

    (void)state;
    make_tree(&tree);
    write_file(&tree, "cat/a.yaml", GOOD);
    (void)snprintf(path, sizeof(path), "%s/cat/b.yaml", tree.dir);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_int_equal(load(&tree, "cat"), SCN_ESYSTEM);
    assert_int_equal(tree.heard.count, 1);
    assert_non_null(strstr(tree.heard.last.text, "Is a directory"));
    assert_int_equal(rmdir(path), 0);
    (void)snprintf(path, sizeof(path), "%s/rules.yaml", tree.dir);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_int_equal(load(&tree, "cat"), SCN_ESYSTEM);
    assert_non_null(strstr(tree.heard.last.file, "/rules.yaml"));
    assert_int_equal(rmdir(path), 0);
    remove_tree(&tree);
}

static void paths_may_be_given_from_within(void **state)
{
    struct tree tree;
    char here[1024];
    const char *const paths[] = { ".", "./", "../cat" };
    const char *const file[] = { "a.yaml" };

    (void)state;
    make_tree(&tree);
    write_file(&tree, "cat/a.yaml", APPLIES);
    write_file(&tree, "rules.yaml", RULE);
    assert_non_null(getcwd(here, sizeof(here)));
    assert_int_equal(chdir(tree.dir), 0);
    assert_int_equal(chdir("cat"), 0);
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        assert_int_equal(scn_catalogue_load(&paths[i], 1, hear, &tree.heard,
                                            &tree.catalogue),
                         SCN_OK);
        scn_catalogue_free(tree.catalogue);
        tree.catalogue = NULL;
    }
    assert_int_equal(
        scn_catalogue_load(file, 1, hear, &tree.heard, &tree.catalogue),
        SCN_OK);
    assert_int_equal(tree.heard.count, 0);
    assert_int_equal(chdir(here), 0);
    remove_tree(&tree);
}

static void rules_stand_beside_the_files_or_above(void **state)
{
    struct tree tree;

    (void)state;
    make_tree(&tree);
    write_file(&tree, "cat/a.yaml", APPLIES);
    assert_int_equal(load(&tree, "cat"), SCN_EINPUT);
    write_file(&tree, "rules.yaml", RULE);
    assert_int_equal(load(&tree, "cat"), SCN_OK);
    assert_int_equal(load(&tree, "cat/a.yaml"), SCN_OK);
    write_file(&tree, "cat/rules.yaml",
               "other:\n  - {for: [tls-br], verdict: "
               "refuse}\n");
    assert_int_equal(load(&tree, "cat"), SCN_EINPUT);
    assert_non_null(strstr(tree.heard.last.text, "cat/rules.yaml"));
    write_file(&tree, "cat/rules.yaml", RULE);
    assert_int_equal(load(&tree, "cat/a.yaml"), SCN_OK);
    remove_tree(&tree);
}

static void rules_named_by_themselves_serve_what_has_none(void **state)
{
    struct tree tree;
    char rules[256];
    char file[256];
    const char *const paths[] = { rules, file, rules };

    (void)state;
    make_tree(&tree);
    write_file(&tree, "cat/rules.yaml", RULE);
    (void)snprintf(rules, sizeof(rules), "%s/cat/rules.yaml", tree.dir);
    write_file(&tree, "a.yaml", APPLIES);
    (void)snprintf(file, sizeof(file), "%s/a.yaml", tree.dir);
    assert_int_equal(
        scn_catalogue_load(paths + 1, 1, hear, &tree.heard, &tree.catalogue),
        SCN_EINPUT);
    assert_int_equal(
        scn_catalogue_load(paths, 3, hear, &tree.heard, &tree.catalogue),
        SCN_OK);
    remove_tree(&tree);
}

/* AddressSanitizer sees what an instance may have left in its scenario. */
static void instances_and_rules_outlive_the_scenarios(void **state)
{
    struct tree tree;
    struct scn_instance *instance = NULL;
    struct scn_scenario *more = NULL;
    struct scn_error error;
    struct scn_params params;

    (void)state;
    make_tree(&tree);
    write_file(&tree, "cat/rules.yaml", RULE);
    write_file(&tree, "cat/a.yaml", APPLIES);
    assert_int_equal(load(&tree, "cat"), SCN_OK);
    scn_params_default(&params);
    assert_int_equal(scn_instance_new(scn_catalogue_at(tree.catalogue, 0), 0,
                                      &params, &error, &instance),
                     SCN_OK);
    scn_catalogue_forget_scenarios(tree.catalogue);
    assert_int_equal(scn_catalogue_count(tree.catalogue), 0);
    const struct scn_check *check = instance->steps[0].check;
    assert_string_equal(instance->key, "a/a");
    assert_string_equal(check->rows[1].rule, "r");
    assert_int_equal(check->source_count, 1);
    assert_true(strlen(check->sources[0].text) > 0);
    assert_int_equal(scn_catalogue_read(tree.catalogue, "b.yaml", APPLIES,
                                        strlen(APPLIES), &error, &more),
                     SCN_OK);
    scn_scenario_free(more);
    scn_instance_free(instance);
    remove_tree(&tree);
}

static void the_table_beside_such_rules_gives_way(void **state)
{
    struct tree tree;
    char rules[256];
    char cat[256];
    const char *const paths[] = { rules, cat };

    (void)state;
    make_tree(&tree);
    write_file(&tree, "rules.yaml", RULE);
    write_file(&tree, "deviations.yaml", DEVIATION("A1"));
    write_file(&tree, "cat/a.yaml", GOOD);
    (void)snprintf(rules, sizeof(rules), "%s/rules.yaml", tree.dir);
    (void)snprintf(cat, sizeof(cat), "%s/cat", tree.dir);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(
            scn_catalogue_load(paths, 2, hear, &tree.heard, &tree.catalogue),
            SCN_OK);
        const struct scn_deviations *table =
            scn_catalogue_deviations(tree.catalogue);
        assert_non_null(scn_deviations_find(table, i == 0 ? "A1" : "A2"));
        scn_catalogue_free(tree.catalogue);
        tree.catalogue = NULL;
        write_file(&tree, "cat/deviations.yaml", DEVIATION("A2"));
    }
    remove_tree(&tree);
}

static void bad_rules_are_reported_once_for_all_files(void **state)
{
    struct tree tree;

    (void)state;
    make_tree(&tree);
    write_file(&tree, "cat/a.yaml", APPLIES);
    write_file(&tree, "cat/b.yaml", APPLIES);
    write_file(&tree, "rules.yaml", "r: 1\n");
    assert_int_equal(load(&tree, "cat"), SCN_EINPUT);
    assert_int_equal(tree.heard.count, 1);
    assert_non_null(strstr(tree.heard.last.file, "/rules.yaml"));
    remove_tree(&tree);
}

#define TWIN(id) HEAD "twin: " id "\nchecks:\n  - {id: x, verdict: permit}\n"

static void a_twin_exists_and_has_the_other_verdict(void **state)
{
    struct tree tree;

    (void)state;
    make_tree(&tree);
    write_file(&tree, "cat/a.yaml", TWIN("b"));
    assert_int_equal(load(&tree, "cat"), SCN_EINPUT);
    assert_non_null(strstr(tree.heard.last.text, "'b' does not exist"));
    assert_int_equal(tree.heard.last.line, 3);
    assert_int_equal(load(&tree, "cat/a.yaml"), SCN_OK); /* alone: unknown */
    write_file(&tree, "cat/b.yaml", GOOD);
    assert_int_equal(load(&tree, "cat"), SCN_OK);
    write_file(&tree, "cat/a.yaml", TWIN("b/refuses"));
    assert_int_equal(load(&tree, "cat"), SCN_OK);
    write_file(&tree, "cat/a.yaml", TWIN("b/permits"));
    assert_int_equal(load(&tree, "cat"), SCN_EINPUT);
    assert_non_null(strstr(tree.heard.last.text, "verdict refuse"));
    write_file(&tree, "cat/a.yaml", TWIN("b/nobody"));
    assert_int_equal(load(&tree, "cat"), SCN_EINPUT);
    assert_non_null(strstr(tree.heard.last.text, "does not exist"));
    remove_tree(&tree);
}

static void an_id_is_taken_once(void **state)
{
    struct tree tree;
    char one[256];
    char two[256];
    const char *const paths[] = { one, two };

    (void)state;
    make_tree(&tree);
    write_file(&tree, "cat/a.yaml", GOOD);
    write_file(&tree, "a.yaml", GOOD);
    (void)snprintf(one, sizeof(one), "%s/cat", tree.dir);
    (void)snprintf(two, sizeof(two), "%s/a.yaml", tree.dir);
    assert_int_equal(
        scn_catalogue_load(paths, 2, hear, &tree.heard, &tree.catalogue),
        SCN_EINPUT);
    assert_int_equal(tree.heard.count, 1);
    assert_non_null(strstr(tree.heard.last.text, "the id 'a' is taken"));
    assert_int_equal(scn_catalogue_load(paths, 2, NULL, NULL, &tree.catalogue),
                     SCN_EINPUT);
    remove_tree(&tree);
}

static void a_claim_is_held_against_the_table(void **state)
{
    struct tree tree;

    (void)state;
    make_tree(&tree);
    write_file(&tree, "cat/a.yaml",
               HEAD "catches: [A12]\nchecks:\n" PERMITS REFUSES);
    assert_int_equal(load(&tree, "cat"), SCN_OK);
    assert_null(scn_catalogue_deviations(tree.catalogue));
    write_file(&tree, "deviations.yaml", DEVIATION("A12"));
    assert_int_equal(load(&tree, "cat"), SCN_OK);
    assert_non_null(scn_catalogue_deviations(tree.catalogue));
    assert_int_equal(load(&tree, "cat/a.yaml"), SCN_OK);
    write_file(&tree, "cat/deviations.yaml", DEVIATION("A13"));
    assert_int_equal(load(&tree, "cat"), SCN_EINPUT);
    assert_int_equal(tree.heard.count, 1);
    assert_int_equal(tree.heard.last.line, 3);
    assert_non_null(strstr(tree.heard.last.text, "did you mean 'A13'?"));
    write_file(&tree, "cat/deviations.yaml", DEVIATION("B777"));
    assert_int_equal(load(&tree, "cat"), SCN_EINPUT);
    assert_null(strstr(tree.heard.last.text, "did you mean"));
    write_file(&tree, "cat/deviations.yaml", "deviations: 1\n");
    assert_int_equal(load(&tree, "cat"), SCN_EINPUT);
    assert_int_equal(tree.heard.count, 1);
    assert_non_null(strstr(tree.heard.last.file, "/deviations.yaml"));
    remove_tree(&tree);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_catalogue_loads_and_every_instance_can_be_made),
        cmocka_unit_test(scenarios_are_sorted_by_id),
        cmocka_unit_test(every_bad_file_is_reported_once),
        cmocka_unit_test(a_missing_path_is_told),
        cmocka_unit_test(a_directory_is_no_file),
        cmocka_unit_test(paths_may_be_given_from_within),
        cmocka_unit_test(rules_stand_beside_the_files_or_above),
        cmocka_unit_test(rules_named_by_themselves_serve_what_has_none),
        cmocka_unit_test(instances_and_rules_outlive_the_scenarios),
        cmocka_unit_test(the_table_beside_such_rules_gives_way),
        cmocka_unit_test(bad_rules_are_reported_once_for_all_files),
        cmocka_unit_test(a_twin_exists_and_has_the_other_verdict),
        cmocka_unit_test(an_id_is_taken_once),
        cmocka_unit_test(a_claim_is_held_against_the_table),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
