/* SPDX-License-Identifier: BSD-2-Clause */
/* baseline.c - reads, applies and writes known failures. */
#include "baseline.h"

#include "text.h"
#include "words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SCHEMA = 1 };

struct cfm_baseline {
    json_t *known; /* [owned] address -> entry */
};

static const char *text_of(const json_t *entry, const char *key)
{
    return json_string_value(json_object_get(entry, key));
}

static bool is_failing_outcome(const char *text)
{
    for (int i = 0; text != NULL && i < CFM_OUTCOME_COUNT; i++) {
        if (cfm_outcome_fails((enum cfm_outcome)i) &&
            strcmp(text, cfm_outcome_text((enum cfm_outcome)i)) == 0) {
            return true;
        }
    }
    return false;
}

/* What is wrong with an entry, or NULL. */
static const char *fault_of(const json_t *entry, const json_t *known)
{
    const char *address = text_of(entry, "address");

    if (address == NULL) {
        return "has no address";
    }
    if (!is_failing_outcome(text_of(entry, "outcome"))) {
        return "has no outcome that is a failure";
    }
    if (text_of(entry, "reason") == NULL) {
        return "has no reason";
    }
    return json_object_get(known, address) != NULL ? "is there twice" : NULL;
}

/* Address -> entry from the document; NULL with why when it is no baseline. */
static json_t *index_entries(const json_t *root, const char *path, char *why,
                             size_t why_cap)
{
    json_t *list = json_object_get(root, "known");
    json_t *known = json_object();
    size_t i = 0;
    json_t *entry = NULL;

    if (json_integer_value(json_object_get(root, "schema")) != SCHEMA ||
        !json_is_array(list)) {
        (void)snprintf(why, why_cap,
                       "%s:1:1: not a baseline: wants {\"schema\": 1, "
                       "\"known\": [...]}",
                       path);
        json_decref(known);
        return NULL;
    }
    json_array_foreach(list, i, entry)
    {
        const char *fault = fault_of(entry, known);
        if (fault == NULL &&
            json_object_set(known, text_of(entry, "address"), entry) == 0) {
            continue;
        }
        (void)snprintf(why, why_cap, "%s:1:1: entry %zu of \"known\" %s", path,
                       i + 1, fault == NULL ? "needs more memory" : fault);
        json_decref(known);
        return NULL;
    }
    return known;
}

struct cfm_baseline *cfm_baseline_load(const char *path, char *why,
                                       size_t why_cap)
{
    struct cfm_baseline *baseline = calloc(1, sizeof(*baseline));
    json_error_t error = { .line = 0 };
    json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, &error);

    if (root == NULL && error.line > 0) {
        (void)snprintf(why, why_cap, "%s:%d:%d: %s", path, error.line,
                       error.column, error.text);
    } else if (root == NULL) {
        (void)snprintf(why, why_cap, "%s", error.text);
    } else if (baseline != NULL) {
        baseline->known = index_entries(root, path, why, why_cap);
    }
    json_decref(root);
    if (baseline != NULL && baseline->known == NULL) {
        free(baseline);
        baseline = NULL;
    }
    return baseline;
}

void cfm_baseline_free(struct cfm_baseline *baseline)
{
    if (baseline != NULL) {
        json_decref(baseline->known);
        free(baseline);
    }
}

static bool knows(const json_t *entry, const struct cfm_result *result)
{
    const char *outcome = text_of(entry, "outcome");

    return outcome != NULL &&
           strcmp(outcome, cfm_outcome_text(result->outcome)) == 0;
}

static enum cfm_standing standing_of(const json_t *entry,
                                     const struct cfm_result *result)
{
    bool fails = cfm_outcome_fails(result->outcome);

    if (entry == NULL || result->outcome == CFM_UNSUPPORTED) {
        return fails ? CFM_BAD : CFM_GOOD;
    }
    if (!fails) {
        return CFM_UNEXPECTED_PASS;
    }
    return knows(entry, result) ? CFM_KNOWN : CFM_CHANGED;
}

int cfm_baseline_apply(const struct cfm_baseline *baseline,
                       struct cfm_results *results)
{
    if (baseline == NULL) {
        cfm_results_judge(results);
        return 0;
    }
    for (size_t i = 0; i < results->count; i++) {
        struct cfm_graded_result *item = &results->items[i];
        const json_t *entry =
            json_object_get(baseline->known, item->result.address);
        item->standing = standing_of(entry, &item->result);
        if (entry == NULL || item->known_reason != NULL) {
            continue;
        }
        item->known_reason = cfm_text_copy(text_of(entry, "reason"));
        if (item->known_reason == NULL) {
            return -1;
        }
    }
    return 0;
}

static json_t *entry_for(const struct cfm_result *result,
                         const struct cfm_baseline *earlier, const char *reason)
{
    const json_t *entry =
        earlier == NULL ? NULL
                        : json_object_get(earlier->known, result->address);

    if (entry != NULL && knows(entry, result)) {
        reason = text_of(entry, "reason");
    }
    return json_pack("{s:s,s:s,s:s}", "address", result->address, "outcome",
                     cfm_outcome_text(result->outcome), "reason", reason);
}

char *cfm_baseline_text(const struct cfm_results *results,
                        const struct cfm_baseline *earlier, uint32_t date)
{
    json_t *known = json_array();
    char buf[CFM_WORD_MAX];
    char *reason = cfm_textf("accepted by --write-baseline on %s",
                             cfm_date_text(date, buf));
    char *text = NULL;
    json_t *root = NULL;

    for (size_t i = 0; i < results->count; i++) {
        const struct cfm_result *result = &results->items[i].result;
        if (cfm_outcome_fails(result->outcome) &&
            (reason == NULL ||
             json_array_append_new(known, entry_for(result, earlier, reason)) !=
                 0)) {
            json_decref(known);
            goto out;
        }
    }
    root = json_pack("{s:i,s:o}", "schema", SCHEMA, "known", known);
    if (root != NULL) {
        char *json = json_dumps(root, JSON_INDENT(2));
        text = json == NULL ? NULL : cfm_textf("%s\n", json);
        free(json);
    }
out:
    json_decref(root);
    free(reason);
    return text;
}
