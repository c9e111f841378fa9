/* SPDX-License-Identifier: BSD-2-Clause */
/* result.c - a graded run made into a result. */
#include "result.h"

#include "text.h"

#include <scenario/catalogue.h>

#include <stdlib.h>

enum { OUTPUT_MAX = 2000 };

json_t *cfm_sources_to_json(const struct scn_check *check)
{
    json_t *sources = json_array();

    for (size_t i = 0; sources != NULL && i < check->source_count; i++) {
        const struct scn_source *source = &check->sources[i];
        json_t *entry = json_pack("{s:s}", "text", source->text);
        if (source->section != NULL && entry != NULL) {
            (void)json_object_set_new(entry, "section",
                                      json_string(source->section));
        }
        if (source->url != NULL && entry != NULL) {
            (void)json_object_set_new(entry, "url", json_string(source->url));
        }
        if (json_array_append_new(sources, entry) != 0) {
            json_decref(sources);
            return NULL;
        }
    }
    return sources;
}

static bool copy(char **to, const char *from)
{
    *to = cfm_text_copy(from);
    return (*to == NULL) == (from == NULL);
}

static const char *verdict_of(const struct cfm_observed *observed)
{
    if (observed == NULL || observed->ending != CFM_ENDED) {
        return NULL;
    }
    return scn_verdict_text(observed->permitted ? SCN_PERMIT : SCN_REFUSE);
}

static const char *reason_of(const struct cfm_observed *observed)
{
    enum scn_reason reason = observed == NULL || observed->permitted
                                 ? SCN_REASON_NONE
                                 : cfm_reason_told(observed);

    return reason == SCN_REASON_NONE ? NULL : scn_reason_text(reason);
}

/* Names, verdicts and rows. */
static bool fill_facts(const struct cfm_trial *trial, const char *title,
                       struct cfm_result *result)
{
    const struct scn_check *check = trial->check;
    const struct scn_row *row = &check->rows[trial->graded->row];

    return copy(&result->scenario, trial->instance->id) &&
           copy(&result->check, check->id) &&
           copy(&result->address, check->address) &&
           copy(&result->title, title) &&
           copy(&result->verdict, verdict_of(trial->observed)) &&
           copy(&result->expected, scn_verdict_text(row->verdict)) &&
           copy(&result->row, row->label) &&
           copy(&result->because, row->because) &&
           copy(&result->reason, reason_of(trial->observed));
}

/* What led to the outcome. */
static bool fill_grounds(const struct cfm_trial *trial,
                         struct cfm_result *result)
{
    char *why = cfm_explain(trial);

    result->explanation = cfm_text_clean(why, OUTPUT_MAX);
    free(why);
    result->sources = cfm_sources_to_json(trial->check);
    result->evidence = cfm_evidence_held(trial);
    result->grounds = cfm_grounds(trial);
    return result->explanation != NULL && result->sources != NULL &&
           result->evidence != NULL && result->grounds != NULL;
}

int cfm_result_make(const struct cfm_trial *trial, const char *title,
                    struct cfm_result *result_out)
{
    const struct cfm_observed *observed = trial->observed;
    struct cfm_result result = { .outcome = trial->graded->outcome };

    if (observed != NULL) {
        result.duration_ms = (double)observed->duration_ns / 1e6;
        result.output = cfm_text_clean(observed->output, OUTPUT_MAX);
    }
    if (!fill_facts(trial, title, &result) || !fill_grounds(trial, &result)) {
        cfm_result_fini(&result);
        return -1;
    }
    *result_out = result;
    return 0;
}

void cfm_result_fini(struct cfm_result *result)
{
    if (result == NULL) {
        return;
    }
    free(result->scenario);
    free(result->check);
    free(result->address);
    free(result->title);
    free(result->verdict);
    free(result->expected);
    free(result->row);
    free(result->because);
    free(result->reason);
    free(result->explanation);
    free(result->output);
    json_decref(result->sources);
    json_decref(result->evidence);
    json_decref(result->grounds);
    json_decref(result->story);
    *result = (struct cfm_result){ 0 };
}
