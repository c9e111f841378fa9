/* SPDX-License-Identifier: BSD-2-Clause */
/* options.h - the command line of authsim. */
#pragma once

#include <authsim/world.h>

enum command { COMMAND_SERVE, COMMAND_ZONE };

struct options {
    enum command command;
    bool sandbox;           /* serve */
    bool beyond_loopback;   /* serve */
    uint16_t port;          /* serve */
    unsigned threads;       /* serve: 0: as many as pay */
    struct sim_options sim; /* network follows from command and sandbox */
    const char *suffix;     /* NULL: apexes are top-level */
    const char *journal;    /* serve: a file, "-", or NULL */
    const char *pcap;       /* serve: a file, or NULL */
    const char *lab_files;  /* serve: a directory, or NULL */
    const char *control;    /* serve: where to listen, or NULL */
    const char *control_token_file; /* serve: a file, or NULL */
    const char *dir;                /* zone */
    const char *const *scenarios;
    size_t scenario_count;
    char **child; /* serve --sandbox: COMMAND [ARG...], ends in NULL */
};

enum options_result {
    OPTIONS_RUN,
    OPTIONS_HELP,
    OPTIONS_VERSION,
    OPTIONS_BAD /* message says what and what would be right */
};

enum { OPTIONS_MESSAGE_MAX = 512 };

/* Reads argv, which is permuted and must outlive options_out. */
enum options_result options_parse(int argc, char **argv,
                                  struct options *options_out,
                                  char message[OPTIONS_MESSAGE_MAX]);

/* Text of --help; every option is in the man page as well. */
extern const char options_help[];
