/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * options_settle.h - what the command line said, put together: which rules they
 * are, which times and files.
 */
#pragma once

#include "options.h"

enum { OPTIONS_RULES_MAX = 64 };

/* All [borrowed]; NULL where the command line says nothing. */
struct raw_options {
    const char *profile;
    const char *date;
    const char *kind;
    const char *timeout_ms;
    const char *now;
    bool allow_lookup_failure;
    const char *rules[OPTIONS_RULES_MAX]; /* in the order given */
    size_t rule_count;
};

/* Keeps the one line that tells a usage error, and is CAA_EFORMAT. */
__attribute__((format(printf, 2, 3))) CAA_NODISCARD enum caa_status
options_usage(struct options *options, const char *format, ...);

/* Fills what the raw texts decide and checks the rest. CAA_EFORMAT: see
 * options->problem. */
CAA_NODISCARD enum caa_status options_settle(struct options *options,
                                             const struct raw_options *raw);
