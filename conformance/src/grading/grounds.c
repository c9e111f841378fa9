/* SPDX-License-Identifier: BSD-2-Clause */
/* grounds.c - rows, conditions and evidence, each with whether it held. */
#include "explain.h"
#include "row_text.h"
#include "text.h"
#include "words.h"

#include <scenario/catalogue.h>

#include <stdlib.h>

enum { GROUND_MAX = 4000 };

static int append(json_t *lines, struct cfm_text *text)
{
    char *raw = cfm_text_take(text);
    char *line = cfm_text_clean(raw, GROUND_MAX);
    int rc =
        line == NULL ? -1 : json_array_append_new(lines, json_string(line));

    free(line);
    free(raw);
    return rc;
}

/* --- evidence that held --- */

static int append_held(json_t *held, const struct cfm_trial *trial,
                       const struct scn_predicate *predicates, size_t count)
{
    struct cfm_looked looked = cfm_looked_for(trial->instance, trial->check);
    int rc = 0;

    for (size_t i = 0; i < count && rc == 0; i++) {
        if (!cfm_predicate_holds(&predicates[i], &looked, trial->journal)) {
            continue;
        }
        char *line = trial->settings->reproducible
                         ? cfm_predicate_text(&predicates[i])
                         : cfm_predicate_findings(&predicates[i], &looked,
                                                  trial->journal);
        rc = line == NULL ? -1 : json_array_append_new(held, json_string(line));
        free(line);
    }
    return rc;
}

json_t *cfm_evidence_held(const struct cfm_trial *trial)
{
    const struct scn_row *row = &trial->check->rows[trial->graded->row];
    json_t *held = json_array();

    if (held == NULL ||
        append_held(held, trial, row->conditions, row->condition_count) != 0 ||
        append_held(held, trial, row->evidence, row->evidence_count) != 0) {
        json_decref(held);
        return NULL;
    }
    return held;
}

/* --- grounds --- */

static int append_verdict(json_t *lines, const struct cfm_trial *trial)
{
    const struct cfm_observed *observed = trial->observed;
    struct cfm_text text = { 0 };
    char buf[CFM_WORD_MAX];

    if (observed == NULL) {
        cfm_text_add(&text, "Verdict: none, it was not run.");
        return append(lines, &text);
    }
    if (observed->ending == CFM_ENDED) {
        cfm_text_addf(&text, "Verdict: %s",
                      observed->permitted ? "permit" : "refuse");
    } else {
        cfm_text_add(&text, "Verdict: none");
    }
    if (observed->signal != 0) {
        cfm_text_addf(&text, " (%s", cfm_signal_text(observed->signal, buf));
    } else {
        cfm_text_addf(&text, " (exit code %d", observed->exit_code);
    }
    cfm_text_addf(&text, ", after %.1f ms)",
                  (double)observed->duration_ns / 1e6);
    if (cfm_reason_told(observed) != SCN_REASON_NONE) {
        cfm_text_addf(&text, "; it says: %s",
                      scn_reason_text(cfm_reason_told(observed)));
    }
    if (observed->told_found_at != NULL) {
        cfm_text_addf(&text, "; found at %s", observed->told_found_at);
    }
    return append(lines, &text);
}

static int append_predicates(json_t *lines, const struct cfm_trial *trial,
                             const struct scn_predicate *predicates,
                             size_t count, const char *const words[2])
{
    struct cfm_looked looked = cfm_looked_for(trial->instance, trial->check);
    struct cfm_text text = { 0 };

    for (size_t i = 0; i < count; i++) {
        bool holds =
            cfm_predicate_holds(&predicates[i], &looked, trial->journal);
        char *found =
            cfm_predicate_findings(&predicates[i], &looked, trial->journal);
        cfm_text_addf(&text, "    %s: %s", holds ? words[1] : words[0],
                      found == NULL ? "" : found);
        free(found);
        if (append(lines, &text) != 0) {
            return -1;
        }
    }
    return 0;
}

static int append_row(json_t *lines, const struct cfm_trial *trial, size_t i)
{
    static const char *const condition[] = { "does not hold", "holds" };
    static const char *const evidence[] = { "NOT shown", "shown" };
    struct cfm_policy policy = cfm_policy_of(trial->settings);
    const struct scn_row *row = &trial->check->rows[i];
    bool counts = i == trial->graded->row;
    struct cfm_text text = { 0 };

    cfm_text_addf(&text, "%s ", counts ? "->" : "  ");
    cfm_row_add_head(&text, row);
    cfm_text_addf(&text, " (%s:%u)",
                  row->rule == NULL ? trial->instance->file : "rules.yaml",
                  row->line);
    if (append(lines, &text) != 0) {
        return -1;
    }
    cfm_row_add_when(&text, row);
    if (text.len > 0) {
        struct cfm_text line = { 0 };
        cfm_text_addf(&line, "    %s: %s",
                      condition[cfm_row_in_force(row, &policy) ? 1 : 0],
                      text.data);
        cfm_text_fini(&text);
        if (append(lines, &line) != 0) {
            return -1;
        }
    }
    if (append_predicates(lines, trial, row->conditions, row->condition_count,
                          condition) != 0) {
        return -1;
    }
    return !counts ? 0
                   : append_predicates(lines, trial, row->evidence,
                                       row->evidence_count, evidence);
}

static int append_outcome(json_t *lines, const struct cfm_trial *trial)
{
    struct cfm_text text = { 0 };
    char *why = cfm_explain(trial);

    cfm_text_addf(&text, "Outcome: %s: %s",
                  cfm_outcome_text(trial->graded->outcome),
                  why == NULL ? "" : why);
    free(why);
    return append(lines, &text);
}

json_t *cfm_grounds(const struct cfm_trial *trial)
{
    struct cfm_text text = { 0 };
    json_t *lines = json_array();
    char date[CFM_WORD_MAX];

    if (lines == NULL || append_verdict(lines, trial) != 0) {
        goto fail;
    }
    cfm_text_addf(&text, "Rows under %s on %s; the last that holds counts:",
                  scn_profile_text(trial->settings->profile),
                  cfm_date_text(trial->settings->policy_date, date));
    if (append(lines, &text) != 0) {
        goto fail;
    }
    for (size_t i = 0; i < trial->check->row_count; i++) {
        if (append_row(lines, trial, i) != 0) {
            goto fail;
        }
    }
    if (append_outcome(lines, trial) == 0) {
        return lines;
    }
fail:
    cfm_text_fini(&text);
    json_decref(lines);
    return NULL;
}
