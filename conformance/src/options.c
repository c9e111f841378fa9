/* SPDX-License-Identifier: BSD-2-Clause */
/* options.c - the two tables of the command line, and what reads them. */
#include "options.h"

#include "default_command.h"
#include "option_values.h"
#include "text.h"
#include "words.h"

#include <authsim/clock.h>
#include <authsim/world.h>

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- the tables --- */

struct command_row {
    const char *name;
    const char *operands;
    const char *summary;
    size_t operands_min;
    size_t operands_max;
    bool takes_command; /* -- COMMAND [ARG...] */
};

static const struct command_row commands[CFM_COMMAND_COUNT] = {
    [CFM_RUN] = { "run", "[-- COMMAND [ARG...]]",
                  "Grade COMMAND, by default caacheck.", 0, 0, true },
    [CFM_LIST] = { "list", "", "List the checks.", 0, 0, false },
    [CFM_SHOW] = { "show", "ID",
                   "Print a scenario and what it expects, by profile and day.",
                   1, 1, false },
    [CFM_LINT] = { "lint", "[PATH...]",
                   "Check scenario files; silent when they are good.", 0,
                   SIZE_MAX, false },
    [CFM_REPRO] = { "repro", "ID [-- COMMAND [ARG...]]",
                    "Run one check and tell every exchange and why it counts.",
                    1, 1, true },
    [CFM_SHELL] = { "shell", "ID [-- COMMAND [ARG...]]",
                    "Open a shell inside the lab of one check.", 1, 1, true },
    [CFM_HELP] = { "help", "", "Print this.", 0, 0, false },
    [CFM_VERSION] = { "version", "", "Print the version.", 0, 0, false },
};

#define IN(command) (1U << (command))

enum {
    LAB = IN(CFM_RUN) | IN(CFM_REPRO) | IN(CFM_SHELL),
    GRADED = IN(CFM_RUN) | IN(CFM_REPRO),
    LOADS = LAB | IN(CFM_LIST) | IN(CFM_SHOW) | IN(CFM_LINT),
    POLICY = GRADED | IN(CFM_LIST) | IN(CFM_SHOW),
    REQUEST = LAB | IN(CFM_LIST) | IN(CFM_SHOW),
    SELECTS = IN(CFM_RUN) | IN(CFM_LIST)
};

struct option_row {
    const char *name;
    const char *metavar; /* NULL: takes no value */
    unsigned commands;
    bool kept; /* a rerun of one check repeats it */
    cfm_take_fn *take;
    const char *help; /* lines of at most 54 columns */
};

static const struct option_row options[] = {
    { "catalogue", "PATH", LOADS, true, cfm_take_catalogue,
      "scenario files or directories; repeatable" },
    { "only", "GLOB", SELECTS, false, cfm_take_only,
      "checks whose ID or ID/CHECK matches; repeatable" },
    { "skip", "GLOB", SELECTS, false, cfm_take_skip,
      "leave these out; repeatable" },
    { "report", "FILE", IN(CFM_RUN), false, cfm_take_report,
      "write a report: .json, or .xml for JUnit;\nrepeatable" },
    { "baseline", "FILE", IN(CFM_RUN), false, cfm_take_baseline,
      "failures that are known: they do not fail the run,\n"
      "but passing unexpectedly does" },
    { "write-baseline", "FILE", IN(CFM_RUN), false, cfm_take_write_baseline,
      "write the failures of this run as known" },
    { "time-limit", "SECONDS", GRADED, true, cfm_take_time_limit,
      "for one run of the command (30)" },
    { "jobs", "N", IN(CFM_RUN), false, cfm_take_jobs,
      "checks at the same time (64)" },
    { "repeat", "N", IN(CFM_RUN), false, cfm_take_repeat,
      "run everything N times; what differs is unstable" },
    { "seed", "N", LAB, true, cfm_take_seed, "of keys and addresses (1)" },
    { "epoch", "YYYY-MM-DD", LAB | POLICY, true, cfm_take_epoch,
      "the day around which signatures are valid (today)" },
    { "reproducible", NULL, GRADED, true, cfm_take_reproducible,
      "leave counts, order, addresses and times out of\n"
      "reports: same seed and epoch, same report" },
    { "profile", "NAME", POLICY | IN(CFM_SHELL), true, cfm_take_profile,
      "rules: rfc6844, rfc6844-e5065, rfc8659, tls-br\n"
      "(the default), smime-br" },
    { "date", "YYYY-MM-DD", POLICY | IN(CFM_SHELL), true, cfm_take_date,
      "rules as of that day (the epoch's)" },
    { "issuer", "NAME", REQUEST, true, cfm_take_issuer,
      "the CA's own issuer domain name (ca.test)" },
    { "account", "URI", REQUEST, true, cfm_take_account,
      "the account that asks" },
    { "method", "LABEL", REQUEST, true, cfm_take_method,
      "the validation method used (http-01)" },
    { "features", "LIST", POLICY, true, cfm_take_features,
      "what the implementation can do: words joined by\n"
      "commas, all, none, or -WORD to take one away" },
    { "resolver", "WHICH", LAB, true, cfm_take_resolver,
      "unbound (the default), ADDRESS[@PORT], or none for\n"
      "an implementation that recurses itself" },
    { "resolver-preset", "NAME", LAB, true, cfm_take_resolver_preset,
      "brisk (the default), or default: as packaged" },
    { "algorithm", "N", LAB, true, cfm_take_algorithm,
      "DNSSEC algorithm of zones that do not say (13)" },
    { "suffix", "NAME", REQUEST, true, cfm_take_suffix,
      "hang the names of all checks below NAME" },
    { "json", NULL, IN(CFM_LIST), false, cfm_take_json, "print JSON" },
    { "colour", "WHEN", GRADED, false, cfm_take_colour,
      "auto (the default), always or never" },
    { "verbose", NULL, IN(CFM_RUN), false, cfm_take_verbose,
      "print every check as it ends" },
};

enum {
    OPTION_COUNT = sizeof(options) / sizeof(options[0]),
    FIRST_ID = 256, /* of long options, above every character */
    ID_HELP = FIRST_ID + OPTION_COUNT,
    ID_VERSION
};

/* --- --help --- */

static void add_help_lines(struct cfm_text *text, const char *lines)
{
    const char *end = strchr(lines, '\n');

    while (end != NULL) {
        cfm_text_add_octets(text, lines, (size_t)(end - lines));
        cfm_text_addf(text, "\n%26s", "");
        lines = end + 1;
        end = strchr(lines, '\n');
    }
    cfm_text_addf(text, "%s\n", lines);
}

static void add_option_help(struct cfm_text *text, const char *name,
                            const char *metavar, const char *help)
{
    size_t start = text->len;

    cfm_text_addf(text, "  --%s%s%s", name, metavar == NULL ? "" : " ",
                  metavar == NULL ? "" : metavar);
    size_t used = text->len - start;
    if (used > 24) {
        cfm_text_addf(text, "\n%26s", "");
    } else {
        cfm_text_addf(text, "%*s", (int)(26 - used), "");
    }
    add_help_lines(text, help);
}

char *cfm_options_help(void)
{
    struct cfm_text text = { 0 };

    cfm_text_add(&text,
                 "usage: caaconform COMMAND [OPTION...]\n\n"
                 "Puts a CAA implementation into a sealed, simulated DNS, asks "
                 "it \"may you issue for\nthis name?\", and grades the answer "
                 "by what was seen on the wire.\n\n");
    for (int i = 0; i < CFM_COMMAND_COUNT; i++) {
        cfm_text_addf(&text, "  caaconform %s %s\n%26s%s\n", commands[i].name,
                      commands[i].operands, "", commands[i].summary);
    }
    cfm_text_add(
        &text, "\nID is a scenario, ID/CHECK one check of it, or the path of "
               "a scenario file.\nIn COMMAND these words are replaced: {name} "
               "{names} {issuer} {account} {method}\n{kind} {resolver} "
               "{root-hints} {trust-anchor}. It exits 0 to permit, 1 to "
               "refuse,\n2 to refuse because a look-up failed, 3 when it does "
               "not support the request.\n\nOptions:\n");
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        add_option_help(&text, options[i].name, options[i].metavar,
                        options[i].help);
    }
    add_option_help(&text, "help", NULL, "print this");
    add_option_help(&text, "version", NULL, "print the version");
    cfm_text_add(&text,
                 "\nExit status: 0 conformant; 1 not; 2 bad usage or input; 3 "
                 "the lab failed.\n");
    return cfm_text_take(&text);
}

/* --- parsing --- */

struct parser {
    struct cfm_invocation *out;
    char *problem;
    int64_t now_s;
    const char *program_dir;
};

/* problem is [consumed]. */
static enum cfm_parse complain(struct parser *parser, char *problem)
{
    if (problem == NULL) {
        return CFM_PARSE_NO_MEMORY;
    }
    (void)snprintf(parser->problem, CFM_PROBLEM_MAX, "%s", problem);
    free(problem);
    return CFM_PARSE_USAGE;
}

static void set_defaults(struct cfm_invocation *out)
{
    struct cfm_settings *settings = &out->settings;

    *out = (struct cfm_invocation){ .command = CFM_COMMAND_COUNT };
    settings->time_limit_ms = 30000;
    settings->jobs = 64;
    settings->repeat = 1;
    settings->seed = 1;
    settings->epoch_s = INT64_MIN; /* not said */
    settings->algorithm = 13;
    settings->profile = SCN_TLS_BR;
    settings->features = CFM_DEFAULT_FEATURES;
    scn_params_default(&settings->params);
}

static enum cfm_parse find_command(struct parser *parser, const char *word)
{
    struct cfm_invocation *out = parser->out;

    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
        out->command = CFM_HELP;
        return CFM_PARSE_OK;
    }
    if (strcmp(word, "--version") == 0) {
        out->command = CFM_VERSION;
        return CFM_PARSE_OK;
    }
    for (int i = 0; i < CFM_COMMAND_COUNT; i++) {
        if (strcmp(word, commands[i].name) == 0) {
            out->command = (enum cfm_command)i;
            return CFM_PARSE_OK;
        }
    }
    return complain(
        parser,
        cfm_textf("%s: no such command; run, list, show, lint, repro or "
                  "shell",
                  word));
}

/* Commands that take the option, for the message. */
static enum cfm_parse wrong_command(struct parser *parser,
                                    const struct option_row *row)
{
    struct cfm_text where = { 0 };

    for (int i = 0; i < CFM_COMMAND_COUNT; i++) {
        if ((row->commands & IN(i)) != 0) {
            cfm_text_addf(&where, "%s%s", where.len == 0 ? "" : ", ",
                          commands[i].name);
        }
    }
    char *list = cfm_text_take(&where);
    enum cfm_parse rc = complain(
        parser, cfm_textf("--%s is not an option of %s, but of %s", row->name,
                          commands[parser->out->command].name,
                          list == NULL ? "others" : list));
    free(list);
    return rc;
}

static bool keep(struct cfm_invocation *out, const struct option_row *row,
                 const char *value)
{
    char *name = cfm_textf("--%s", row->name);
    char **owned = realloc(out->owned, (out->owned_count + 1) * sizeof(*owned));

    if (owned != NULL) {
        out->owned = owned;
    }
    if (name == NULL || owned == NULL) {
        free(name);
        return false;
    }
    out->owned[out->owned_count++] = name;
    return cfm_list_add(&out->kept, &out->kept_count, name) &&
           (value == NULL || cfm_list_add(&out->kept, &out->kept_count, value));
}

static enum cfm_parse take(struct parser *parser, const struct option_row *row,
                           const char *value)
{
    struct cfm_invocation *out = parser->out;

    if ((row->commands & IN(out->command)) == 0) {
        return wrong_command(parser, row);
    }
    const char *wanted = row->take(out, value);
    if (wanted != NULL) {
        return complain(parser, cfm_textf("--%s %s: wants %s", row->name,
                                          value == NULL ? "" : value, wanted));
    }
    return !row->kept || keep(out, row, value) ? CFM_PARSE_OK
                                               : CFM_PARSE_NO_MEMORY;
}

static enum cfm_parse take_options(struct parser *parser, int argc, char **argv)
{
    struct option table[OPTION_COUNT + 3] = { { NULL, 0, NULL, 0 } };
    enum cfm_parse rc = CFM_PARSE_OK;
    int id = 0;

    for (int i = 0; i < OPTION_COUNT; i++) {
        table[i].name = options[i].name;
        table[i].has_arg =
            options[i].metavar == NULL ? no_argument : required_argument;
        table[i].val = FIRST_ID + i;
    }
    table[OPTION_COUNT] = (struct option){ "help", no_argument, NULL, ID_HELP };
    table[OPTION_COUNT + 1] =
        (struct option){ "version", no_argument, NULL, ID_VERSION };
    optind = 0; /* start over: getopt keeps its place */
    while (rc == CFM_PARSE_OK &&
           (id = getopt_long(argc, argv, ":h", table, NULL)) != -1) {
        if (id == ID_HELP || id == 'h' || id == ID_VERSION) {
            parser->out->command = id == ID_VERSION ? CFM_VERSION : CFM_HELP;
            return CFM_PARSE_OK;
        }
        if (id == ':') {
            rc = complain(parser,
                          cfm_textf("%s wants a value", argv[optind - 1]));
        } else if (id == '?') {
            rc = complain(parser,
                          cfm_textf("%s: no such option", argv[optind - 1]));
        } else {
            rc = take(parser, &options[id - FIRST_ID], optarg);
        }
    }
    for (; rc == CFM_PARSE_OK && optind < argc; optind++) {
        if (!cfm_list_add(&parser->out->operands, &parser->out->operand_count,
                          argv[optind])) {
            rc = CFM_PARSE_NO_MEMORY;
        }
    }
    return rc;
}

static enum cfm_parse check_operands(struct parser *parser)
{
    const struct cfm_invocation *out = parser->out;
    const struct command_row *row = &commands[out->command];

    if (out->operand_count < row->operands_min) {
        return complain(parser,
                        cfm_textf("%s wants %s", row->name, row->operands));
    }
    if (out->operand_count > row->operands_max) {
        return complain(
            parser, cfm_textf("%s: unexpected argument%s",
                              out->operands[row->operands_max],
                              row->takes_command
                                  ? "; the command under test stands after --"
                                  : ""));
    }
    return CFM_PARSE_OK;
}

/* Fills what was not said, and refuses what contradicts. */
static enum cfm_parse settle(struct parser *parser)
{
    struct cfm_settings *settings = &parser->out->settings;
    char date[CFM_WORD_MAX];

    if (settings->epoch_s == INT64_MIN) {
        settings->epoch_s = sim_clock_day_start_s(parser->now_s);
    }
    if (!sim_epoch_is_usable(settings->epoch_s, parser->now_s)) {
        return complain(
            parser,
            cfm_textf(
                "--epoch %s: signatures made for that day are not valid today; "
                "they are valid from a year before it to ten years after it, "
                "and "
                "not beyond 2037",
                cfm_date_text(cfm_date_of(settings->epoch_s), date)));
    }
    if (settings->policy_date == 0) {
        settings->policy_date = cfm_date_of(settings->epoch_s);
    }
    if (commands[parser->out->command].takes_command &&
        settings->command == NULL) {
        return cfm_default_command(parser->out, parser->program_dir)
                   ? CFM_PARSE_OK
                   : CFM_PARSE_NO_MEMORY;
    }
    return CFM_PARSE_OK;
}

/* What stands after the first `--` of its own is the command under test. */
static enum cfm_parse take_command(struct parser *parser, char **words)
{
    struct cfm_settings *settings = &parser->out->settings;

    if (!commands[parser->out->command].takes_command) {
        return complain(parser, cfm_textf("%s takes no command after --",
                                          commands[parser->out->command].name));
    }
    if (words[0] == NULL || words[0][0] == '\0') {
        return complain(parser, cfm_textf("no command stands after --"));
    }
    for (; *words != NULL; words++) {
        if (!cfm_list_add(&settings->command, &settings->command_count,
                          *words)) {
            return CFM_PARSE_NO_MEMORY;
        }
    }
    return CFM_PARSE_OK;
}

enum cfm_parse cfm_options_parse(int argc, char **argv, int64_t now_s,
                                 const char *program_dir,
                                 struct cfm_invocation *out,
                                 char problem[CFM_PROBLEM_MAX])
{
    struct parser parser = { out, problem, now_s, program_dir };
    int end = 1;

    set_defaults(out);
    problem[0] = '\0';
    if (argc < 2) {
        return complain(&parser,
                        cfm_textf("no command; try caaconform --help"));
    }
    enum cfm_parse rc = find_command(&parser, argv[1]);
    while (end < argc && strcmp(argv[end], "--") != 0) {
        end++;
    }
    if (rc == CFM_PARSE_OK) {
        rc = take_options(&parser, end - 1, argv + 1);
    }
    if (rc != CFM_PARSE_OK || out->command == CFM_HELP ||
        out->command == CFM_VERSION) {
        return rc;
    }
    if (end < argc) {
        rc = take_command(&parser, argv + end + 1);
    }
    if (rc == CFM_PARSE_OK) {
        rc = check_operands(&parser);
    }
    return rc == CFM_PARSE_OK ? settle(&parser) : rc;
}

void cfm_invocation_fini(struct cfm_invocation *invocation)
{
    for (size_t i = 0; i < invocation->owned_count; i++) {
        free(invocation->owned[i]);
    }
    free((void *)invocation->owned);
    free((void *)invocation->kept);
    free((void *)invocation->operands);
    cfm_settings_fini(&invocation->settings);
    *invocation = (struct cfm_invocation){ .command = CFM_COMMAND_COUNT };
}
