/* SPDX-License-Identifier: BSD-2-Clause */
#include "options.h"
#include "testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NOW_S = 1793534400 }; /* 2026-11-01T12:00:00Z */

/* Words of a command line, split at blanks, [owned]. */
struct line {
    char *text;
    char *words[80];
    int count;
};

static struct line split(const char *text)
{
    struct line line = { .text = strdup(text) };
    char *rest = line.text;

    assert_non_null(line.text);
    line.words[line.count++] = line.text + strlen(line.text);
    for (char *word = strsep(&rest, " "); word != NULL;
         word = strsep(&rest, " ")) {
        if (word[0] != '\0') {
            line.words[line.count++] = word;
        }
    }
    line.words[line.count] = NULL;
    return line;
}

/* The invocation points into the line: both are let go of by done(). */
struct parsed {
    struct line line;
    struct cfm_invocation invocation;
    enum cfm_parse status;
    char problem[CFM_PROBLEM_MAX];
};

static struct parsed parse(const char *text)
{
    struct parsed parsed = { .line = split(text) };

    parsed.status =
        cfm_options_parse(parsed.line.count, parsed.line.words, NOW_S, NULL,
                          &parsed.invocation, parsed.problem);
    return parsed;
}

static void done(struct parsed *parsed)
{
    cfm_invocation_fini(&parsed->invocation);
    free(parsed->line.text);
}

static void expect_usage(const char *text, const char *problem)
{
    struct parsed parsed = parse(text);

    assert_int_equal(parsed.status, CFM_PARSE_USAGE);
    assert_string_equal(parsed.problem, problem);
    done(&parsed);
}

static void has_defaults(void **state)
{
    struct parsed parsed = parse("run");
    const struct cfm_settings *settings = &parsed.invocation.settings;

    (void)state;
    assert_int_equal(parsed.status, CFM_PARSE_OK);
    assert_int_equal(parsed.invocation.command, CFM_RUN);
    assert_int_equal(settings->time_limit_ms, 30000);
    assert_int_equal(settings->jobs, 64);
    assert_int_equal(settings->repeat, 1);
    assert_int_equal(settings->seed, 1);
    assert_int_equal(settings->epoch_s, 1793491200);
    assert_int_equal(settings->policy_date, 20261101);
    assert_int_equal(settings->algorithm, 13);
    assert_int_equal(settings->profile, SCN_TLS_BR);
    assert_int_equal(settings->features,
                     CFM_DEFAULT_FEATURES | CFM_REFERENCE_FEATURES);
    assert_int_equal(settings->resolver, CFM_RESOLVER_UNBOUND);
    assert_int_equal(settings->preset, CFM_PRESET_BRISK);
    assert_true(settings->default_command);
    assert_string_equal(settings->command[0], "caacheck");
    assert_null(settings->command[settings->command_count]);
    done(&parsed);
}

static unsigned jobs_of(const char *line)
{
    struct parsed parsed = parse(line);
    unsigned jobs = parsed.invocation.settings.jobs;

    assert_int_equal(parsed.status, CFM_PARSE_OK);
    done(&parsed);
    return jobs;
}

static void runs_fewer_checks_at_once_of_a_command_than_of_caacheck(
    void **state)
{
    (void)state;
    assert_int_equal(jobs_of("run -- own"), 16);
    assert_int_equal(jobs_of("run --jobs 64 -- own"), 64);
    assert_int_equal(jobs_of("run --jobs 16"), 16);
    assert_int_equal(jobs_of("adequacy"), 64);
}

static void reads_every_option(void **state)
{
    struct parsed parsed = parse(
        "run --catalogue a --catalogue b --only x* --skip y --report r.json "
        "--report r.xml --baseline k --write-baseline w --time-limit 2 --jobs "
        "3 --repeat 4 --seed 5 --epoch 2026-06-01 --reproducible --profile "
        "rfc8659 --date 2020-02-29 --issuer i --account https://a/1 --method "
        "dns-01 --features all,-clock --resolver 192.0.2.7@5300 "
        "--resolver-preset default --algorithm 15 --suffix caa.example "
        "--colour never --verbose -- ./x {name}");
    const struct cfm_settings *settings = &parsed.invocation.settings;

    (void)state;
    assert_int_equal(parsed.status, CFM_PARSE_OK);
    assert_int_equal(settings->catalogue_count, 2);
    assert_string_equal(settings->catalogue[1], "b");
    assert_string_equal(settings->only[0], "x*");
    assert_string_equal(settings->skip[0], "y");
    assert_int_equal(settings->report_count, 2);
    assert_string_equal(settings->baseline, "k");
    assert_string_equal(settings->write_baseline, "w");
    assert_int_equal(settings->time_limit_ms, 2000);
    assert_int_equal(settings->jobs, 3);
    assert_int_equal(settings->repeat, 4);
    assert_int_equal(settings->seed, 5);
    assert_int_equal(settings->epoch_s, 1780272000);
    assert_true(settings->reproducible);
    assert_int_equal(settings->profile, SCN_RFC8659);
    assert_int_equal(settings->policy_date, 20200229);
    assert_string_equal(settings->params.issuer, "i");
    assert_string_equal(settings->params.account, "https://a/1");
    assert_string_equal(settings->params.method, "dns-01");
    assert_string_equal(settings->params.suffix, "caa.example");
    assert_int_equal(settings->features, ~(unsigned)SCN_F_CLOCK);
    assert_int_equal(settings->resolver, CFM_RESOLVER_ADDRESS);
    assert_int_equal(settings->resolver_address.port, 5300);
    assert_int_equal(settings->preset, CFM_PRESET_DEFAULT);
    assert_int_equal(settings->algorithm, 15);
    assert_true(settings->verbose);
    assert_int_equal(parsed.invocation.colour, CFM_COLOUR_NEVER);
    assert_false(settings->default_command);
    assert_int_equal(settings->command_count, 2);
    assert_string_equal(settings->command[1], "{name}");
    done(&parsed);
}

static void keeps_what_a_rerun_must_repeat(void **state)
{
    struct parsed parsed = parse("run --only x --profile rfc8659 --jobs 2 "
                                 "--reproducible --report a.json --seed=9");
    const struct cfm_invocation *invocation = &parsed.invocation;

    (void)state;
    assert_int_equal(parsed.status, CFM_PARSE_OK);
    assert_int_equal(invocation->kept_count, 5);
    assert_string_equal(invocation->kept[0], "--profile");
    assert_string_equal(invocation->kept[1], "rfc8659");
    assert_string_equal(invocation->kept[2], "--reproducible");
    assert_string_equal(invocation->kept[3], "--seed");
    assert_string_equal(invocation->kept[4], "9");
    done(&parsed);
}

static void takes_operands_before_and_behind_options(void **state)
{
    struct parsed parsed = parse("repro x/y --seed 2 -- ./c --seed 3");

    (void)state;
    assert_int_equal(parsed.status, CFM_PARSE_OK);
    assert_int_equal(parsed.invocation.operand_count, 1);
    assert_string_equal(parsed.invocation.operands[0], "x/y");
    assert_int_equal(parsed.invocation.settings.seed, 2);
    assert_int_equal(parsed.invocation.settings.command_count, 3);
    done(&parsed);
    parsed = parse("lint --catalogue q a b c");
    assert_int_equal(parsed.status, CFM_PARSE_OK);
    assert_int_equal(parsed.invocation.operand_count, 3);
    done(&parsed);
    parsed = parse("lint");
    assert_int_equal(parsed.status, CFM_PARSE_OK);
    assert_int_equal(parsed.invocation.operand_count, 0);
    done(&parsed);
    parsed = parse("list --json");
    assert_int_equal(parsed.status, CFM_PARSE_OK);
    assert_true(parsed.invocation.json);
    done(&parsed);
}

static void knows_help_and_version_everywhere(void **state)
{
    static const struct {
        const char *text;
        enum cfm_command command;
    } rows[] = {
        { "--help", CFM_HELP },       { "-h", CFM_HELP },
        { "help", CFM_HELP },         { "run --jobs 2 --help", CFM_HELP },
        { "repro --help", CFM_HELP }, { "--version", CFM_VERSION },
        { "list -h", CFM_HELP },      { "run --version", CFM_VERSION },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct parsed parsed = parse(rows[i].text);
        assert_int_equal(parsed.status, CFM_PARSE_OK);
        assert_int_equal(parsed.invocation.command, rows[i].command);
        done(&parsed);
    }
}

static void refuses_a_wrong_command_line(void **state)
{
    (void)state;
    expect_usage("", "no command; try caaconform --help");
    expect_usage("dance", "dance: no such command; see caaconform --help");
    expect_usage("run --dance", "--dance: no such option");
    expect_usage("run -x", "-x: no such option");
    expect_usage("run --jobs", "--jobs wants a value");
    expect_usage("run true",
                 "true: unexpected argument; the command under test stands "
                 "after --");
    expect_usage("list x", "x: unexpected argument");
    expect_usage("show", "show wants ID");
    expect_usage("run --", "no command stands after --");
    expect_usage("list -- true", "list takes no command after --");
    expect_usage("list --jobs 2", "--jobs is not an option of list, but of "
                                  "run, adequacy");
    expect_usage("repro x --report a.json",
                 "--report is not an option of repro, but of run");
}

static void refuses_a_wrong_value(void **state)
{
    static const char *const lines[] = {
        "--time-limit 0",
        "--time-limit x",
        "--time-limit 86401",
        "--jobs 0",
        "--jobs 4097",
        "--jobs -1",
        "--jobs 01",
        "--jobs 1.5",
        "--repeat 0",
        "--repeat 1001",
        "--seed -1",
        "--seed 1x",
        "--seed 9223372036854775808",
        "--algorithm 5",
        "--algorithm 0",
        "--algorithm 13x",
        "--epoch 2026-13-01",
        "--epoch 20260101",
        "--epoch 2026-02-29",
        "--date tomorrow",
        "--date 2026-1-1",
        "--profile rfc9999",
        "--features dance",
        "--features rfc8657,",
        "--resolver here",
        "--resolver 1.2.3.4@x",
        "--resolver-preset z",
        "--colour red",
        "--report a.txt",
        "--report .json",
        "--issuer a;b",
        "--account a\"b",
        "--method \x7f",
        "--suffix a..b",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        char text[128] = "run ";
        (void)strncat(text, lines[i], sizeof(text) - 5);
        struct parsed parsed = parse(text);
        assert_int_equal(parsed.status, CFM_PARSE_USAGE);
        assert_non_null(strstr(parsed.problem, ": wants "));
        done(&parsed);
    }
}

static void refuses_an_epoch_whose_signatures_are_not_valid_now(void **state)
{
    struct parsed parsed = parse("run --epoch 2036-01-01");

    (void)state;
    assert_int_equal(parsed.status, CFM_PARSE_USAGE);
    assert_memory_equal(parsed.problem, "--epoch 2036-01-01: signatures", 30);
    done(&parsed);
    parsed = parse("run --epoch 2010-01-01");
    assert_int_equal(parsed.status, CFM_PARSE_USAGE);
    done(&parsed);
}

static void takes_the_policy_date_from_the_epoch(void **state)
{
    struct parsed parsed = parse("run --epoch 2026-06-15");

    (void)state;
    assert_int_equal(parsed.invocation.settings.policy_date, 20260615);
    done(&parsed);
}

static unsigned features_of_line(const char *line)
{
    struct parsed parsed = parse(line);
    unsigned features = parsed.invocation.settings.features;

    assert_int_equal(parsed.status, CFM_PARSE_OK);
    done(&parsed);
    return features;
}

/* Of a command of the user's own. */
static unsigned features_of(const char *list)
{
    char text[128];

    (void)snprintf(text, sizeof(text), "run --features=%s -- own", list);
    return features_of_line(text);
}

static void caacheck_declares_more_than_others(void **state)
{
    (void)state;
    assert_int_equal(features_of_line("run -- own"), CFM_DEFAULT_FEATURES);
    assert_int_equal(features_of_line("run --features -wildcard"),
                     (CFM_DEFAULT_FEATURES | CFM_REFERENCE_FEATURES) &
                         ~(unsigned)SCN_F_WILDCARD);
    assert_int_equal(features_of_line("run --features -smime"),
                     (CFM_DEFAULT_FEATURES | CFM_REFERENCE_FEATURES) &
                         ~(unsigned)SCN_F_SMIME);
    assert_int_equal(features_of_line("run --features wildcard"),
                     SCN_F_WILDCARD);
    assert_int_equal(features_of_line("run --features none"), 0);
}

static void reads_lists_of_features(void **state)
{
    (void)state;
    assert_int_equal(features_of("none"), 0);
    assert_int_equal(features_of("all"), ~0U);
    assert_int_equal(features_of("wildcard,clock"),
                     (unsigned)SCN_F_WILDCARD | (unsigned)SCN_F_CLOCK);
    assert_int_equal(features_of("-validation"),
                     CFM_DEFAULT_FEATURES & ~(unsigned)SCN_F_VALIDATION);
    assert_int_equal(features_of("-validation,smime"),
                     (CFM_DEFAULT_FEATURES & ~(unsigned)SCN_F_VALIDATION) |
                         (unsigned)SCN_F_SMIME);
    assert_int_equal(features_of("-account-per-request,-method-per-request"),
                     CFM_DEFAULT_FEATURES &
                         ~((unsigned)SCN_F_ACCOUNT_PER_REQUEST |
                           (unsigned)SCN_F_METHOD_PER_REQUEST));
    assert_int_equal(features_of("wildcard,-wildcard"), 0);
}

static void names_every_command_in_its_help(void **state)
{
    char *help = cfm_options_help();

    (void)state;
    assert_non_null(help);
    assert_non_null(strstr(help, "caaconform run [-- COMMAND"));
    assert_non_null(strstr(help, "caaconform shell ID"));
    assert_non_null(strstr(help, "--write-baseline FILE"));
    for (const char *line = help; *line != '\0';) {
        size_t len = strcspn(line, "\n");
        assert_true(len <= 84);
        line += len + (line[len] == '\n' ? 1 : 0);
    }
    free(help);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(has_defaults),
        cmocka_unit_test(
            runs_fewer_checks_at_once_of_a_command_than_of_caacheck),
        cmocka_unit_test(reads_every_option),
        cmocka_unit_test(keeps_what_a_rerun_must_repeat),
        cmocka_unit_test(takes_operands_before_and_behind_options),
        cmocka_unit_test(knows_help_and_version_everywhere),
        cmocka_unit_test(refuses_a_wrong_command_line),
        cmocka_unit_test(refuses_a_wrong_value),
        cmocka_unit_test(refuses_an_epoch_whose_signatures_are_not_valid_now),
        cmocka_unit_test(takes_the_policy_date_from_the_epoch),
        cmocka_unit_test(reads_lists_of_features),
        cmocka_unit_test(caacheck_declares_more_than_others),
        cmocka_unit_test(names_every_command_in_its_help),
    };

    return cmocka_run_group_tests_name("conformance.options", tests, NULL,
                                       NULL);
}
