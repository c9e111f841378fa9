/* SPDX-License-Identifier: BSD-2-Clause */
#include "coverage.h"
#include "testing.h"
#include "text.h"

#include <scenario/catalogue.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const names[] = { "one.yaml", "two.yaml",
                                     "requirements.yaml", "deviations.yaml" };
static const char *const texts[] = {
    "title: One\n"
    "sources: [{text: RFC 8659}]\n"
    "catches: [A1]\n"
    "requirements: [R101]\n"
    "checks:\n"
    "  - {id: a, verdict: permit, requirements: [R102]}\n"
    "  - {id: b, caa: ['0 issue \";\"'], verdict: refuse}\n",
    "title: Two\n"
    "sources: [{text: RFC 8659}]\n"
    "checks:\n"
    "  - {id: a, verdict: permit, requirements: [R101, R102]}\n"
    "  - {id: b, verdict: permit, requirements: [R102]}\n"
    "  - {id: c, caa: ['0 issue \";\"'], verdict: refuse}\n",
    "chapters:\n"
    "  - {id: R1, title: Chapter}\n"
    "  - {id: R2, title: Empty}\n"
    "requirements:\n"
    "  - {id: R101, text: RFC 8659, section: \"3\", strength: must, says: "
    "climb}\n"
    "  - {id: R102, text: TLS-BR, strength: may, for: [tls-br, smime-br], "
    "from: 2025-07-21, until: 2026-03-15, says: a|b}\n"
    "  - {id: R103, text: RFC 8659, strength: fact, says: nobody looks}\n",
    "deviations:\n"
    "  - {id: A1, what: errs, source: here, outcome: unsafe, rules: "
    "[climb=none]}\n"
    "  - {id: A2, what: errs too, source: here, outcome: unsafe, rules: "
    "[climb=none], equivalent: [{because: the text says so}]}\n",
};
enum { FILES = sizeof(names) / sizeof(names[0]) };

static void on_error(void *ctx, const struct scn_error *error)
{
    (void)ctx;
    print_error("%s:%u: %s\n", error->file, error->line, error->text);
}

static void put(const char *dir, const char *name, const char *text)
{
    char *path = cfm_textf("%s/%s", dir, name);
    FILE *file = fopen(path, "we");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    free(path);
}

static char *page_of(const char *dir)
{
    const char *const paths[] = { dir };
    struct scn_catalogue *catalogue = NULL;
    struct cfm_inventory inventory = { 0 };
    struct cfm_selection selection = { 0 };
    struct cfm_settings settings = { 0 };
    struct scn_error error;

    assert_int_equal(scn_catalogue_load(paths, 1, on_error, NULL, &catalogue),
                     SCN_OK);
    scn_params_default(&settings.params);
    assert_int_equal(
        cfm_inventory_init(catalogue, &settings.params, &error, &inventory),
        SCN_OK);
    assert_int_equal(cfm_select(&inventory, &settings, &selection), 0);
    char *text = cfm_coverage_text(&inventory, &selection,
                                   scn_catalogue_requirements(catalogue),
                                   scn_catalogue_deviations(catalogue));
    cfm_selection_fini(&selection);
    cfm_inventory_fini(&inventory);
    scn_catalogue_free(catalogue);
    return text;
}

static void assert_line(const char *text, const char *line)
{
    if (strstr(text, line) == NULL) {
        fail_msg("no '%s' in:\n%s", line, text);
    }
}

static void tells_checks_gaps_and_deviations(void **state)
{
    char dir[] = "/tmp/test-coverage-XXXXXX";

    (void)state;
    assert_non_null(mkdtemp(dir));
    for (int i = 0; i < FILES; i++) {
        put(dir, names[i], texts[i]);
    }
    char *text = page_of(dir);
    assert_non_null(text);
    assert_line(text, "5 checks in the catalogue.\n");
    assert_line(text, "| R1 Chapter | 3 | 2 | 1 |\n");
    assert_line(text, "| R2 Empty | 0 | 0 | 0 |\n");
    assert_line(text, "| R101 | climb | RFC 8659 section 3; must | one two/a "
                      "| A1 |\n");
    assert_line(text, "| R102 | a\\|b | TLS-BR; may; tls-br, smime-br from "
                      "2025-07-21 until 2026-03-15 | one/a two/{a,b} | A1 |\n");
    assert_line(text, "| R103 | nobody looks | RFC 8659; fact | **gap** | |\n");
    assert_line(text, "## Deviations that no scenario claims\n\n"
                      "- A2: errs too; equivalent: the text says so\n");
    free(text);
    for (int i = 0; i < FILES; i++) {
        char *path = cfm_textf("%s/%s", dir, names[i]);
        assert_int_equal(unlink(path), 0);
        free(path);
    }
    assert_int_equal(rmdir(dir), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_checks_gaps_and_deviations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
