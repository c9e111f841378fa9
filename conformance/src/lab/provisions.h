/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * provisions.h - what the checks of one file are given beside their place, by
 * the features that they need: the remote perspectives, and a time and a
 * directory that outlive a command.
 */
#pragma once

#include "lab_context.h"

struct cfm_provisions {
    char *remotes;           /* [owned] text; of checks with perspectives */
    struct cfm_state *state; /* [owned] of checks with a clock */
    int64_t advanced_s;
};

/*
 * Adds to texts what this check is given; it is [borrowed] until the next call
 * of a function of this file. NULL, or why it cannot be had: a literal.
 */
const char *cfm_provisions_give(struct cfm_provisions *provisions,
                                struct cfm_lab_context *lab,
                                const struct scn_instance *model,
                                const struct scn_check *check,
                                struct cfm_place_texts *texts);

/* The time of the checks to come. */
void cfm_provisions_advance(struct cfm_provisions *provisions, int64_t seconds);

void cfm_provisions_fini(struct cfm_provisions *provisions);
