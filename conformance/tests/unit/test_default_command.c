/* SPDX-License-Identifier: BSD-2-Clause */
#include "default_command.h"
#include "testing.h"

#include <stdlib.h>
#include <string.h>

enum { NOW_S = 1793534400, WORDS_MAX = 16 };

/* Whether `word` is in the command of a command line, split at blanks. */
static bool command_has(const char *text, const char *word)
{
    static char program[] = "caaconform";
    char problem[CFM_PROBLEM_MAX] = "";
    char *line = strdup(text);
    char *words[WORDS_MAX] = { program };
    int count = 1;
    char *rest = line;
    struct cfm_invocation invocation;
    bool found = false;

    assert_non_null(line);
    while (rest != NULL && count < WORDS_MAX - 1) {
        words[count++] = strsep(&rest, " ");
    }
    assert_int_equal(
        cfm_options_parse(count, words, NOW_S, NULL, &invocation, problem),
        CFM_PARSE_OK);
    for (size_t i = 0; i < invocation.settings.command_count; i++) {
        found = found || strcmp(invocation.settings.command[i], word) == 0;
    }
    cfm_invocation_fini(&invocation);
    free(line);
    return found;
}

static void runs_caacheck_as_the_settings_say(void **state)
{
    (void)state;
    assert_true(command_has("run", "{resolver}"));
    assert_true(command_has("run", "{remotes}"));
    assert_true(command_has("run", "{state}"));
    assert_false(command_has("run --resolver none", "{remotes}"));
    assert_false(command_has("run", "{root-hints}"));
    assert_true(command_has("run --resolver none", "{root-hints}"));
    assert_false(command_has("run --resolver none", "{resolver}"));
    assert_true(command_has("run --resolver none", "{trust-anchor}"));
    assert_true(command_has("run --date 2020-01-01", "2020-01-01"));
    assert_true(command_has("run --profile rfc6844", "rfc6844"));
    assert_true(command_has("repro x", "{names}"));
    assert_true(command_has("repro x -- y", "y"));
    assert_false(command_has("repro x -- y", "caacheck"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_caacheck_as_the_settings_say),
    };

    return cmocka_run_group_tests_name("conformance.default_command", tests,
                                       NULL, NULL);
}
