/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * grade.c - picks the row and compares, in the order of FORMAT section 9.
 */
#include "grade.h"

#include <scenario/name.h>

#include <string.h>

const char *cfm_outcome_text(enum cfm_outcome outcome)
{
    switch (outcome) {
    case CFM_PASS:
        return "pass";
    case CFM_UNSAFE:
        return "unsafe";
    case CFM_OVERSTRICT:
        return "overstrict";
    case CFM_NO_EVIDENCE:
        return "no-evidence";
    case CFM_WRONG_REASON:
        return "wrong-reason";
    case CFM_UNSUPPORTED:
        return "unsupported";
    case CFM_MISSING:
        return "missing";
    case CFM_HUNG:
        return "hang";
    case CFM_CRASHED:
        return "crash";
    case CFM_UNSTABLE:
        return "unstable";
    case CFM_LAB_ERROR:
        return "lab-error";
    case CFM_OUTCOME_COUNT:
        break;
    }
    return "";
}

/* --- profiles and dates --- */

/* The TLS Baseline Requirements name one reading of CAA at a time: RFC 6844
 * until erratum 5065 became mandatory (ballot 214), then RFC 8659. */
enum { ERRATUM_5065_FROM = 20171027, RFC8659_FROM = 20201019 };

unsigned cfm_profiles_included(enum scn_profile profile, uint32_t date)
{
    enum scn_profile reading = profile;

    if (profile == SCN_TLS_BR && date < ERRATUM_5065_FROM) {
        reading = SCN_RFC6844;
    } else if (profile == SCN_TLS_BR && date < RFC8659_FROM) {
        reading = SCN_RFC6844_E5065;
    } else if (profile == SCN_TLS_BR || profile == SCN_SMIME_BR) {
        reading = SCN_RFC8659;
    }
    return 1U << profile | 1U << reading;
}

/*
 * The one table of what may not be left out. Multi-perspective corroboration
 * is not in it: it is mandatory too (TLS-BR section 3.2.2.9), but of a whole
 * CA, and this lab grades one point of view unless told otherwise.
 */
static const struct cfm_mandate mandates[] = {
    { SCN_TLS_BR, SCN_F_VALIDATION, 20260315, "TLS-BR",
      "3.2.2.8.1 (2.3.x: 4.2.2.2)" },
    { SCN_TLS_BR, SCN_F_RFC8657, 20270315, "TLS-BR", "4.2.2.1" },
    { SCN_SMIME_BR, SCN_F_SMIME, 20250315, "SMIME-BR", "4.2.2.1" },
    { SCN_SMIME_BR, SCN_F_VALIDATION, 20260315, "SMIME-BR", "4.2.2.1.1" },
};

const struct cfm_mandate *cfm_mandate_in_force(unsigned features,
                                               const struct cfm_policy *policy)
{
    for (size_t i = 0; i < sizeof(mandates) / sizeof(mandates[0]); i++) {
        const struct cfm_mandate *mandate = &mandates[i];
        if (mandate->profile == policy->profile &&
            mandate->from <= policy->date &&
            (features & (unsigned)mandate->feature) != 0) {
            return mandate;
        }
    }
    return NULL;
}

/* --- rows --- */

bool cfm_row_in_force(const struct scn_row *row,
                      const struct cfm_policy *policy)
{
    unsigned included = cfm_profiles_included(policy->profile, policy->date);

    if (row->profiles != 0 && (row->profiles & included) == 0) {
        return false;
    }
    if (row->from != 0 && policy->date < row->from) {
        return false;
    }
    return row->until == 0 || policy->date < row->until;
}

size_t cfm_row_that_counts(const struct scn_check *check,
                           const struct cfm_policy *policy,
                           const struct cfm_looked *looked,
                           const struct sim_journal *journal)
{
    for (size_t i = check->row_count; i-- > 1;) {
        const struct scn_row *row = &check->rows[i];
        if (cfm_row_in_force(row, policy) &&
            cfm_all_hold(row->conditions, row->condition_count, looked,
                         journal)) {
            return i;
        }
    }
    return 0;
}

/* --- what the implementation told --- */

enum scn_reason cfm_reason_told(const struct cfm_observed *observed)
{
    if (observed->told_reason == SCN_REASON_NONE &&
        observed->told_lookup_failure) {
        return SCN_LOOKUP_FAILED;
    }
    return observed->told_reason;
}

bool cfm_told_reason_fits(const struct scn_row *row,
                          const struct cfm_observed *observed)
{
    enum scn_reason told = cfm_reason_told(observed);

    /* A reason is one for refusing: a permit owes none. */
    return observed->permitted || row->reason == SCN_REASON_NONE ||
           told == SCN_REASON_NONE || told == row->reason;
}

bool cfm_told_place_fits(const struct scn_row *row,
                         const struct cfm_observed *observed)
{
    const char *told = observed->told_found_at;
    uint8_t name[SCN_NAME_MAX];

    if (row->found_at == NULL || told == NULL) {
        return true;
    }
    return scn_name_from_text(told, strlen(told), NULL, name) &&
           scn_name_equal(name, row->found_at);
}

/* Subjects may be names, mailboxes and addresses: compared as text, without
 * ASCII case (whatever the locale) and trailing dot. */
static size_t length_without_dot(const char *text)
{
    size_t len = strlen(text);

    return len > 0 && text[len - 1] == '.' ? len - 1 : len;
}

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static bool same_subject(const char *a, const char *b)
{
    size_t len = length_without_dot(a);

    if (len != length_without_dot(b)) {
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        if (lower(a[i]) != lower(b[i])) {
            return false;
        }
    }
    return true;
}

static bool contains(const char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (same_subject(names[i], name)) {
            return true;
        }
    }
    return false;
}

bool cfm_told_names_fit(const struct scn_row *row,
                        const struct cfm_observed *observed)
{
    const char *const *told = (const char *const *)observed->told_refused_names;
    size_t told_count = observed->told_refused_name_count;

    if (observed->permitted || row->refused_name_count == 0 || told == NULL) {
        return true;
    }
    for (size_t i = 0; i < row->refused_name_count; i++) {
        if (!contains(told, told_count, row->refused_names[i])) {
            return false;
        }
    }
    for (size_t i = 0; i < told_count; i++) {
        if (!contains(row->refused_names, row->refused_name_count, told[i])) {
            return false;
        }
    }
    return true;
}

/* --- the outcome --- */

static enum cfm_outcome grade_features(unsigned missing,
                                       const struct cfm_policy *policy)
{
    if (missing == 0) {
        return CFM_PASS;
    }
    return cfm_mandate_in_force(missing, policy) != NULL ? CFM_MISSING
                                                         : CFM_UNSUPPORTED;
}

/*
 * It says that it lacks what the check needs, whatever it declares. Which that
 * is it does not say: where the request has an issuer, account or method of its
 * own it may be that, which nobody owes.
 */
static enum cfm_outcome grade_said_so(unsigned features,
                                      const struct cfm_policy *policy)
{
    const unsigned of_the_request = (unsigned)SCN_F_ISSUER_PER_REQUEST |
                                    (unsigned)SCN_F_ACCOUNT_PER_REQUEST |
                                    (unsigned)SCN_F_METHOD_PER_REQUEST;

    if (features == 0 || (features & of_the_request) != 0) {
        return CFM_UNSUPPORTED;
    }
    return grade_features(features, policy);
}

static size_t first_not_shown(const struct scn_row *row,
                              const struct cfm_looked *looked,
                              const struct sim_journal *journal)
{
    size_t i = 0;

    while (i < row->evidence_count &&
           cfm_predicate_holds(&row->evidence[i], looked, journal)) {
        i++;
    }
    return i;
}

static enum cfm_outcome grade_verdict(const struct scn_row *row,
                                      bool evidence_shown,
                                      const struct cfm_observed *observed)
{
    if (observed->permitted && row->verdict == SCN_REFUSE) {
        return CFM_UNSAFE;
    }
    if (!observed->permitted && row->verdict == SCN_PERMIT) {
        return CFM_OVERSTRICT;
    }
    if (!evidence_shown) {
        return CFM_NO_EVIDENCE;
    }
    if (!cfm_told_reason_fits(row, observed) ||
        !cfm_told_place_fits(row, observed) ||
        !cfm_told_names_fit(row, observed)) {
        return CFM_WRONG_REASON;
    }
    return CFM_PASS;
}

struct cfm_graded cfm_grade(const struct scn_check *check,
                            const struct cfm_policy *policy,
                            const struct cfm_looked *looked,
                            const struct sim_journal *journal,
                            const struct cfm_observed *observed)
{
    struct cfm_graded graded = {
        .row = cfm_row_that_counts(check, policy, looked, journal),
    };
    const struct scn_row *row = &check->rows[graded.row];
    unsigned missing = check->features & ~policy->features;

    graded.missing_evidence = first_not_shown(row, looked, journal);
    if (observed == NULL) {
        graded.outcome = grade_features(missing, policy);
        return graded;
    }
    switch (observed->ending) {
    case CFM_LAB_TROUBLE:
        graded.outcome = CFM_LAB_ERROR;
        return graded;
    case CFM_CRASH:
        graded.outcome = CFM_CRASHED;
        return graded;
    case CFM_HANG:
        graded.outcome = CFM_HUNG;
        return graded;
    case CFM_UNSUPPORTED_BY_ITSELF:
        graded.outcome = grade_said_so(check->features, policy);
        return graded;
    case CFM_ENDED:
        break;
    }
    graded.outcome = grade_features(missing, policy);
    if (graded.outcome == CFM_PASS) {
        graded.outcome = grade_verdict(
            row, graded.missing_evidence == row->evidence_count, observed);
    }
    return graded;
}
