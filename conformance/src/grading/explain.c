/* SPDX-License-Identifier: BSD-2-Clause */
/* explain.c - the outcome in one line. */
#include "explain.h"

#include "row_text.h"
#include "text.h"
#include "words.h"

#include <scenario/catalogue.h>
#include <scenario/name.h>

#include <stdlib.h>

struct cfm_policy cfm_policy_of(const struct cfm_settings *settings)
{
    return (struct cfm_policy){
        .profile = settings->profile,
        .date = settings->policy_date,
        .features = settings->features,
    };
}

static const char *did(const struct cfm_observed *observed)
{
    return observed->permitted ? "permitted" : "refused";
}

static void explain_unsupported(struct cfm_text *text,
                                const struct cfm_trial *trial)
{
    struct cfm_policy policy = cfm_policy_of(trial->settings);
    unsigned features = trial->check->features & ~policy.features;
    bool by_itself = trial->observed != NULL &&
                     trial->observed->ending == CFM_UNSUPPORTED_BY_ITSELF;
    char date[CFM_WORD_MAX];

    if (by_itself) {
        cfm_text_add(text, "it says that it does not support this (exit 3)");
        features = trial->check->features;
    } else {
        cfm_text_add(text, "needs ");
        cfm_features_add(text, features, ", ");
        cfm_text_add(text, ", which the implementation does not declare");
    }
    const struct cfm_mandate *mandate = cfm_mandate_in_force(features, &policy);
    if (trial->graded->outcome == CFM_MISSING && mandate != NULL) {
        cfm_text_addf(text, "; %s is mandatory since %s (%s section %s)",
                      scn_feature_text(mandate->feature),
                      cfm_date_text(mandate->from, date), mandate->authority,
                      mandate->section);
    }
}

static void add_names(struct cfm_text *text, const char *const *names,
                      size_t count)
{
    enum { SHOWN = 5 };

    for (size_t i = 0; i < count && i < SHOWN; i++) {
        cfm_text_addf(text, "%s%s", i == 0 ? "" : ", ", names[i]);
    }
    if (count > SHOWN) {
        cfm_text_addf(text, " and %zu more", count - SHOWN);
    }
}

static void explain_wrong_reason(struct cfm_text *text,
                                 const struct scn_row *row,
                                 const struct cfm_observed *observed)
{
    char place[SCN_NAME_TEXT_MAX];

    cfm_text_addf(text, "%s as expected, but it says ", did(observed));
    if (!cfm_told_reason_fits(row, observed)) {
        cfm_text_addf(text, "%s; the reason is %s",
                      scn_reason_text(cfm_reason_told(observed)),
                      scn_reason_text(row->reason));
    } else if (!cfm_told_place_fits(row, observed)) {
        scn_name_to_text(row->found_at, place);
        cfm_text_addf(text, "found at %s; the records that count are at %s",
                      observed->told_found_at, place);
    } else {
        cfm_text_add(text, "that the refused names are ");
        add_names(text, (const char *const *)observed->told_refused_names,
                  observed->told_refused_name_count);
        cfm_text_add(text, "; they are ");
        add_names(text, row->refused_names, row->refused_name_count);
    }
}

static void explain_no_evidence(struct cfm_text *text,
                                const struct cfm_trial *trial,
                                const struct scn_row *row,
                                const struct cfm_observed *observed)
{
    struct cfm_looked looked = cfm_looked_for(trial->instance, trial->check);
    size_t missing = trial->graded->missing_evidence;
    char *what = NULL;

    cfm_text_addf(text, "%s as expected, but this was not seen on the wire: ",
                  did(observed));
    if (missing < row->evidence_count) {
        what = trial->settings->reproducible
                   ? cfm_predicate_text(&row->evidence[missing])
                   : cfm_predicate_findings(&row->evidence[missing], &looked,
                                            trial->journal);
    }
    cfm_text_add(text, what == NULL ? "" : what);
    free(what);
}

static void explain_pass(struct cfm_text *text, const struct scn_row *row,
                         const struct cfm_observed *observed)
{
    if (row->verdict == SCN_EITHER) {
        cfm_text_addf(text, "%s, and either will do: %s", did(observed),
                      row->because == NULL ? "" : row->because);
    } else {
        cfm_text_addf(text, "%s, as expected", did(observed));
    }
}

static void explain_crash(struct cfm_text *text,
                          const struct cfm_observed *observed)
{
    char buf[CFM_WORD_MAX];

    if (observed->signal != 0) {
        cfm_text_addf(text, "ended by %s",
                      cfm_signal_text(observed->signal, buf));
    } else {
        cfm_text_addf(text,
                      "exit code %d is no verdict (0 permit, 1 refuse, 2 "
                      "look-up failed, 3 unsupported)",
                      observed->exit_code);
    }
}

static void explain_flood(struct cfm_text *text, const struct cfm_trial *trial)
{
    if (trial->observed == NULL || trial->observed->flood_octets == 0) {
        return;
    }
    cfm_text_add(text, "; it flooded its output");
    if (!trial->settings->reproducible) {
        cfm_text_addf(text, ": %llu octets were thrown away",
                      (unsigned long long)trial->observed->flood_octets);
    }
}

char *cfm_explain(const struct cfm_trial *trial)
{
    const struct scn_row *row = &trial->check->rows[trial->graded->row];
    static const struct cfm_observed not_run = { .ending = CFM_LAB_TROUBLE };
    const struct cfm_observed *observed =
        trial->observed == NULL ? &not_run : trial->observed;
    bool ended = observed->ending == CFM_ENDED;
    struct cfm_text text = { 0 };

    switch (trial->graded->outcome) {
    case CFM_PASS:
        if (ended) {
            explain_pass(&text, row, observed);
        }
        break;
    case CFM_UNSAFE:
        cfm_text_add(&text, "permitted what must be refused");
        break;
    case CFM_OVERSTRICT:
        cfm_text_add(&text, "refused what must be permitted");
        break;
    case CFM_NO_EVIDENCE:
        explain_no_evidence(&text, trial, row, observed);
        break;
    case CFM_WRONG_REASON:
        explain_wrong_reason(&text, row, observed);
        break;
    case CFM_UNSUPPORTED:
    case CFM_MISSING:
        explain_unsupported(&text, trial);
        break;
    case CFM_HUNG:
        cfm_text_addf(&text, "no verdict within %u ms",
                      trial->settings->time_limit_ms);
        break;
    case CFM_CRASHED:
        explain_crash(&text, observed);
        break;
    case CFM_LAB_ERROR:
        cfm_text_add(&text, observed->trouble == NULL
                                ? "the lab could not run it"
                                : observed->trouble);
        break;
    case CFM_UNSTABLE:
    case CFM_OUTCOME_COUNT:
        break;
    }
    explain_flood(&text, trial);
    return cfm_text_take(&text);
}
