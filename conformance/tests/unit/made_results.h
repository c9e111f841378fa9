/* SPDX-License-Identifier: BSD-2-Clause */
/* made_results.h - results made by hand, of every kind that reports show. */
#pragma once

#include "results.h"
#include "testing.h"

#include <stdlib.h>
#include <string.h>

/* "ID/CHECK" or "ID", outcome, verdict or NULL, and why. */
struct made_line {
    const char *address;
    enum cfm_outcome outcome;
    const char *verdict;
    const char *explanation;
};

static inline char *made_copy(const char *text)
{
    char *copy = text == NULL ? NULL : strdup(text);

    assert_true(copy != NULL || text == NULL);
    return copy;
}

static inline struct cfm_result made_result(const struct made_line *line)
{
    const char *slash = strchr(line->address, '/');
    size_t len =
        slash == NULL ? strlen(line->address) : (size_t)(slash - line->address);
    struct cfm_result result = {
        .scenario = strndup(line->address, len),
        .check = made_copy(slash == NULL ? NULL : slash + 1),
        .address = made_copy(line->address),
        .title = made_copy("Who does <what> & \"why\""),
        .outcome = line->outcome,
        .verdict = made_copy(line->verdict),
        .expected = made_copy("refuse"),
        .row = made_copy("check"),
        .explanation = made_copy(line->explanation),
        .duration_ms = 12.3456,
        .sources = json_pack("[{s:s,s:s},{s:s}]", "text", "RFC 8659", "section",
                             "4.1", "text", "A <thread>"),
        .evidence = json_pack("[s]", "asked: CAA www.x (2 queries)"),
    };

    assert_non_null(result.scenario);
    assert_non_null(result.sources);
    assert_non_null(result.evidence);
    return result;
}

static inline void made_add(struct cfm_results *results,
                            const struct made_line *line)
{
    struct cfm_result result = made_result(line);

    assert_int_equal(cfm_results_add(results, &result), 0);
}
