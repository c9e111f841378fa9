/* SPDX-License-Identifier: BSD-2-Clause */
/* keys_deviation.h - the keys of a table of deviations, and what they fill. */
#pragma once

#include "keys.h"

struct scn_spec_equivalent {
    const struct scn_yaml *node;
    long profiles;
    long from;
    long until;
    const struct scn_yaml *because;
};

struct scn_spec_deviation {
    const struct scn_yaml *node;
    const struct scn_yaml *id;
    const struct scn_yaml *what;
    const struct scn_yaml *source;
    long shown;
    const struct scn_yaml *rules;
    struct scn_spec_list equivalents;
};

struct scn_spec_deviations {
    const struct scn_yaml *node;
    struct scn_spec_list deviations;
};

extern const struct scn_key_table scn_keys_deviations;
