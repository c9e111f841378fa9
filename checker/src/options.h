/* SPDX-License-Identifier: BSD-2-Clause */
/* options.h - the command line of caacheck. */
#pragma once

#include <caacheck/check.h>
#include <caacheck/lookup_unbound.h>

enum exit_code {
    EXIT_PERMIT = 0,
    EXIT_REFUSE = 1,
    EXIT_LOOKUP_FAILED = 2,
    EXIT_USAGE = 64
};

enum action { ACTION_CHECK, ACTION_HELP, ACTION_VERSION, ACTION_LIST_RULES };

enum { PROBLEM_TEXT_MAX = 400 };

struct options {
    enum action action;
    enum caa_kind kind;
    const char **issuers; /* [owned] array of [borrowed] strings */
    size_t issuer_count;
    const char *account;
    const char *method;
    struct caa_rules rules; /* profile, date, deviations: all applied */
    bool explain;
    bool json;
    struct caa_unbound_settings unbound;
    char **remotes; /* [owned] resolvers of the remote perspectives */
    size_t remote_count;
    const char *state_directory;  /* NULL: earlier checks are not known */
    int64_t now_s;                /* Unix seconds */
    struct caa_subject *subjects; /* [owned] */
    char **names;                 /* [borrowed] the texts of the subjects */
    size_t subject_count;
    char problem[PROBLEM_TEXT_MAX]; /* one line, when parsing failed */
};

/*
 * Reads argv, whose strings are borrowed. CAA_EFORMAT: a usage error, told in
 * options_out->problem. options_fini() in every case.
 */
CAA_NODISCARD enum caa_status options_parse(int argc, char **argv,
                                            struct options *options_out);
void options_fini(struct options *options);

/* What --help prints. */
const char *options_help(void);
