/* SPDX-License-Identifier: BSD-2-Clause */
#include "deviant.h"
#include "shelf.h"

#include <string.h>
#include <sys/stat.h>

static const char *words[] = { "/b/caacheck", "--json", "--", "{names}", NULL };

static char *joined(const struct cfm_settings *settings)
{
    struct cfm_text text = { 0 };

    for (size_t i = 0; i < settings->command_count; i++) {
        cfm_text_addf(&text, "%s%s", i == 0 ? "" : " ", settings->command[i]);
    }
    return cfm_text_take(&text);
}

static void expect(const struct scn_deviation *deviation, const char *wanted)
{
    char program[] = "/b/caacheck-deviant";
    char switches[] = "B2\nB3\n";
    const struct cfm_deviant deviant = { .program = program,
                                         .switches = switches };
    const struct cfm_settings base = { .command = words, .command_count = 4 };
    struct cfm_settings settings;

    assert_int_equal(
        cfm_deviant_settings(&deviant, &base, deviation, &settings), 0);
    char *text = joined(&settings);
    assert_string_equal(text, wanted);
    assert_null(settings.command[settings.command_count]);
    free(text);
    free((void *)settings.command);
}

static void a_misreading_is_rules_and_a_bug_is_a_switch(void **state)
{
    static const char *const rules[] = { "a=b", "c=d" };
    const struct scn_deviation misreading = { .id = "A1",
                                              .rules = rules,
                                              .rule_count = 2 };
    const struct scn_deviation bug = { .id = "B2" };
    const struct scn_deviation both = { .id = "B3",
                                        .rules = rules,
                                        .rule_count = 1 };

    (void)state;
    expect(&misreading, "/b/caacheck --json --rule a=b --rule c=d -- {names}");
    expect(&bug, "/b/caacheck-deviant --deviation B2 --json -- {names}");
    expect(&both, "/b/caacheck-deviant --deviation B3 --json --rule a=b -- "
                  "{names}");
}

static void a_bug_needs_a_switch(void **state)
{
    static const char *const rules[] = { "a=b" };
    const struct scn_deviation misreading = { .id = "A1",
                                              .rules = rules,
                                              .rule_count = 1 };
    const struct scn_deviation bug = { .id = "B2" };
    char without[] = "B22\nA2\n";
    char with[] = "B22\nB2\n";
    struct cfm_deviant deviant = { 0 };

    (void)state;
    assert_true(cfm_deviant_can(&deviant, &misreading));
    assert_false(cfm_deviant_can(&deviant, &bug));
    deviant.switches = without;
    assert_false(cfm_deviant_can(&deviant, &bug));
    deviant.switches = with;
    assert_true(cfm_deviant_can(&deviant, &bug));
}

static void asks_the_program_for_its_switches(void **state)
{
    char dir[] = "/tmp/test-deviant-XXXXXX";
    struct cfm_deviant deviant;
    char why[256];

    (void)state;
    assert_non_null(mkdtemp(dir));
    char *path = cfm_textf("%s/caacheck-deviant", dir);
    assert_int_equal(cfm_write_file(path,
                                    "#!/bin/sh\n"
                                    "[ \"$1\" = --list-deviations ] && "
                                    "echo B2\n",
                                    why, sizeof(why)),
                     0);
    assert_int_equal(chmod(path, 0700), 0);
    assert_int_equal(cfm_deviant_init(dir, &deviant), 0);
    assert_string_equal(deviant.program, path);
    assert_string_equal(deviant.switches, "B2\n");
    cfm_deviant_fini(&deviant);
    assert_int_equal(
        cfm_write_file(path, "#!/bin/sh\nexit 64\n", why, sizeof(why)), 0);
    assert_int_equal(chmod(path, 0700), 0);
    assert_int_equal(cfm_deviant_init(dir, &deviant), 0);
    assert_null(deviant.switches);
    cfm_deviant_fini(&deviant);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(dir), 0);
    free(path);
}

static void a_program_that_is_not_there_has_no_switches(void **state)
{
    struct cfm_deviant deviant;
    char *path = cfm_text_copy(getenv("PATH"));

    (void)state;
    assert_int_equal(setenv("PATH", "/nonexistent", 1), 0);
    assert_int_equal(cfm_deviant_init(NULL, &deviant), 0);
    assert_string_equal(deviant.program, "caacheck-deviant");
    assert_null(deviant.switches);
    assert_int_equal(setenv("PATH", path == NULL ? "" : path, 1), 0);
    cfm_deviant_fini(&deviant);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_misreading_is_rules_and_a_bug_is_a_switch),
        cmocka_unit_test(a_bug_needs_a_switch),
        cmocka_unit_test(asks_the_program_for_its_switches),
        cmocka_unit_test(a_program_that_is_not_there_has_no_switches),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
