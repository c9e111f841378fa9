/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * report_junit.c - JUnit XML, as CI systems read it.
 *
 * failure: the implementation is wrong, or lacks what it must have; error:
 * there is no verdict; skipped: unsupported, or a failure that the baseline
 * knows.
 */
#include "report.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

/* Character data and attribute values alike; `"` and line ends are escaped so
 * that attributes keep them. */
static void add_escaped(struct cfm_text *text, const char *raw)
{
    char *clean = cfm_text_clean(raw, SIZE_MAX / 2);

    if (clean == NULL) {
        text->failed = true;
        return;
    }
    for (const char *c = clean; *c != '\0'; c++) {
        switch (*c) {
        case '&':
            cfm_text_add(text, "&amp;");
            break;
        case '<':
            cfm_text_add(text, "&lt;");
            break;
        case '>':
            cfm_text_add(text, "&gt;");
            break;
        case '"':
            cfm_text_add(text, "&quot;");
            break;
        case '\n':
            cfm_text_add(text, "&#10;");
            break;
        case '\t':
            cfm_text_add(text, "&#9;");
            break;
        default:
            cfm_text_add_octets(text, c, 1);
            break;
        }
    }
    free(clean);
}

static void add_attribute(struct cfm_text *text, const char *key,
                          const char *value)
{
    cfm_text_addf(text, " %s=\"", key);
    add_escaped(text, value);
    cfm_text_add(text, "\"");
}

static void add_seconds(struct cfm_text *text, const struct cfm_report *report,
                        double seconds)
{
    if (!report->settings->reproducible) {
        cfm_text_addf(text, " time=\"%.3f\"", seconds);
    }
}

struct counts {
    size_t tests;
    size_t failures;
    size_t errors;
    size_t skipped;
    double seconds;
};

enum kind { PASSED, FAILURE, ERROR, SKIPPED };

static enum kind kind_of(const struct cfm_graded_result *item)
{
    enum cfm_outcome outcome = item->result.outcome;

    if (item->standing == CFM_UNEXPECTED_PASS) {
        return FAILURE;
    }
    if (item->standing == CFM_KNOWN || outcome == CFM_UNSUPPORTED) {
        return SKIPPED;
    }
    if (outcome == CFM_HUNG || outcome == CFM_CRASHED ||
        outcome == CFM_LAB_ERROR) {
        return ERROR;
    }
    return outcome == CFM_PASS ? PASSED : FAILURE;
}

static void count_item(struct counts *counts,
                       const struct cfm_graded_result *item)
{
    counts->tests++;
    counts->seconds += item->result.duration_ms / 1000;
    switch (kind_of(item)) {
    case PASSED:
        break;
    case FAILURE:
        counts->failures++;
        break;
    case ERROR:
        counts->errors++;
        break;
    case SKIPPED:
        counts->skipped++;
        break;
    }
}

static void add_counts(struct cfm_text *text, const struct cfm_report *report,
                       const struct counts *counts)
{
    cfm_text_addf(text,
                  " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" "
                  "skipped=\"%zu\"",
                  counts->tests, counts->failures, counts->errors,
                  counts->skipped);
    add_seconds(text, report, counts->seconds);
}

static void add_strings(struct cfm_text *text, const char *heading,
                        const json_t *lines)
{
    size_t i = 0;
    json_t *line = NULL;

    json_array_foreach(lines, i, line)
    {
        add_escaped(text, heading);
        add_escaped(text, json_string_value(line));
        cfm_text_add(text, "\n");
    }
}

static void add_details(struct cfm_text *text,
                        const struct cfm_graded_result *item)
{
    const struct cfm_result *result = &item->result;
    size_t i = 0;
    json_t *source = NULL;

    cfm_text_add(text, "expected: ");
    add_escaped(text, result->expected);
    cfm_text_add(text, " (row ");
    add_escaped(text, result->row);
    cfm_text_add(text, ")\ngot: ");
    add_escaped(text, result->verdict == NULL ? "no verdict" : result->verdict);
    cfm_text_add(text, "\n");
    add_strings(text, "evidence: ", result->evidence);
    json_array_foreach(result->sources, i, source)
    {
        const char *section =
            json_string_value(json_object_get(source, "section"));
        cfm_text_add(text, "authority: ");
        add_escaped(text, json_string_value(json_object_get(source, "text")));
        if (section != NULL) {
            cfm_text_add(text, " section ");
            add_escaped(text, section);
        }
        cfm_text_add(text, "\n");
    }
}

static void add_case(struct cfm_text *text, const struct cfm_report *report,
                     const struct cfm_graded_result *item)
{
    static const char *const elements[] = { "", "failure", "error", "skipped" };
    const struct cfm_result *result = &item->result;
    enum kind kind = kind_of(item);
    const char *element = elements[kind];

    cfm_text_add(text, "    <testcase");
    add_attribute(text, "classname", result->scenario);
    add_attribute(text, "name",
                  result->check == NULL ? result->scenario : result->check);
    add_seconds(text, report, result->duration_ms / 1000);
    if (kind == PASSED) {
        cfm_text_add(text, "/>\n");
        return;
    }
    cfm_text_addf(text, ">\n      <%s", element);
    if (kind != SKIPPED) {
        add_attribute(text, "type",
                      item->standing == CFM_UNEXPECTED_PASS
                          ? "unexpected-pass"
                          : cfm_outcome_text(result->outcome));
    }
    if (item->standing == CFM_UNEXPECTED_PASS) {
        add_attribute(text, "message",
                      "passes, but the baseline knows it as a failure");
    } else if (item->standing == CFM_KNOWN) {
        add_attribute(text, "message", item->known_reason);
    } else {
        add_attribute(text, "message", result->explanation);
    }
    cfm_text_add(text, ">");
    add_details(text, item);
    cfm_text_addf(text, "</%s>\n", element);
    if (result->output != NULL && result->output[0] != '\0') {
        cfm_text_add(text, "      <system-out>");
        add_escaped(text, result->output);
        cfm_text_add(text, "</system-out>\n");
    }
    cfm_text_add(text, "    </testcase>\n");
}

char *cfm_report_junit(const struct cfm_report *report)
{
    const struct cfm_results *results = report->results;
    struct cfm_text text = { 0 };
    struct counts all = { 0 };
    size_t end = 0;

    for (size_t i = 0; i < results->count; i++) {
        count_item(&all, &results->items[i]);
    }
    cfm_text_add(&text, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        "<testsuites name=\"caaconform\"");
    add_counts(&text, report, &all);
    cfm_text_add(&text, ">\n");
    for (size_t start = 0; start < results->count; start = end) {
        struct counts counts = { 0 };
        end = cfm_results_end_of_scenario(results, start);
        for (size_t i = start; i < end; i++) {
            count_item(&counts, &results->items[i]);
        }
        cfm_text_add(&text, "  <testsuite");
        add_attribute(&text, "name", results->items[start].result.scenario);
        add_counts(&text, report, &counts);
        cfm_text_add(&text, ">\n");
        for (size_t i = start; i < end; i++) {
            add_case(&text, report, &results->items[i]);
        }
        cfm_text_add(&text, "  </testsuite>\n");
    }
    cfm_text_add(&text, "</testsuites>\n");
    return cfm_text_take(&text);
}
