/* SPDX-License-Identifier: BSD-2-Clause */
/* option_table.h - the commands and options there are; everything that parses
 * or describes them reads these two tables. */
#pragma once

#include "option_values.h"

struct cfm_command_row {
    const char *name;
    const char *operands;
    const char *summary;
    size_t operands_min;
    size_t operands_max;
    bool takes_command; /* -- COMMAND [ARG...] */
};

struct cfm_option_row {
    const char *name;
    const char *metavar; /* NULL: takes no value */
    unsigned commands;
    bool kept; /* a rerun of one check repeats it */
    cfm_take_fn *take;
    const char *help; /* lines of at most 54 columns */
};

#define CFM_IN(command) (1U << (command))

extern const struct cfm_command_row cfm_command_table[CFM_COMMAND_COUNT];
extern const struct cfm_option_row cfm_option_table[];
extern const size_t cfm_option_count;
