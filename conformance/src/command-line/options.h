/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * options.h - the command line of caaconform.
 *
 * One table of commands and one of options: parsing and the text of --help
 * both come from them, so that what --help says is what is parsed.
 */
#pragma once

#include "settings.h"

#include <stdint.h>

enum cfm_command {
    CFM_RUN,
    CFM_LIST,
    CFM_SHOW,
    CFM_LINT,
    CFM_COVERAGE,
    CFM_REPRO,
    CFM_SHELL,
    CFM_ADEQUACY,
    CFM_HELP,
    CFM_VERSION,
    CFM_COMMAND_COUNT
};

enum cfm_colour { CFM_COLOUR_AUTO, CFM_COLOUR_ALWAYS, CFM_COLOUR_NEVER };

/* Strings are [borrowed] from argv, but those in `owned`. */
struct cfm_invocation {
    enum cfm_command command;
    struct cfm_settings settings;
    const char **operands; /* [owned] ID or PATH..., in order */
    size_t operand_count;
    bool json;  /* list, adequacy */
    bool blind; /* show */
    enum cfm_colour colour;
    /* Options that a rerun of one check must repeat, as given. */
    const char **kept; /* [owned] */
    size_t kept_count;
    char **owned; /* [owned] strings made here */
    size_t owned_count;
};

enum cfm_parse { CFM_PARSE_OK, CFM_PARSE_USAGE, CFM_PARSE_NO_MEMORY };

enum { CFM_PROBLEM_MAX = 512 };

/*
 * Reads the command line. argv may be permuted, and keeps its strings.
 *   now_s        seconds since 1970: the day of the default epoch
 *   program_dir  the directory of this program, to find caacheck beside it;
 *                NULL when unknown
 *   out          cfm_invocation_fini() whatever is returned
 *   problem      one line on CFM_PARSE_USAGE
 */
enum cfm_parse cfm_options_parse(int argc, char **argv, int64_t now_s,
                                 const char *program_dir,
                                 struct cfm_invocation *out,
                                 char problem[CFM_PROBLEM_MAX]);
/* Gives text, [consumed], to the invocation, which frees it; returns it, or
 * NULL when there is no memory or text is NULL. */
const char *cfm_invocation_own(struct cfm_invocation *invocation, char *text);

void cfm_invocation_fini(struct cfm_invocation *invocation);

/* The text of --help. [owned] by the caller, free(); NULL: out of memory. */
char *cfm_options_help(void);

/* Appends to a list; false when out of memory. */
bool cfm_list_add(const char ***list, size_t *count, const char *text);
