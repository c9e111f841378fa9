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
    CFM_MISSING,
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

/* A feature that a profile makes mandatory from a day on, and who says so. */
struct cfm_mandate {
    enum scn_profile profile;
    enum scn_feature feature;
    uint32_t from; /* yyyymmdd */
    const char *authority;
    const char *section;
};

/* The first mandate among these features that is in force; NULL when all of
 * them may be left out. */
const struct cfm_mandate *cfm_mandate_in_force(unsigned features,
                                               const struct cfm_policy *policy);

/* Do the profile and date conditions of a row hold? (`if` is not looked at.) */
bool cfm_row_in_force(const struct scn_row *row,
                      const struct cfm_policy *policy);

/* Index of the last row all of whose conditions hold, else 0. */
size_t cfm_row_that_counts(const struct scn_check *check,
                           const struct cfm_policy *policy,
                           const struct cfm_looked *looked,
                           const struct sim_journal *journal);

struct cfm_graded {
    enum cfm_outcome outcome;
    size_t row; /* index into check->rows of the row that counted */
    /* Index into row->evidence of the first that failed; evidence_count when
     * all held. */
    size_t missing_evidence;
};

/* What the implementation told as its reason: SCN_REASON_NONE when nothing.
 * Exit code 2 tells lookup-failed. */
enum scn_reason cfm_reason_told(const struct cfm_observed *observed);

/* What an implementation told against what the row says, compared without case
 * and trailing dot; true where it told nothing or the row says nothing. */
bool cfm_told_reason_fits(const struct scn_row *row,
                          const struct cfm_observed *observed);
bool cfm_told_place_fits(const struct scn_row *row,
                         const struct cfm_observed *observed);
bool cfm_told_names_fit(const struct scn_row *row,
                        const struct cfm_observed *observed);

/*
 * Grades one run of a check. Pure; everything is [borrowed].
 *   observed  NULL asks only which features are missing: outcome is then
 *             CFM_UNSUPPORTED, CFM_MISSING (the profile makes the feature
 *             mandatory) or CFM_PASS (run it)
 *   journal   NULL: nothing was seen
 */
struct cfm_graded cfm_grade(const struct scn_check *check,
                            const struct cfm_policy *policy,
                            const struct cfm_looked *looked,
                            const struct sim_journal *journal,
                            const struct cfm_observed *observed);
