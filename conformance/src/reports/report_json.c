/* SPDX-License-Identifier: BSD-2-Clause */
/* report_json.c - report.json, whose shape users build on. */
#include "report.h"
#include "text.h"
#include "words.h"

#include <scenario/catalogue.h>

#include <math.h>
#include <stdlib.h>

enum { SCHEMA = 1 };

static json_t *summary_to_json(const struct cfm_results *results)
{
    json_t *summary = json_pack("{s:I}", "total", (json_int_t)results->count);

    for (int i = 0; summary != NULL && i < CFM_OUTCOME_COUNT; i++) {
        enum cfm_outcome outcome = (enum cfm_outcome)i;
        size_t count = cfm_results_count(results, outcome);
        if (json_object_set_new(summary, cfm_outcome_text(outcome),
                                json_integer((json_int_t)count)) != 0) {
            json_decref(summary);
            return NULL;
        }
    }
    return summary;
}

static json_t *text_or_null(const char *text)
{
    return text == NULL ? json_null() : json_string(text);
}

static json_t *result_to_json(const struct cfm_result *result,
                              bool reproducible)
{
    json_t *object =
        json_pack("{s:s,s:o,s:s,s:o,s:s,s:s,s:o}", "id", result->address,
                  "check", text_or_null(result->check), "outcome",
                  cfm_outcome_text(result->outcome), "verdict",
                  text_or_null(result->verdict), "expected", result->expected,
                  "row", result->row, "reason", text_or_null(result->reason));

    if (object == NULL) {
        return NULL;
    }
    /* Microseconds are more than is known. */
    double duration_ms = round(result->duration_ms * 1000) / 1000;
    if ((!reproducible && json_object_set_new(object, "duration_ms",
                                              json_real(duration_ms)) != 0) ||
        json_object_set(object, "sources", result->sources) != 0 ||
        json_object_set(object, "evidence", result->evidence) != 0) {
        json_decref(object);
        return NULL;
    }
    return object;
}

static json_t *results_to_json(const struct cfm_report *report)
{
    const struct cfm_results *results = report->results;
    json_t *array = json_array();

    for (size_t i = 0; array != NULL && i < results->count; i++) {
        json_t *object = result_to_json(&results->items[i].result,
                                        report->settings->reproducible);
        if (json_array_append_new(array, object) != 0) {
            json_decref(array);
            return NULL;
        }
    }
    return array;
}

char *cfm_report_json(const struct cfm_report *report)
{
    const struct cfm_settings *settings = report->settings;
    char *implementation = cfm_implementation_text(settings);
    char *clean = cfm_text_clean(implementation, SIZE_MAX / 2);
    char *resolver = cfm_resolver_text(settings);
    char date[CFM_WORD_MAX];
    char epoch[CFM_WORD_MAX];
    char *text = NULL;
    json_t *root = json_pack(
        "{s:i,s:s,s:s,s:s,s:I,s:s,s:s,s:o,s:o}", "schema", SCHEMA,
        "implementation", clean, "profile", scn_profile_text(settings->profile),
        "policy_date", cfm_date_text(settings->policy_date, date), "seed",
        (json_int_t)settings->seed, "epoch",
        cfm_date_text(cfm_date_of(settings->epoch_s), epoch), "resolver",
        resolver, "summary", summary_to_json(report->results), "results",
        results_to_json(report));

    if (root != NULL) {
        char *json = json_dumps(root, JSON_INDENT(2) | JSON_REAL_PRECISION(12));
        text = json == NULL ? NULL : cfm_textf("%s\n", json);
        free(json);
    }
    json_decref(root);
    free(implementation);
    free(clean);
    free(resolver);
    return text;
}
