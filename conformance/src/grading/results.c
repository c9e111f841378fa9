/* SPDX-License-Identifier: BSD-2-Clause */
/* results.c - a sorted array of results. */
#include "results.h"

#include "text.h"

#include <stdlib.h>
#include <string.h>

bool cfm_outcome_fails(enum cfm_outcome outcome)
{
    return outcome != CFM_PASS && outcome != CFM_UNSUPPORTED;
}

int cfm_results_add(struct cfm_results *results, struct cfm_result *result)
{
    if (results->count == results->cap) {
        size_t cap = results->cap == 0 ? 64 : results->cap * 2;
        struct cfm_graded_result *items =
            realloc(results->items, cap * sizeof(*items));
        if (items == NULL) {
            return -1;
        }
        results->items = items;
        results->cap = cap;
    }
    results->items[results->count++] = (struct cfm_graded_result){
        .result = *result,
        .standing = cfm_outcome_fails(result->outcome) ? CFM_BAD : CFM_GOOD,
    };
    *result = (struct cfm_result){ 0 };
    return 0;
}

void cfm_results_fini(struct cfm_results *results)
{
    for (size_t i = 0; i < results->count; i++) {
        cfm_result_fini(&results->items[i].result);
        free(results->items[i].known_reason);
    }
    free(results->items);
    *results = (struct cfm_results){ 0 };
}

static int compare(const void *a, const void *b)
{
    const struct cfm_graded_result *left = a;
    const struct cfm_graded_result *right = b;

    return strcmp(left->result.address, right->result.address);
}

void cfm_results_sort(struct cfm_results *results)
{
    if (results->count > 1) {
        qsort(results->items, results->count, sizeof(*results->items), compare);
    }
}

static bool same_verdict(const struct cfm_result *a, const struct cfm_result *b)
{
    if (a->verdict == NULL || b->verdict == NULL) {
        return a->verdict == b->verdict;
    }
    return strcmp(a->verdict, b->verdict) == 0;
}

/* The explanation of run 1 stays at the front of those that follow. */
static int make_unstable(struct cfm_result *first,
                         const struct cfm_result *other, unsigned run)
{
    struct cfm_text text = { 0 };

    if (first->outcome == CFM_UNSTABLE) {
        cfm_text_add(&text, first->explanation);
    } else {
        cfm_text_addf(&text, "run 1: %s (%s)", cfm_outcome_text(first->outcome),
                      first->explanation);
    }
    if (other == NULL) {
        cfm_text_addf(&text, "; run %u: no result", run);
    } else {
        cfm_text_addf(&text, "; run %u: %s (%s)", run,
                      cfm_outcome_text(other->outcome), other->explanation);
    }
    char *explanation = cfm_text_take(&text);
    if (explanation == NULL) {
        return -1;
    }
    free(first->explanation);
    first->explanation = explanation;
    first->outcome = CFM_UNSTABLE;
    return 0;
}

static struct cfm_graded_result *find(const struct cfm_results *results,
                                      const char *address)
{
    char *key = cfm_text_copy(address);
    struct cfm_graded_result wanted = { .result = { .address = key } };
    struct cfm_graded_result *found = NULL;

    if (key != NULL && results->count > 0) {
        found = bsearch(&wanted, results->items, results->count,
                        sizeof(*results->items), compare);
    }
    free(key);
    return found;
}

int cfm_results_merge(struct cfm_results *results, struct cfm_results *again,
                      unsigned run)
{
    int rc = 0;

    for (size_t i = 0; i < results->count && rc == 0; i++) {
        struct cfm_result *first = &results->items[i].result;
        const struct cfm_graded_result *other = find(again, first->address);
        if (other == NULL) {
            rc = make_unstable(first, NULL, run);
        } else if (first->outcome != other->result.outcome ||
                   !same_verdict(first, &other->result)) {
            rc = make_unstable(first, &other->result, run);
        }
    }
    cfm_results_fini(again);
    return rc;
}

void cfm_results_judge(struct cfm_results *results)
{
    for (size_t i = 0; i < results->count; i++) {
        results->items[i].standing =
            cfm_outcome_fails(results->items[i].result.outcome) ? CFM_BAD
                                                                : CFM_GOOD;
    }
}

size_t cfm_results_count(const struct cfm_results *results,
                         enum cfm_outcome outcome)
{
    size_t count = 0;

    for (size_t i = 0; i < results->count; i++) {
        count += results->items[i].result.outcome == outcome ? 1 : 0;
    }
    return count;
}

size_t cfm_results_standing(const struct cfm_results *results,
                            enum cfm_standing standing)
{
    size_t count = 0;

    for (size_t i = 0; i < results->count; i++) {
        count += results->items[i].standing == standing ? 1 : 0;
    }
    return count;
}

size_t cfm_results_end_of_scenario(const struct cfm_results *results,
                                   size_t start)
{
    const char *scenario = results->items[start].result.scenario;
    size_t end = start;

    while (end < results->count &&
           strcmp(results->items[end].result.scenario, scenario) == 0) {
        end++;
    }
    return end;
}

bool cfm_results_graded(const struct cfm_results *results)
{
    return cfm_results_count(results, CFM_UNSUPPORTED) < results->count;
}

int cfm_results_exit(const struct cfm_results *results)
{
    bool lab_failed = false;

    if (!cfm_results_graded(results)) {
        return 1;
    }

    for (size_t i = 0; i < results->count; i++) {
        const struct cfm_graded_result *item = &results->items[i];
        if (item->standing == CFM_GOOD || item->standing == CFM_KNOWN) {
            continue;
        }
        if (item->result.outcome != CFM_LAB_ERROR) {
            return 1;
        }
        lab_failed = true;
    }
    return lab_failed ? 3 : 0;
}
