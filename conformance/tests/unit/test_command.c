/* SPDX-License-Identifier: BSD-2-Clause */
#include "command.h"
#include "testing.h"

#include <stdlib.h>
#include <string.h>

static const char *const names[] = { "a.agency", "*.b.agency" };

static const struct cfm_values values = {
    .names = names,
    .name_count = 2,
    .issuer = "ca.test",
    .account = "https://ca.test/acct/1",
    .method = "dns-01",
    .kind = "tls",
    .resolver = "198.18.0.10",
    .root_hints = "/run/hints",
    .trust_anchor = "/run/anchor",
};

static void assert_expands(const char *const *command,
                           const char *const *expected)
{
    char **got = cfm_command_expand(command, &values);
    assert_non_null(got);
    size_t i = 0;
    for (; expected[i] != NULL; i++) {
        assert_non_null(got[i]);
        assert_string_equal(got[i], expected[i]);
    }
    assert_null(got[i]);
    cfm_strings_free(got);
}

static const char *find_variable(char **environment, const char *name)
{
    size_t len = strlen(name);
    for (; *environment != NULL; environment++) {
        if (strncmp(*environment, name, len) == 0 &&
            (*environment)[len] == '=') {
            return *environment + len + 1;
        }
    }
    return NULL;
}

static void replaces_placeholders_anywhere_in_an_argument(void **state)
{
    (void)state;
    const char *const command[] = {
        "c",      "--at=@{resolver}", "{issuer}/{method}", "{account}",
        "{kind}", "{root-hints}",     "{trust-anchor}",    NULL
    };
    const char *const expected[] = {
        "c",   "--at=@198.18.0.10", "ca.test/dns-01", "https://ca.test/acct/1",
        "tls", "/run/hints",        "/run/anchor",    NULL
    };
    assert_expands(command, expected);
}

static void gives_the_perspectives_and_the_clock_to_whom_they_are_for(
    void **state)
{
    (void)state;
    struct cfm_values rich = values;
    rich.remotes = "198.18.2.1,198.18.2.2";
    rich.now = "1793491200";
    rich.state = "/run/state";
    const char *const command[] = { "c", "{remotes}", "--now={now}", "{state}",
                                    NULL };
    const char *const expected[] = { "c", "", "--now=", "", NULL };
    assert_expands(command, expected);
    char **got = cfm_command_expand(command, &rich);
    assert_string_equal(got[1], rich.remotes);
    assert_string_equal(got[2], "--now=1793491200");
    assert_string_equal(got[3], rich.state);
    cfm_strings_free(got);
}

static void makes_one_argument_of_each_name(void **state)
{
    (void)state;
    const char *const command[] = { "c", "{names}", "end", NULL };
    const char *const expected[] = { "c", "a.agency", "*.b.agency", "end",
                                     NULL };
    assert_expands(command, expected);
}

static void joins_names_within_a_longer_argument(void **state)
{
    (void)state;
    const char *const command[] = { "for n in {names}; do", NULL };
    const char *const expected[] = { "for n in a.agency *.b.agency; do", NULL };
    assert_expands(command, expected);
}

static void leaves_a_word_after_a_dollar_to_the_shell(void **state)
{
    (void)state;
    const char *const command[] = { "${name} {name} $ {name}", "${names}",
                                    NULL };
    const char *const expected[] = { "${name} a.agency $ a.agency", "${names}",
                                     NULL };
    assert_expands(command, expected);
}

static void leaves_other_braces_alone(void **state)
{
    (void)state;
    const char *const command[] = {
        "{ print $1 }", "{nam{name}e}", "{", "", "{Name}", NULL
    };
    const char *const expected[] = {
        "{ print $1 }", "{nama.agencye}", "{", "", "{Name}", NULL
    };
    assert_expands(command, expected);
}

static void does_not_replace_what_a_value_brought_in(void **state)
{
    (void)state;
    struct cfm_values odd = values;
    odd.issuer = "{method}";
    const char *const command[] = { "{issuer}", NULL };
    char **got = cfm_command_expand(command, &odd);
    assert_string_equal(got[0], "{method}");
    cfm_strings_free(got);
}

static void tells_which_placeholders_a_command_uses(void **state)
{
    (void)state;
    const char *const command[] = { "sh", "-c", "x {name} ${resolver}",
                                    "{trust-anchor}", NULL };
    assert_int_equal(cfm_command_uses(command),
                     1U << CFM_P_NAME | 1U << CFM_P_TRUST_ANCHOR);
    const char *const none[] = { "true", NULL };
    assert_int_equal(cfm_command_uses(none), 0);
}

static void puts_the_request_into_the_environment(void **state)
{
    (void)state;
    char path[] = "PATH=/bin";
    char stale[] = "CAA_NAME=stale";
    char near[] = "CAA_NAMESPACE=kept";
    char *const before[] = { path, stale, near, NULL };
    char **after = cfm_command_environment(before, &values);
    assert_non_null(after);
    assert_string_equal(find_variable(after, "PATH"), "/bin");
    assert_string_equal(find_variable(after, "CAA_NAME"), "a.agency");
    assert_string_equal(find_variable(after, "CAA_NAMESPACE"), "kept");
    assert_string_equal(find_variable(after, "CAA_NAMES"),
                        "a.agency *.b.agency");
    assert_string_equal(find_variable(after, "CAA_ISSUER"), "ca.test");
    assert_string_equal(find_variable(after, "CAA_ACCOUNT"),
                        "https://ca.test/acct/1");
    assert_string_equal(find_variable(after, "CAA_METHOD"), "dns-01");
    assert_string_equal(find_variable(after, "CAA_KIND"), "tls");
    assert_string_equal(find_variable(after, "CAA_RESOLVER"), "198.18.0.10");
    assert_string_equal(find_variable(after, "CAA_ROOT_HINTS"), "/run/hints");
    assert_string_equal(find_variable(after, "CAA_TRUST_ANCHOR"),
                        "/run/anchor");
    cfm_strings_free(after);
}

static void names_no_resolver_where_there_is_none(void **state)
{
    (void)state;
    struct cfm_values without = values;
    without.resolver = NULL;
    char stale[] = "CAA_RESOLVER=192.0.2.1";
    char *const before[] = { stale, NULL };
    char **after = cfm_command_environment(before, &without);
    assert_null(find_variable(after, "CAA_RESOLVER"));
    cfm_strings_free(after);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(replaces_placeholders_anywhere_in_an_argument),
        cmocka_unit_test(
            gives_the_perspectives_and_the_clock_to_whom_they_are_for),
        cmocka_unit_test(makes_one_argument_of_each_name),
        cmocka_unit_test(joins_names_within_a_longer_argument),
        cmocka_unit_test(leaves_a_word_after_a_dollar_to_the_shell),
        cmocka_unit_test(leaves_other_braces_alone),
        cmocka_unit_test(does_not_replace_what_a_value_brought_in),
        cmocka_unit_test(tells_which_placeholders_a_command_uses),
        cmocka_unit_test(puts_the_request_into_the_environment),
        cmocka_unit_test(names_no_resolver_where_there_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
