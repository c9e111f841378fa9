/* SPDX-License-Identifier: BSD-2-Clause */
#include "expectation.h"
#include "list.h"
#include "made.h"
#include "selected.h"
#include "text.h"
#include "write_file.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char two_yaml[] =
    "title: Two checks\n"
    "story: |\n"
    "  First line.\n"
    "\n"
    "  Third line.\n"
    "sources: [{text: RFC 8659, section: \"4.1\", url: \"https://x/\"}]\n"
    "catches: [C2]\n"
    "requirements: [R101]\n"
    "features: [wildcard]\n"
    "checks:\n"
    "  - {id: nay, caa: ['0 issue \";\"'], verdict: refuse}\n"
    "  - id: yes-sir\n"
    "    caa: ['0 issue \"{issuer}\"']\n"
    "    verdict: permit\n"
    "    except:\n"
    "      - {for: [tls-br], from: 2026-03-15, verdict: refuse}\n"
    "      - if: [{failed: {}}]\n"
    "        verdict: either\n"
    "        because: nobody knows\n";

static const char steps_yaml[] =
    "title: Steps\n"
    "sources: [{text: RFC 8659}]\n"
    "twin: two/nay\n"
    "steps:\n"
    "  - query: {name: a, type: A}\n"
    "  - check: {id: first, names: [a], verdict: permit, evidence: [{asked: "
    "{}}]}\n"
    "  - check: {id: second, names: [a], verdict: permit, evidence: [{asked: "
    "{}}]}\n";

/* A catalogue of two files in a directory of its own. */
struct shelf {
    char dir[64];
    struct scn_catalogue *catalogue;
    struct cfm_inventory inventory;
    struct cfm_settings settings;
    struct cfm_selection selection;
};

static void put(const struct shelf *shelf, const char *name, const char *text)
{
    char *path = cfm_textf("%s/%s", shelf->dir, name);
    char why[256];

    assert_int_equal(cfm_write_file(path, text, why, sizeof(why)), 0);
    free(path);
}

static void on_error(void *ctx, const struct scn_error *error)
{
    (void)ctx;
    print_error("%s:%u: %s\n", error->file, error->line, error->text);
}

static int make(void **state)
{
    struct shelf *shelf = calloc(1, sizeof(*shelf));
    struct scn_error error;

    assert_non_null(shelf);
    (void)snprintf(shelf->dir, sizeof(shelf->dir), "/tmp/test-list-XXXXXX");
    assert_non_null(mkdtemp(shelf->dir));
    put(shelf, "two.yaml", two_yaml);
    put(shelf, "steps.yaml", steps_yaml);
    const char *const paths[] = { shelf->dir };
    assert_int_equal(
        scn_catalogue_load(paths, 1, on_error, NULL, &shelf->catalogue),
        SCN_OK);
    scn_params_default(&shelf->settings.params);
    shelf->settings.profile = SCN_TLS_BR;
    shelf->settings.policy_date = 20261101;
    assert_int_equal(cfm_inventory_init(shelf->catalogue,
                                        &shelf->settings.params, &error,
                                        &shelf->inventory),
                     SCN_OK);
    *state = shelf;
    return 0;
}

static void take_away(const struct shelf *shelf, const char *name)
{
    char *path = cfm_textf("%s/%s", shelf->dir, name);

    assert_int_equal(unlink(path), 0);
    free(path);
}

static int drop(void **state)
{
    struct shelf *shelf = *state;

    cfm_selection_fini(&shelf->selection);
    cfm_inventory_fini(&shelf->inventory);
    scn_catalogue_free(shelf->catalogue);
    take_away(shelf, "two.yaml");
    take_away(shelf, "steps.yaml");
    assert_int_equal(rmdir(shelf->dir), 0);
    free(shelf);
    return 0;
}

/* The addresses selected, joined by blanks; [owned]. */
static char *addresses(const struct shelf *shelf)
{
    struct cfm_selected_check at = { 0 };
    struct cfm_text text = { 0 };

    while (cfm_next_selected(&shelf->inventory, &shelf->selection, &at)) {
        cfm_text_addf(&text, "%s%s", text.len == 0 ? "" : " ",
                      at.check->address);
    }
    return cfm_text_take(&text);
}

static void expect_selected(struct shelf *shelf, const char *wanted)
{
    char *got = addresses(shelf);

    assert_string_equal(got, wanted);
    free(got);
}

static void choose(struct shelf *shelf, const char *only, const char *skip)
{
    cfm_selection_fini(&shelf->selection);
    shelf->settings.only = only == NULL ? NULL : &only;
    shelf->settings.only_count = only == NULL ? 0 : 1;
    shelf->settings.skip = skip == NULL ? NULL : &skip;
    shelf->settings.skip_count = skip == NULL ? 0 : 1;
    assert_int_equal(
        cfm_select(&shelf->inventory, &shelf->settings, &shelf->selection), 0);
    shelf->settings.only = NULL;
    shelf->settings.skip = NULL;
}

static void selects_by_globs_over_ids_and_addresses(void **state)
{
    struct shelf *shelf = *state;

    choose(shelf, NULL, NULL);
    assert_int_equal(shelf->selection.check_count, 4);
    assert_int_equal(shelf->selection.count, 3); /* steps share one */
    expect_selected(shelf, "steps/first steps/second two/nay two/yes-sir");
    choose(shelf, "two", NULL);
    expect_selected(shelf, "two/nay two/yes-sir");
    choose(shelf, "*s/second", NULL);
    expect_selected(shelf, "steps/second");
    choose(shelf, NULL, "steps*");
    expect_selected(shelf, "two/nay two/yes-sir");
    choose(shelf, "t?o*", "*/nay");
    expect_selected(shelf, "two/yes-sir");
    choose(shelf, "none", NULL);
    assert_int_equal(shelf->selection.check_count, 0);
    expect_selected(shelf, "");
}

static void expect_one(struct shelf *shelf, const char *id, const char *check,
                       const char *wanted)
{
    cfm_selection_fini(&shelf->selection);
    assert_int_equal(
        cfm_select_one(&shelf->inventory, id, check, &shelf->selection), 0);
    expect_selected(shelf, wanted);
}

static void selects_one_scenario_or_check(void **state)
{
    struct shelf *shelf = *state;

    expect_one(shelf, "two", NULL, "two/nay two/yes-sir");
    expect_one(shelf, "two", "nay", "two/nay");
    expect_one(shelf, "two", "t*", "");
    expect_one(shelf, "tw", NULL, "");
}

static void lists_checks_as_json(void **state)
{
    struct shelf *shelf = *state;

    choose(shelf, "two", NULL);
    char *text =
        cfm_list_json(&shelf->inventory, &shelf->selection, &shelf->settings);
    json_t *got = json_loads(text, 0, NULL);
    json_t *wanted = json_pack(
        "[{s:s,s:s,s:s,s:s,s:[{s:s,s:s,s:s}],s:[s],s:[s],s:[s],s:s,s:n},"
        "{s:s,s:s,s:s,s:s,s:[{s:s,s:s,s:s}],s:[s],s:[s],s:[s],s:s,s:n}]",
        "id", "two/nay", "scenario", "two", "check", "nay", "title",
        "Two checks", "sources", "text", "RFC 8659", "section", "4.1", "url",
        "https://x/", "catches", "C2", "requirements", "R101", "features",
        "wildcard", "expected", "refuse", "twin", "id", "two/yes-sir",
        "scenario", "two", "check", "yes-sir", "title", "Two checks", "sources",
        "text", "RFC 8659", "section", "4.1", "url", "https://x/", "catches",
        "C2", "requirements", "R101", "features", "wildcard", "expected",
        "refuse", "twin");
    assert_non_null(wanted);
    assert_true(json_equal(got, wanted));
    json_decref(got);
    json_decref(wanted);
    free(text);
}

static void expects_by_profile_and_day(void **state)
{
    struct shelf *shelf = *state;

    choose(shelf, NULL, NULL);
    shelf->settings.policy_date = 20260314;
    char *text =
        cfm_list_text(&shelf->inventory, &shelf->selection, &shelf->settings);
    assert_string_equal(text, "steps: Steps\n"
                              "  permit  steps/first\n"
                              "  permit  steps/second\n"
                              "\n"
                              "two: Two checks\n"
                              "  refuse  two/nay\n"
                              "  permit  two/yes-sir\n"
                              "\n"
                              "4 checks\n");
    free(text);
}

static void shows_a_scenario_and_how_it_changes(void **state)
{
    static const char wanted[] = "two: Two checks\n"
                                 "\n"
                                 "Story\n"
                                 "  First line.\n"
                                 "\n"
                                 "  Third line.\n"
                                 "\n"
                                 "Sources\n"
                                 "  RFC 8659, section 4.1 <https://x/>\n"
                                 "\n"
                                 "Catches\n"
                                 "  C2\n";
    static const char expectation[] =
        "\n"
        "two/yes-sir expects\n"
        "  request: a TLS certificate for yes-sir.two-yes-sir\n"
        "  needs: wildcard\n"
        "  tests: R101\n"
        "  rfc6844, rfc6844-e5065, rfc8659, smime-br:\n"
        "    on any day:\n"
        "      check: permit\n"
        "      except 2: either, because nobody knows if failed: CAA "
        "yes-sir.two-yes-sir\n"
        "  tls-br:\n"
        "    before 2026-03-15:\n"
        "      check: permit\n"
        "      except 2: either, because nobody knows if failed: CAA "
        "yes-sir.two-yes-sir\n"
        "    from 2026-03-15 (now):\n"
        "      except 1: refuse\n"
        "      except 2: either, because nobody knows if failed: CAA "
        "yes-sir.two-yes-sir\n";
    struct shelf *shelf = *state;

    expect_one(shelf, "two", "yes-sir", "two/yes-sir");
    char *text = cfm_show_text(&shelf->inventory, &shelf->selection, NULL,
                               &shelf->settings, "the: file\n");
    assert_memory_equal(text, wanted, strlen(wanted));
    assert_non_null(strstr(text, "/two.yaml\n  the: file\n"));
    assert_string_equal(strstr(text, "\ntwo/yes-sir expects"), expectation);
    free(text);
}

static void shows_it_blind(void **state)
{
    static const char *const hidden[] = { "verdict", "expects", "refuse",
                                          "except",  "nobody",  "C2",
                                          "Third" };
    struct shelf *shelf = *state;

    expect_one(shelf, "two", "yes-sir", "two/yes-sir");
    char *text = cfm_show_blind_text(&shelf->inventory, &shelf->selection, NULL,
                                     two_yaml);
    for (size_t i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++) {
        assert_null(strstr(text, hidden[i]));
    }
    assert_non_null(strstr(text, "Two checks"));
    assert_string_equal(strstr(text, "\ntwo/yes-sir\n"),
                        "\ntwo/yes-sir\n"
                        "  request: a TLS certificate for yes-sir.two-yes-sir\n"
                        "  needs: wildcard\n"
                        "  tests: R101\n");
    free(text);
}

static void tells_the_whole_lookup_failure_rule(void **state)
{
    struct cfm_text text = { 0 };

    (void)state;
    cfm_expectation_add(&text, &made_check, 20261101);
    assert_non_null(strstr(text.data,
                           "  rfc6844, rfc6844-e5065, rfc8659, smime-br:\n"
                           "    on any day:\n"));
    assert_non_null(strstr(text.data, "  tls-br:\n"
                                      "    before 2025-07-21:\n"));
    assert_non_null(strstr(text.data, "    from 2025-07-21 (now):\n"));
    assert_null(strstr(text.data, "2017"));
    assert_non_null(strstr(text.data,
                           "if failed: CAA www.agency.top and retried: CAA "
                           "www.agency.top and shown-insecure: agency.top\n"));
    cfm_text_fini(&text);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, make, drop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(selects_by_globs_over_ids_and_addresses),
        CASE(selects_one_scenario_or_check),
        CASE(lists_checks_as_json),
        CASE(expects_by_profile_and_day),
        CASE(shows_a_scenario_and_how_it_changes),
        CASE(shows_it_blind),
        cmocka_unit_test(tells_the_whole_lookup_failure_rule),
    };

    return cmocka_run_group_tests_name("conformance.list", tests, NULL, NULL);
}
