/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Every report is compared with a file in tests/golden. To see what changed:
 * TESTBED_GOLDEN_UPDATE=1 rewrites the files; then read git diff.
 */
#include "made_results.h"
#include "report.h"
#include "text.h"
#include "write_file.h"

#include <stdio.h>

static const char *command[] = { "./my checker", "--name={name}", "it's",
                                 "{resolver}", "" };
static const char *kept[] = { "--profile", "rfc8659", "--issuer", "a b" };

static struct cfm_settings settings(void)
{
    return (struct cfm_settings){
        .seed = 7,
        .epoch_s = 1793491200, /* 2026-11-01 */
        .policy_date = 20261101,
        .profile = SCN_RFC8659,
        .resolver = CFM_RESOLVER_UNBOUND,
        .preset = CFM_PRESET_BRISK,
        .command = command,
        .command_count = sizeof(command) / sizeof(command[0]),
    };
}

static const struct made_line lines[] = {
    { "alone", CFM_PASS, "refuse", "refused, as expected" },
    { "many/a", CFM_UNSAFE, "permit", "permitted what must be refused" },
    { "many/b", CFM_CRASHED, NULL, "ended by SIGSEGV" },
    { "many/c", CFM_NO_EVIDENCE, "refuse", "refused, not seen: <&\">" },
    { "many/d", CFM_LAB_ERROR, NULL, "cannot fork" },
    { "other/known", CFM_OVERSTRICT, "refuse", "refused what..." },
    { "other/passes", CFM_PASS, "refuse", "refused, as expected" },
    { "other/smime", CFM_UNSUPPORTED, NULL, "needs smime" },
    { "other/turned", CFM_HUNG, NULL, "no verdict" },
    { "owed", CFM_MISSING, NULL, "needs rfc8657, which is mandatory" },
};

static struct cfm_results made(void)
{
    struct cfm_results results = { 0 };

    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        made_add(&results, &lines[i]);
    }
    results.items[1].result.output = made_copy("first\nsecond <line>\n");
    results.items[2].result.reason = NULL;
    results.items[3].result.reason = made_copy("lookup-failed");
    results.items[5].standing = CFM_KNOWN;
    results.items[5].known_reason = made_copy("ticket \"7\"");
    results.items[6].standing = CFM_UNEXPECTED_PASS;
    results.items[6].known_reason = made_copy("ticket 8");
    results.items[8].standing = CFM_CHANGED;
    results.items[8].known_reason = made_copy("ticket 9");
    return results;
}

static void expect_file(const char *name, char *got)
{
    char *path = cfm_textf("%s/%s", GOLDEN_DIR, name);
    char why[512];

    assert_non_null(got);
    if (getenv("TESTBED_GOLDEN_UPDATE") != NULL) {
        assert_int_equal(cfm_write_file(path, got, why, sizeof(why)), 0);
    }
    char *wanted = cfm_read_file(path);
    assert_non_null(wanted);
    assert_string_equal(got, wanted);
    free(path);
    free(wanted);
    free(got);
}

typedef char *report_fn(const struct cfm_report *report);

static void expect(const char *name, report_fn *write, bool reproducible,
                   bool colour)
{
    struct cfm_settings with = settings();
    struct cfm_results results = made();
    const struct cfm_report report = {
        .settings = &with,
        .results = &results,
        .kept = kept,
        .kept_count = sizeof(kept) / sizeof(kept[0]),
        .wall_s = 6.25,
        .colour = colour,
    };

    with.reproducible = reproducible;
    expect_file(name, write(&report));
    cfm_results_fini(&results);
}

static void writes_json(void **state)
{
    (void)state;
    expect("report.json", cfm_report_json, false, false);
    expect("reproducible.json", cfm_report_json, true, false);
}

static void writes_junit(void **state)
{
    (void)state;
    expect("report.xml", cfm_report_junit, false, false);
    expect("reproducible.xml", cfm_report_junit, true, false);
}

static void writes_for_people(void **state)
{
    (void)state;
    expect("report.txt", cfm_report_terminal, false, false);
    expect("coloured.txt", cfm_report_terminal, true, true);
}

static void keeps_every_key_of_the_summary(void **state)
{
    struct cfm_settings with = settings();
    struct cfm_results none = { 0 };
    const struct cfm_report report = { .settings = &with, .results = &none };
    char *text = cfm_report_json(&report);
    json_t *root = json_loads(text, 0, NULL);
    const json_t *summary = json_object_get(root, "summary");

    (void)state;
    assert_int_equal(json_object_size(summary), CFM_OUTCOME_COUNT + 1);
    for (int i = 0; i < CFM_OUTCOME_COUNT; i++) {
        assert_non_null(
            json_object_get(summary, cfm_outcome_text((enum cfm_outcome)i)));
    }
    assert_int_equal(json_array_size(json_object_get(root, "results")), 0);
    json_decref(root);
    free(text);
}

static void stays_short_when_hundreds_fail(void **state)
{
    struct cfm_settings with = settings();
    struct cfm_results results = { 0 };
    struct cfm_report report = { .settings = &with, .results = &results };
    size_t newlines = 0;

    (void)state;
    for (int i = 0; i < 2000; i++) {
        char *address = cfm_textf("scenario-%03d/check-%d", i / 10, i % 10);
        const struct made_line line = { address, CFM_UNSAFE, "permit", "so" };
        made_add(&results, &line);
        free(address);
    }
    char *text = cfm_report_terminal(&report);
    for (const char *c = text; *c != '\0'; c++) {
        newlines += *c == '\n' ? 1 : 0;
    }
    assert_true(newlines < 300);
    assert_non_null(strstr(text, "and 1928 more failures"));
    assert_non_null(strstr(text, "2000 checks: 0 pass, 2000 unsafe"));
    free(text);
    cfm_results_fini(&results);
}

static void puts_what_is_unsafe_first(void **state)
{
    static const struct made_line many[] = {
        { "a/x", CFM_OVERSTRICT, "refuse", "so" },
        { "b/x", CFM_OVERSTRICT, "refuse", "so" },
        { "b/y", CFM_UNSAFE, "permit", "so" },
    };
    struct cfm_settings with = settings();
    struct cfm_results results = { 0 };
    struct cfm_report report = { .settings = &with, .results = &results };

    (void)state;
    for (size_t i = 0; i < sizeof(many) / sizeof(many[0]); i++) {
        made_add(&results, &many[i]);
    }
    char *text = cfm_report_terminal(&report);
    const char *unsafe = strstr(text, "unsafe  b/y");
    const char *beside = strstr(text, "overstrict  b/x");
    const char *other = strstr(text, "overstrict  a/x");
    assert_true(unsafe != NULL && unsafe < beside && beside < other);
    assert_non_null(strstr(text, "caaconform repro b/y"));
    free(text);
    cfm_results_fini(&results);
}

static void lists_what_is_missing_apart_from_what_went_wrong(void **state)
{
    struct cfm_settings with = settings();
    struct cfm_results results = { 0 };
    struct cfm_report report = { .settings = &with, .results = &results };

    (void)state;
    for (int i = 0; i < 150; i++) {
        char *address = cfm_textf("mail-%03d/check", i);
        const struct made_line line = { address, CFM_MISSING, NULL, "owed" };
        made_add(&results, &line);
        free(address);
    }
    char *text = cfm_report_terminal(&report);
    assert_true(strstr(text, "\nmissing\n  mail-000/check: owed\n") == text);
    assert_non_null(strstr(text, "  mail-007/check: owed\n  and 142 more\n\n"
                                 "150 checks: 0 pass, 150 missing; 0.0 s\n"
                                 "not conformant under rfc8659"));
    assert_null(strstr(text, "see every query"));
    free(text);
    results.items[0].standing = CFM_CHANGED;
    results.items[1].standing = CFM_KNOWN;
    text = cfm_report_terminal(&report);
    assert_non_null(strstr(text, "  mail-000/check: owed; the baseline knows "
                                 "it as another kind of failure\n"));
    assert_null(strstr(text, "  mail-001/check"));
    assert_non_null(strstr(text, "and 141 more\n"));
    free(text);
    cfm_results_fini(&results);
}

static void says_that_all_is_well(void **state)
{
    static const struct made_line good = { "a", CFM_PASS, "permit", "so" };
    static const struct made_line skipped = { "b", CFM_UNSUPPORTED, NULL,
                                              "needs smime" };
    struct cfm_settings with = settings();
    struct cfm_results results = { 0 };
    struct cfm_report report = { .settings = &with,
                                 .results = &results,
                                 .wall_s = 1 };

    (void)state;
    made_add(&results, &skipped);
    char *text = cfm_report_terminal(&report);
    assert_string_equal(text, "\nnot graded\n  b: needs smime\n\n1 check: 0 "
                              "pass, 1 unsupported; 1.0 s\nnothing was graded "
                              "under rfc8659 on 2026-11-01\n");
    free(text);
    made_add(&results, &good);
    text = cfm_report_terminal(&report);
    assert_non_null(strstr(text, "\nconformant under rfc8659 on 2026-11-01\n"));
    free(text);
    cfm_results_fini(&results);
}

static void names_every_kind_of_resolver(void **state)
{
    struct cfm_settings with = settings();
    char *text = NULL;

    (void)state;
    with.preset = CFM_PRESET_DEFAULT;
    text = cfm_resolver_text(&with);
    assert_string_equal(text, "unbound (default)");
    free(text);
    with.resolver = CFM_RESOLVER_NONE;
    text = cfm_resolver_text(&with);
    assert_string_equal(text, "none");
    free(text);
    with.resolver = CFM_RESOLVER_ADDRESS;
    assert_true(
        sim_address_from_text("192.0.2.1@5353", &with.resolver_address));
    text = cfm_resolver_text(&with);
    assert_string_equal(text, "192.0.2.1@5353");
    free(text);
    with.default_command = true;
    text = cfm_implementation_text(&with);
    assert_string_equal(text, "caacheck");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_json),
        cmocka_unit_test(writes_junit),
        cmocka_unit_test(writes_for_people),
        cmocka_unit_test(keeps_every_key_of_the_summary),
        cmocka_unit_test(stays_short_when_hundreds_fail),
        cmocka_unit_test(puts_what_is_unsafe_first),
        cmocka_unit_test(lists_what_is_missing_apart_from_what_went_wrong),
        cmocka_unit_test(says_that_all_is_well),
        cmocka_unit_test(names_every_kind_of_resolver),
    };

    return cmocka_run_group_tests_name("conformance.report", tests, NULL, NULL);
}
