/* SPDX-License-Identifier: BSD-2-Clause */
/* main.c - authsim: a simulated DNS for CAA checking. */
#include "lab.h"
#include "options.h"
#include "serve.h"
#include "zone_command.h"

#include <stdio.h>

static int run(const struct options *options)
{
    switch (options->command) {
    case COMMAND_SERVE:
        return serve_command(options);
    case COMMAND_ZONE:
        return zone_command(options);
    }
    return EXIT_SYSTEM; /* LCOV_EXCL_LINE: DefensiveCoding */
}

int main(int argc, char **argv)
{
    char message[OPTIONS_MESSAGE_MAX] = "";
    struct options options;

    switch (options_parse(argc, argv, &options, message)) {
    case OPTIONS_RUN:
        return run(&options);
    case OPTIONS_HELP:
        (void)fputs(options_help, stdout);
        return fflush(stdout) == 0 ? EXIT_DONE : EXIT_SYSTEM;
    case OPTIONS_VERSION:
        (void)puts("authsim " AUTHSIM_VERSION);
        return fflush(stdout) == 0 ? EXIT_DONE : EXIT_SYSTEM;
    case OPTIONS_BAD:
        (void)fprintf(stderr, "authsim: %s\nTry 'authsim --help'.\n", message);
        return EXIT_INPUT;
    }
    return EXIT_INPUT; /* LCOV_EXCL_LINE: DefensiveCoding */
}
