/* SPDX-License-Identifier: BSD-2-Clause */
/* explain.h - why a check got its outcome, in words. */
#pragma once

#include "grade.h"
#include "settings.h"

#include <jansson.h>

/* One graded run; everything is [borrowed]. */
struct cfm_trial {
    const struct scn_instance *instance;
    const struct scn_check *check;
    const struct cfm_settings *settings;
    const struct cfm_observed *observed; /* NULL: it was not run */
    const struct cfm_graded *graded;
    const struct sim_journal *journal; /* NULL: nothing was seen */
};

struct cfm_policy cfm_policy_of(const struct cfm_settings *settings);

/* One line: got against expected. With settings->reproducible it holds no
 * count and no time. [owned], free(); NULL when out of memory. */
char *cfm_explain(const struct cfm_trial *trial);

/* The predicates of the row that counted which hold; counts are left out with
 * settings->reproducible. [owned] array of strings; NULL: out of memory. */
json_t *cfm_evidence_held(const struct cfm_trial *trial);

/* Verdict, every row with whether its conditions held and which one counted,
 * evidence, outcome: lines for `repro`. [owned] array of strings. */
json_t *cfm_grounds(const struct cfm_trial *trial);
