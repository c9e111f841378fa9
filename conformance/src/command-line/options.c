/* SPDX-License-Identifier: BSD-2-Clause */
/* options.c - reads the command line by the tables of option_table.c. */
#include "options.h"

#include "default_command.h"
#include "option_table.h"
#include "text.h"
#include "words.h"

#include <authsim/clock.h>
#include <authsim/world.h>

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- parsing --- */

enum { ID_HELP = 256, ID_VERSION, ID_FIRST_ROW }; /* above every character */

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

/* What costs more than caacheck competes with itself for the processor, and
 * then gives up look-ups that it would have waited for. */
enum { JOBS_OF_CAACHECK = 64, JOBS_OF_A_COMMAND = 16 };

static void set_defaults(struct cfm_invocation *out)
{
    struct cfm_settings *settings = &out->settings;

    *out = (struct cfm_invocation){ .command = CFM_COMMAND_COUNT };
    settings->time_limit_ms = 30000;
    settings->jobs = 0; /* not said */
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
        if (strcmp(word, cfm_command_table[i].name) == 0) {
            out->command = (enum cfm_command)i;
            return CFM_PARSE_OK;
        }
    }
    return complain(
        parser, cfm_textf("%s: no such command; see caaconform --help", word));
}

/* Commands that take the option, for the message. */
static enum cfm_parse wrong_command(struct parser *parser,
                                    const struct cfm_option_row *row)
{
    struct cfm_text where = { 0 };

    for (int i = 0; i < CFM_COMMAND_COUNT; i++) {
        if ((row->commands & CFM_IN(i)) != 0) {
            cfm_text_addf(&where, "%s%s", where.len == 0 ? "" : ", ",
                          cfm_command_table[i].name);
        }
    }
    char *list = cfm_text_take(&where);
    enum cfm_parse rc = complain(
        parser, cfm_textf("--%s is not an option of %s, but of %s", row->name,
                          cfm_command_table[parser->out->command].name,
                          list == NULL ? "others" : list));
    free(list);
    return rc;
}

static bool keep(struct cfm_invocation *out, const struct cfm_option_row *row,
                 const char *value)
{
    const char *name = cfm_invocation_own(out, cfm_textf("--%s", row->name));

    return name != NULL && cfm_list_add(&out->kept, &out->kept_count, name) &&
           (value == NULL || cfm_list_add(&out->kept, &out->kept_count, value));
}

static enum cfm_parse take(struct parser *parser,
                           const struct cfm_option_row *row, const char *value)
{
    struct cfm_invocation *out = parser->out;

    if ((row->commands & CFM_IN(out->command)) == 0) {
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

/* The options as getopt_long() wants them: --help, --version, those of the
 * table, an end. [owned], free(). */
static struct option *getopt_table(void)
{
    struct option *table = calloc(cfm_option_count + 3, sizeof(*table));

    if (table == NULL) {
        return NULL;
    }
    table[0] = (struct option){ "help", no_argument, NULL, ID_HELP };
    table[1] = (struct option){ "version", no_argument, NULL, ID_VERSION };
    for (size_t i = 0; i < cfm_option_count; i++) {
        const struct cfm_option_row *row = &cfm_option_table[i];
        table[i + 2] = (struct option){
            row->name, row->metavar == NULL ? no_argument : required_argument,
            NULL, ID_FIRST_ROW + (int)i
        };
    }
    return table;
}

static enum cfm_parse take_id(struct parser *parser, int id, char *word)
{
    switch (id) {
    case 'h':
    case ID_HELP:
        parser->out->command = CFM_HELP;
        return CFM_PARSE_OK;
    case ID_VERSION:
        parser->out->command = CFM_VERSION;
        return CFM_PARSE_OK;
    case ':':
        return complain(parser, cfm_textf("%s wants a value", word));
    case '?':
        return complain(parser, cfm_textf("%s: no such option", word));
    default:
        return take(parser, &cfm_option_table[id - ID_FIRST_ROW], optarg);
    }
}

static enum cfm_parse take_options(struct parser *parser, int argc, char **argv)
{
    const struct cfm_invocation *out = parser->out;
    struct option *table = getopt_table();
    enum cfm_parse rc = table == NULL ? CFM_PARSE_NO_MEMORY : CFM_PARSE_OK;

    optind = 0; /* start over: getopt keeps its place */
    while (rc == CFM_PARSE_OK && out->command != CFM_HELP &&
           out->command != CFM_VERSION) {
        int id = getopt_long(argc, argv, ":h", table, NULL);
        if (id == -1) {
            break;
        }
        rc = take_id(parser, id, argv[optind - 1]);
    }
    for (; rc == CFM_PARSE_OK && optind < argc; optind++) {
        if (!cfm_list_add(&parser->out->operands, &parser->out->operand_count,
                          argv[optind])) {
            rc = CFM_PARSE_NO_MEMORY;
        }
    }
    free(table);
    return rc;
}

static enum cfm_parse check_operands(struct parser *parser)
{
    const struct cfm_invocation *out = parser->out;
    const struct cfm_command_row *row = &cfm_command_table[out->command];

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
    if (settings->jobs == 0) {
        settings->jobs =
            settings->command == NULL ? JOBS_OF_CAACHECK : JOBS_OF_A_COMMAND;
    }
    if ((cfm_command_table[parser->out->command].takes_command ||
         parser->out->command == CFM_ADEQUACY) &&
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

    if (!cfm_command_table[parser->out->command].takes_command) {
        return complain(
            parser, cfm_textf("%s takes no command after --",
                              cfm_command_table[parser->out->command].name));
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

const char *cfm_invocation_own(struct cfm_invocation *invocation, char *text)
{
    char **owned = realloc(invocation->owned,
                           (invocation->owned_count + 1) * sizeof(*owned));

    if (owned != NULL) {
        invocation->owned = owned;
    }
    if (text == NULL || owned == NULL) {
        free(text);
        return NULL;
    }
    owned[invocation->owned_count++] = text;
    return text;
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
