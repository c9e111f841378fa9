/* SPDX-License-Identifier: BSD-2-Clause */
#include "options.h"
#include "testing.h"

#include <string.h>

enum { WORDS_MAX = 32, WORD_MAX = 64 };

/* A command line of words that may be written to. */
struct line {
    char words[WORDS_MAX][WORD_MAX];
    char *argv[WORDS_MAX + 1];
    int argc;
    struct options options;
    char message[OPTIONS_MESSAGE_MAX];
};

/* Cuts text at its blanks. */
static enum options_result parse(struct line *line, const char *text)
{
    memset(line, 0, sizeof(*line));
    while (*text != '\0') {
        const size_t len = strcspn(text, " ");
        assert_true(line->argc < WORDS_MAX && len < WORD_MAX);
        memcpy(line->words[line->argc], text, len);
        line->argv[line->argc] = line->words[line->argc];
        line->argc++;
        text += len + strspn(text + len, " ");
    }
    return options_parse(line->argc, line->argv, &line->options, line->message);
}

static void serve_has_its_defaults(void **state)
{
    struct line line;

    (void)state;
    assert_int_equal(parse(&line, "authsim serve a.yaml b"), OPTIONS_RUN);
    const struct options *o = &line.options;
    assert_int_equal(o->command, COMMAND_SERVE);
    assert_false(o->sandbox);
    assert_int_equal(o->port, 5300);
    assert_int_equal(o->threads, 0);
    assert_int_equal(o->sim.seed, 1);
    assert_int_equal(o->sim.algorithm, 13);
    assert_int_equal(o->sim.network, SIM_NETWORK_LOOPBACK);
    assert_null(o->suffix);
    assert_null(o->journal);
    assert_null(o->pcap);
    assert_null(o->child);
    assert_int_equal(o->scenario_count, 2);
    assert_string_equal(o->scenarios[0], "a.yaml");
    assert_string_equal(o->scenarios[1], "b");
}

static void options_may_stand_anywhere(void **state)
{
    struct line line;

    (void)state;
    assert_int_equal(
        parse(&line,
              "authsim --seed 7 serve a --epoch "
              "2026-11-01 b --algorithm=15 --suffix "
              "x.example --journal - --lab-files d "
              "--port 99 --threads 1 --pcap p.pcapng --control 0.0.0.0:1 "
              "--control-token-file f"),
        OPTIONS_RUN);
    const struct options *o = &line.options;
    assert_int_equal(o->sim.seed, 7);
    assert_int_equal(o->sim.epoch_s, 1793491200);
    assert_int_equal(o->sim.algorithm, 15);
    assert_string_equal(o->suffix, "x.example");
    assert_string_equal(o->journal, "-");
    assert_string_equal(o->lab_files, "d");
    assert_string_equal(o->control, "0.0.0.0:1");
    assert_string_equal(o->control_token_file, "f");
    assert_int_equal(o->port, 99);
    assert_int_equal(o->threads, 1);
    assert_string_equal(o->pcap, "p.pcapng");
    assert_int_equal(o->scenario_count, 2);
}

static void only_who_says_so_serves_others(void **state)
{
    struct line line;

    (void)state;
    assert_int_equal(parse(&line, "authsim serve a"), OPTIONS_RUN);
    assert_int_equal(line.options.sim.network, SIM_NETWORK_LOOPBACK);
    assert_false(line.options.beyond_loopback);
    assert_int_equal(parse(&line, "authsim serve --beyond-loopback a"),
                     OPTIONS_RUN);
    assert_int_equal(line.options.sim.network, SIM_NETWORK_SANDBOX);
    assert_true(line.options.beyond_loopback);
    assert_int_equal(line.options.port, 5300);
}

static void a_sandbox_has_a_command_and_port_53(void **state)
{
    struct line line;

    (void)state;
    assert_int_equal(
        parse(&line, "authsim serve --sandbox a -- sh --port -- x"),
        OPTIONS_RUN);
    assert_true(line.options.sandbox);
    assert_int_equal(line.options.port, 53);
    assert_int_equal(line.options.sim.network, SIM_NETWORK_SANDBOX);
    assert_int_equal(line.options.scenario_count, 1);
    assert_string_equal(line.options.child[0], "sh");
    assert_string_equal(line.options.child[2], "--");
    assert_string_equal(line.options.child[3], "x");
    assert_null(line.options.child[4]);
}

static void zone_wants_a_directory(void **state)
{
    struct line line;

    (void)state;
    assert_int_equal(parse(&line, "authsim zone --dir d a"), OPTIONS_RUN);
    assert_int_equal(line.options.command, COMMAND_ZONE);
    assert_string_equal(line.options.dir, "d");
    assert_int_equal(line.options.sim.network, SIM_NETWORK_SANDBOX);
}

static void help_and_version_end_the_reading(void **state)
{
    struct line line;

    (void)state;
    assert_int_equal(parse(&line, "authsim --help"), OPTIONS_HELP);
    assert_int_equal(parse(&line, "authsim serve --version --seed x"),
                     OPTIONS_VERSION);
    assert_non_null(strstr(options_help, "--lab-files"));
}

static void bad_lines_are_told(void **state)
{
    static const struct {
        const char *line;
        const char *words;
    } bad[] = {
        { "authsim", "'serve' or 'zone'" },
        { "authsim dance a", "not 'dance'" },
        { "authsim serve", "no SCENARIO" },
        { "authsim serve --sandbox a --", "-- COMMAND" },
        { "authsim serve a -- b", "--sandbox" },
        { "authsim serve --nonsense a", "--nonsense" },
        { "authsim serve a --seed", "no value given for '--seed'" },
        { "authsim serve --seed 1x a", "'1x'" },
        { "authsim serve --seed 18446744073709551616 a", "--seed" },
        { "authsim serve --port 0 a", "1 to 65535" },
        { "authsim serve --port 65536 a", "1 to 65535" },
        { "authsim serve --threads 0 a", "1 to 64" },
        { "authsim serve --threads 65 a", "1 to 64" },
        { "authsim serve --threads all a", "not 'all'" },
        { "authsim serve --threads 2 --pcap p a", "not --threads 2" },
        { "authsim serve --epoch yesterday a", "YYYY-MM-DD" },
        { "authsim serve --epoch 1990-01-01 a", "nearer to today" },
        { "authsim serve --algorithm 0 a", "8, 10, 13" },
        { "authsim serve --algorithm 5 a", "8, 10, 13" },
        { "authsim serve --algorithm 257 a", "8, 10, 13" },
        { "authsim serve --dir d a", "authsim zone" },
        { "authsim serve --sandbox --port 53 a -- b", "--port is not for" },
        { "authsim serve --sandbox --beyond-loopback a -- b",
          "--beyond-loopback is not for" },
        { "authsim zone --dir d --beyond-loopback a", "authsim serve" },
        { "authsim zone a", "--dir DIR" },
        { "authsim zone --dir d --port 53 a", "authsim serve" },
        { "authsim zone --dir d --threads 2 a", "authsim serve" },
        { "authsim zone --dir d --journal j a", "authsim serve" },
        { "authsim zone --dir d --pcap p a", "authsim serve" },
        { "authsim zone --dir d --lab-files j a", "authsim serve" },
        { "authsim zone --dir d --sandbox a", "authsim serve" },
        { "authsim zone --dir d a -- b", "authsim serve" },
        { "authsim zone --dir d --control [::1]:1 a", "authsim serve" },
        { "authsim serve --control here a", "ADDRESS:PORT" },
        { "authsim serve --control 192.0.2.1:1 a", "--control-token-file" },
        { "authsim serve --control-token-file f a", "wants --control" },
    };
    struct line line;

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_int_equal(parse(&line, bad[i].line), OPTIONS_BAD);
        assert_non_null(strstr(line.message, bad[i].words));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(serve_has_its_defaults),
        cmocka_unit_test(options_may_stand_anywhere),
        cmocka_unit_test(only_who_says_so_serves_others),
        cmocka_unit_test(a_sandbox_has_a_command_and_port_53),
        cmocka_unit_test(zone_wants_a_directory),
        cmocka_unit_test(help_and_version_end_the_reading),
        cmocka_unit_test(bad_lines_are_told),
    };

    return cmocka_run_group_tests_name("authsim.options", tests, NULL, NULL);
}
