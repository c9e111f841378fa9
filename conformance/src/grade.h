/* SPDX-License-Identifier: BSD-2-Clause */
/* grade.h - observed behaviour x expectation -> outcome (FORMAT section 9). */
#pragma once

#include "evidence.h"
#include "observed.h"

#include <scenario/model.h>

enum cfm_outcome {
    CFM_PASS,
    CFM_UNSAFE,
    CFM_OVERSTRICT,
    CFM_NO_EVIDENCE,
    CFM_WRONG_REASON,
    CFM_UNSUPPORTED,
    CFM_HUNG,
    CFM_CRASHED,
    CFM_UNSTABLE,
    CFM_LAB_ERROR,
    CFM_OUTCOME_COUNT
};

/* As spelt in reports: "pass", "no-evidence", "lab-error", ... */
const char *cfm_outcome_text(enum cfm_outcome outcome);

struct cfm_policy {
    enum scn_profile profile;
    uint32_t date;     /* yyyymmdd */
    unsigned features; /* that the implementation declares */
};

/* Bits of the profiles that `profile` includes at `date` (FORMAT section 8). */
unsigned cfm_profiles_included(enum scn_profile profile, uint32_t date);

struct cfm_graded {
    enum cfm_outcome outcome;
    size_t row; /* index into check->rows of the row that counted */
    /* Index into row->evidence of the first that failed; evidence_count when
     * all held. */
    size_t missing_evidence;
};

/*
 * Grades one run of a check. Pure; everything is [borrowed].
 *   observed  NULL asks only which features are missing: outcome is then
 *             CFM_UNSUPPORTED, CFM_UNSAFE (the profile makes the missing
 *             feature mandatory: never a pass) or CFM_PASS (run it)
 */
struct cfm_graded cfm_grade(const struct scn_check *check,
                            const struct cfm_policy *policy,
                            const struct cfm_looked *looked,
                            const struct sim_journal *journal,
                            const struct cfm_observed *observed);
