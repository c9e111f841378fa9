/* SPDX-License-Identifier: BSD-2-Clause */
#include "options.h"
#include "testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ARGUMENTS_MAX = 100 };

static char anchor_path[] = "/tmp/caacheck-anchor-XXXXXX";

static int write_anchor(void **state)
{
    static const char text[] = "; . DS\n.\t172800 IN DS 1 8 2 00\n";
    int fd = mkstemp(anchor_path);

    (void)state;
    return fd >= 0 && write(fd, text, sizeof(text) - 1) > 0 && close(fd) == 0
               ? 0
               : -1;
}

static int remove_anchor(void **state)
{
    (void)state;
    return unlink(anchor_path);
}

/* Parses the words of `line`, with the trust anchor put before them. */
static enum caa_status parse(const char *line, struct options *options)
{
    static char words[4096];
    static char program[] = "caacheck";
    static char option[] = "--trust-anchor";
    char *arguments[ARGUMENTS_MAX] = { program, option, anchor_path };
    int count = 3;
    char *rest = NULL;

    assert_true(strlen(line) < sizeof(words));
    memcpy(words, line, strlen(line) + 1);
    for (char *word = strtok_r(words, " ", &rest); word != NULL;
         word = strtok_r(NULL, " ", &rest)) {
        assert_true(count < ARGUMENTS_MAX - 1);
        arguments[count++] = word;
    }
    return options_parse(count, arguments, options);
}

static void assert_refused(const char *line, const char *problem)
{
    struct options options;

    assert_int_equal(parse(line, &options), CAA_EFORMAT);
    if (strstr(options.problem, problem) == NULL) {
        fail_msg("%s: %s", line, options.problem);
    }
    assert_null(strchr(options.problem, '\n'));
    options_fini(&options);
}

static void the_defaults_are_what_help_says(void **state)
{
    struct options options;

    (void)state;
    assert_int_equal(parse("a.test", &options), CAA_OK);
    assert_int_equal(options.action, ACTION_CHECK);
    assert_int_equal(options.rules.baseline, CAA_BASELINE_TLS);
    assert_int_equal(options.kind, CAA_KIND_TLS);
    assert_int_equal(options.rules.failure, CAA_FAILURE_REFUSE);
    assert_int_equal(options.unbound.timeout_ms, 2600);
    assert_int_equal(options.unbound.attempts, 2);
    assert_null(options.unbound.resolver);
    assert_int_equal(options.issuer_count, 0);
    assert_int_equal(options.subject_count, 1);
    options_fini(&options);
}

static void every_option_lands_in_its_place(void **state)
{
    struct options options;

    (void)state;
    assert_int_equal(
        parse("--issuer a --issuer b --account u --method m --kind tls "
              "--resolver 127.0.0.1@5353 --root-hints /dev/null --profile "
              "rfc8659 --date 2026-01-02 --allow-lookup-failure --timeout-ms "
              "10 --explain --json --rule climb=none --rule retry=none x *.Y.",
              &options),
        CAA_OK);
    assert_int_equal(options.issuer_count, 2);
    assert_string_equal(options.issuers[1], "b");
    assert_string_equal(options.account, "u");
    assert_string_equal(options.method, "m");
    assert_string_equal(options.unbound.resolver, "127.0.0.1@5353");
    assert_string_equal(options.unbound.root_hints, "/dev/null");
    assert_int_equal(options.unbound.timeout_ms, 10);
    assert_int_equal(options.unbound.attempts, 1);
    assert_int_equal(options.rules.baseline, CAA_BASELINE_NONE);
    assert_int_equal(options.rules.climb, CAA_CLIMB_NONE);
    assert_int_equal(options.rules.failure, CAA_FAILURE_ALLOW);
    assert_true(options.explain);
    assert_true(options.json);
    assert_int_equal(options.subject_count, 2);
    assert_string_equal(options.subjects[1].text, "*.y");
    options_fini(&options);
}

static void usage_errors_are_told_in_one_line(void **state)
{
    (void)state;
    assert_refused("", "no NAME");
    assert_refused("--nonsense x", "--nonsense");
    assert_refused("x --issuer", "needs a value");
    assert_refused("--kind mail x", "--kind mail");
    assert_refused("--profile rfc1 x", "rfc1");
    assert_refused("--date 2026-02-30 x", "2026-02-30");
    assert_refused("--rule climb=up x", "climb=up");
    assert_refused("--timeout-ms 0 x", "--timeout-ms");
    assert_refused("--timeout-ms -1 x", "--timeout-ms");
    assert_refused("--timeout-ms 1s x", "--timeout-ms");
    assert_refused("--timeout-ms 99999999999999999999 x", "--timeout-ms");
    assert_refused("--trust-anchor /nonexistent x", "No such file");
    assert_refused("--trust-anchor /dev/null x", "no DS or DNSKEY");
    assert_refused("--root-hints /nonexistent x", "No such file");
    assert_refused("--issuer ca.test. x", "--issuer 'ca.test.'");
    assert_refused("--issuer ca.test --issuer= x", "--issuer ''");
    assert_refused("--resolver 127.0.0.1@99999 x", "--resolver");
    assert_refused("--resolver localhost x", "--resolver");
    assert_refused("x b\xC3\xBC.de", "A-labels");
}

static void remotes_are_given_one_by_one_or_by_commas(void **state)
{
    struct options options;

    (void)state;
    assert_int_equal(parse("--remote 192.0.2.1,2001:db8::1@5353 --remote= "
                           "--remote 192.0.2.2 x",
                           &options),
                     CAA_OK);
    assert_int_equal(options.remote_count, 3);
    assert_string_equal(options.remotes[0], "192.0.2.1");
    assert_string_equal(options.remotes[1], "2001:db8::1@5353");
    assert_string_equal(options.remotes[2], "192.0.2.2");
    options_fini(&options);
    assert_int_equal(options.remote_count, 0);
    assert_refused("--remote resolver.example x", "'resolver.example'");
    assert_refused("--remote 192.0.2.1,,192.0.2.2 x", "--remote ''");
    assert_refused("--remote 192.0.2.1, x", "after the last comma");
    assert_refused("--remote , x", "--remote ''");
}

static void too_many_remotes_are_refused(void **state)
{
    struct options options;
    char line[1024] = "--remote 127.0.0.1";
    size_t length = strlen(line);

    (void)state;
    for (int i = 1; i < 32; i++) {
        length += (size_t)snprintf(line + length, sizeof(line) - length,
                                   ",127.0.0.1");
    }
    (void)snprintf(line + length, sizeof(line) - length, " x");
    assert_int_equal(parse(line, &options), CAA_OK);
    assert_int_equal(options.remote_count, 32);
    options_fini(&options);
    (void)snprintf(line + length, sizeof(line) - length, ",127.0.0.1 x");
    assert_refused(line, "more than 32");
}

static void the_time_and_the_state_may_be_given_or_left_empty(void **state)
{
    struct options options;

    (void)state;
    assert_int_equal(parse("--now 1700000000 --state /tmp/kept x", &options),
                     CAA_OK);
    assert_int_equal(options.now_s, 1700000000);
    assert_string_equal(options.state_directory, "/tmp/kept");
    options_fini(&options);
    assert_int_equal(parse("--now= --state= x", &options), CAA_OK);
    assert_true(options.now_s > 1700000000); /* by the clock */
    assert_null(options.state_directory);
    options_fini(&options);
    assert_refused("--now -1 x", "--now -1");
    assert_refused("--now yesterday x", "--now yesterday");
    assert_refused("--now 1234567890123 x", "--now");
}

static void mailboxes_are_names_of_their_kind_wherever_it_stands(void **state)
{
    struct options options;

    (void)state;
    assert_int_equal(
        parse("A@b.test --kind smime --profile smime-br b.test", &options),
        CAA_OK);
    assert_int_equal(options.kind, CAA_KIND_SMIME);
    assert_int_equal(options.rules.baseline, CAA_BASELINE_SMIME);
    assert_int_equal(options.subject_count, 2);
    assert_string_equal(options.subjects[0].text, "A@b.test");
    assert_string_equal(options.subjects[1].text, "b.test");
    options_fini(&options);
    assert_refused("a@b.test", "has an @ that belongs to no mailbox here");
    assert_refused("--kind tls a@b.test", "a@b.test");
    assert_refused("--kind smime *.b.test", "*.b.test");
    assert_refused("--kind smime a@", "is empty");
}

static void questions_about_the_program_need_no_name(void **state)
{
    struct options options;

    (void)state;
    assert_int_equal(parse("--help", &options), CAA_OK);
    assert_int_equal(options.action, ACTION_HELP);
    options_fini(&options);
    assert_int_equal(parse("--version", &options), CAA_OK);
    assert_int_equal(options.action, ACTION_VERSION);
    options_fini(&options);
    assert_int_equal(parse("--list-rules", &options), CAA_OK);
    assert_int_equal(options.action, ACTION_LIST_RULES);
    options_fini(&options);
}

static void a_name_beside_such_a_question_is_not_permitted_by_it(void **state)
{
    (void)state;
    assert_refused("a.test --help", "a.test");
    assert_refused("--version a.test", "a.test");
    assert_refused("--list-rules -- --help", "--help");
}

static void too_many_rules_are_refused(void **state)
{
    char line[4096] = "";
    size_t length = 0;

    (void)state;
    for (int i = 0; i < 70; i++) {
        length += (size_t)snprintf(line + length, sizeof(line) - length,
                                   "--rule=climb=none ");
    }
    (void)snprintf(line + length, sizeof(line) - length, "x");
    assert_refused(line, "--rule");
}

static void help_fits_a_terminal(void **state)
{
    const char *line = options_help();

    (void)state;
    while (*line != '\0') {
        size_t length = strcspn(line, "\n");
        assert_true(length <= 80);
        line += length + 1;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_defaults_are_what_help_says),
        cmocka_unit_test(every_option_lands_in_its_place),
        cmocka_unit_test(usage_errors_are_told_in_one_line),
        cmocka_unit_test(remotes_are_given_one_by_one_or_by_commas),
        cmocka_unit_test(too_many_remotes_are_refused),
        cmocka_unit_test(the_time_and_the_state_may_be_given_or_left_empty),
        cmocka_unit_test(mailboxes_are_names_of_their_kind_wherever_it_stands),
        cmocka_unit_test(questions_about_the_program_need_no_name),
        cmocka_unit_test(a_name_beside_such_a_question_is_not_permitted_by_it),
        cmocka_unit_test(too_many_rules_are_refused),
        cmocka_unit_test(help_fits_a_terminal),
    };

    return cmocka_run_group_tests_name("checker.options", tests, write_anchor,
                                       remove_anchor);
}
