/* SPDX-License-Identifier: BSD-2-Clause */
/* main.c - caaconform: reads the command line, calls the command. */
#include "commands.h"
#include "open.h"
#include "starter_serve.h"
#include "version.h"

#include <authsim/clock.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool cfm_wants_colour(const struct cfm_invocation *invocation, int fd)
{
    const char *no_colour = getenv("NO_COLOR");
    const char *term = getenv("TERM");

    switch (invocation->colour) {
    case CFM_COLOUR_ALWAYS:
        return true;
    case CFM_COLOUR_NEVER:
        return false;
    case CFM_COLOUR_AUTO:
        break;
    }
    return isatty(fd) != 0 && (no_colour == NULL || no_colour[0] == '\0') &&
           term != NULL && strcmp(term, "dumb") != 0;
}

int cfm_print(char *text)
{
    if (text == NULL) {
        (void)fprintf(stderr, "caaconform: out of memory\n");
        return 3;
    }
    int rc = fputs(text, stdout) >= 0 && fflush(stdout) == 0 ? 0 : 3;
    free(text);
    return rc;
}

static int print_version(void)
{
    (void)printf("caaconform %s\n", CFM_VERSION_TEXT);
    return 0;
}

static int call(const struct cfm_invocation *invocation,
                const char *program_dir)
{
    switch (invocation->command) {
    case CFM_RUN:
        return cfm_command_run(invocation, program_dir);
    case CFM_LIST:
        return cfm_command_list(invocation, program_dir);
    case CFM_SHOW:
        return cfm_command_show(invocation, program_dir);
    case CFM_LINT:
        return cfm_command_lint(invocation, program_dir);
    case CFM_COVERAGE:
        return cfm_command_coverage(invocation, program_dir);
    case CFM_REPRO:
        return cfm_command_repro(invocation, program_dir);
    case CFM_SHELL:
        return cfm_command_shell(invocation, program_dir);
    case CFM_ADEQUACY:
        return cfm_command_adequacy(invocation, program_dir);
    case CFM_HELP:
        return cfm_print(cfm_options_help());
    case CFM_VERSION:
        return print_version();
    case CFM_COMMAND_COUNT:
        break;
    }
    return 2;
}

int main(int argc, char **argv)
{
    if (cfm_starter_is_meant(argv)) {
        return cfm_starter_serve();
    }
    struct cfm_invocation invocation;
    char problem[CFM_PROBLEM_MAX];
    char *program_dir = cfm_program_dir();
    int rc = 2;

    switch (cfm_options_parse(argc, argv, sim_clock_unix_s(), program_dir,
                              &invocation, problem)) {
    case CFM_PARSE_OK:
        rc = call(&invocation, program_dir);
        break;
    case CFM_PARSE_USAGE:
        (void)fprintf(stderr, "caaconform: %s\n", problem);
        break;
    case CFM_PARSE_NO_MEMORY:
        (void)fprintf(stderr, "caaconform: out of memory\n");
        rc = 3;
        break;
    }
    cfm_invocation_fini(&invocation);
    free(program_dir);
    return rc;
}
