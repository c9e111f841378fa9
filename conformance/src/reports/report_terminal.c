/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * report_terminal.c - the end of a run, for people: failures with their reasons
 * in groups by scenario, what was not run and why, the summary, what to do
 * next. It stays readable when hundreds fail: a few in full, the others in a
 * line each, then a number.
 */
#include "report.h"
#include "text.h"
#include "words.h"

#include <scenario/catalogue.h>

#include <stdlib.h>
#include <string.h>

enum {
    FULL_MAX = 12,             /* failures told in full */
    FULL_OF_ONE_SCENARIO = 2,  /* of them, in one scenario */
    BRIEF_MAX = 60,            /* failures told in a line */
    BRIEF_OF_ONE_SCENARIO = 6, /* of them, in one scenario */
    EVIDENCE_MAX = 6,
    OUTPUT_LINES = 4,
    SUPPORT_MAX = 8
};

/* What is printed so far, and in which colour. */
struct page {
    struct cfm_text text;
    const struct cfm_report *report;
    size_t full;
    size_t brief;
    size_t left_out;
};

static const char *const red = "\033[31m";
static const char *const green = "\033[32m";
static const char *const bold = "\033[1m";

static void add_coloured(struct page *page, const char *colour,
                         const char *text)
{
    if (page->report->colour) {
        cfm_text_addf(&page->text, "%s%s\033[0m", colour, text);
    } else {
        cfm_text_add(&page->text, text);
    }
}

static bool is_failure(const struct cfm_graded_result *item)
{
    return item->standing == CFM_BAD || item->standing == CFM_CHANGED ||
           item->standing == CFM_UNEXPECTED_PASS;
}

/* A missing feature leaves nothing to look at: it has a list of its own. */
static bool is_told(const struct cfm_graded_result *item)
{
    return is_failure(item) && item->result.outcome != CFM_MISSING;
}

static void add_row(struct page *page, const char *key, const char *value)
{
    cfm_text_addf(&page->text, "    %-10s %s\n", key, value);
}

static void add_authority(struct page *page, const struct cfm_result *result)
{
    size_t i = 0;
    json_t *source = NULL;

    json_array_foreach(result->sources, i, source)
    {
        const char *text = json_string_value(json_object_get(source, "text"));
        const char *section =
            json_string_value(json_object_get(source, "section"));
        cfm_text_addf(&page->text, "    %-10s %s%s%s\n",
                      i == 0 ? "authority" : "", text == NULL ? "" : text,
                      section == NULL ? "" : " section ",
                      section == NULL ? "" : section);
    }
}

static void add_evidence(struct page *page, const struct cfm_result *result)
{
    size_t count = json_array_size(result->evidence);

    for (size_t i = 0; i < count && i < EVIDENCE_MAX; i++) {
        add_row(page, i == 0 ? "evidence" : "",
                json_string_value(json_array_get(result->evidence, i)));
    }
    if (count == 0) {
        add_row(page, "evidence", "none");
    }
}

static void add_output(struct page *page, const struct cfm_result *result)
{
    const char *line = result->output;

    for (int i = 0; line != NULL && *line != '\0' && i < OUTPUT_LINES; i++) {
        size_t len = strcspn(line, "\n");
        cfm_text_addf(&page->text, "    %-10s %.*s\n",
                      i == 0 ? "it printed" : "", (int)(len < 200 ? len : 200),
                      line);
        line += len + (line[len] == '\n' ? 1 : 0);
    }
}

static void add_heading(struct page *page, const struct cfm_graded_result *item)
{
    const struct cfm_result *result = &item->result;

    cfm_text_add(&page->text, "  ");
    if (item->standing == CFM_UNEXPECTED_PASS) {
        add_coloured(page, red, "unexpected pass");
    } else {
        add_coloured(page, red, cfm_outcome_text(result->outcome));
    }
    cfm_text_addf(&page->text, "  %s", result->address);
}

static void add_why(struct page *page, const struct cfm_graded_result *item)
{
    if (item->standing == CFM_UNEXPECTED_PASS) {
        cfm_text_addf(&page->text,
                      "passes, but the baseline knows it as a failure (%s); "
                      "take it out of the baseline",
                      item->known_reason);
        return;
    }
    cfm_text_add(&page->text, item->result.explanation);
    if (item->standing == CFM_CHANGED) {
        cfm_text_add(&page->text,
                     "; the baseline knows it as another kind of failure");
    }
}

static void tell_in_full(struct page *page,
                         const struct cfm_graded_result *item)
{
    const struct cfm_result *result = &item->result;

    add_heading(page, item);
    cfm_text_addf(&page->text, "\n    %-10s %s (row %s%s%s)\n", "expected",
                  result->expected, result->row,
                  result->because == NULL ? "" : ": ",
                  result->because == NULL ? "" : result->because);
    cfm_text_addf(&page->text, "    %-10s %s%s%s\n", "got",
                  result->verdict == NULL ? "no verdict" : result->verdict,
                  result->reason == NULL ? "" : ", it says ",
                  result->reason == NULL ? "" : result->reason);
    cfm_text_addf(&page->text, "    %-10s ", "why");
    add_why(page, item);
    cfm_text_add(&page->text, "\n");
    add_evidence(page, result);
    add_authority(page, result);
    add_output(page, result);
    char *rerun = cfm_rerun_text(page->report, "run --only", result->address);
    add_row(page, "rerun", rerun == NULL ? "" : rerun);
    free(rerun);
}

/* How much of one scenario was told. */
struct told {
    size_t full;
    size_t brief;
};

static void tell_item(struct page *page, struct told *told,
                      const struct cfm_graded_result *item)
{
    if (told->full + told->brief == 0 && page->brief < BRIEF_MAX) {
        cfm_text_add(&page->text, "\n");
        add_coloured(page, bold, item->result.scenario);
        cfm_text_addf(&page->text, ": %s\n", item->result.title);
    }
    if (told->full < FULL_OF_ONE_SCENARIO && page->full < FULL_MAX) {
        tell_in_full(page, item);
        page->full++;
        told->full++;
    } else if (told->brief < BRIEF_OF_ONE_SCENARIO && page->brief < BRIEF_MAX) {
        add_heading(page, item);
        cfm_text_add(&page->text, ": ");
        add_why(page, item);
        cfm_text_add(&page->text, "\n");
        page->brief++;
        told->brief++;
    } else {
        page->left_out++;
    }
}

static bool is_unsafe(const struct cfm_graded_result *item)
{
    return is_told(item) && item->result.outcome == CFM_UNSAFE;
}

static void tell_items(struct page *page, struct told *told, size_t start,
                       size_t end, bool unsafe)
{
    for (size_t i = start; i < end; i++) {
        const struct cfm_graded_result *item = &page->report->results->items[i];
        if (is_told(item) && is_unsafe(item) == unsafe) {
            tell_item(page, told, item);
        }
    }
}

/* Unsafe results stand before the others of a scenario. */
static void tell_scenario(struct page *page, size_t start, size_t end)
{
    struct told told = { 0, 0 };

    tell_items(page, &told, start, end, true);
    tell_items(page, &told, start, end, false);
}

static bool any_unsafe(const struct cfm_results *results, size_t start,
                       size_t end)
{
    while (start < end && !is_unsafe(&results->items[start])) {
        start++;
    }
    return start < end;
}

static void tell_scenarios(struct page *page, bool unsafe)
{
    const struct cfm_results *results = page->report->results;
    size_t end = 0;

    for (size_t start = 0; start < results->count; start = end) {
        end = cfm_results_end_of_scenario(results, start);
        if (any_unsafe(results, start, end) == unsafe) {
            tell_scenario(page, start, end);
        }
    }
}

/* Scenarios in which something is unsafe stand before the others: when not
 * all can be told, misissuance must be among what is. */
static void tell_failures(struct page *page)
{
    tell_scenarios(page, true);
    tell_scenarios(page, false);
    if (page->left_out > 0) {
        cfm_text_addf(&page->text,
                      "\nand %zu more failures: --report FILE.json holds all "
                      "of them\n",
                      page->left_out);
    }
}

static bool is_missing(const struct cfm_graded_result *item)
{
    return is_failure(item) && item->result.outcome == CFM_MISSING;
}

static bool is_unsupported(const struct cfm_graded_result *item)
{
    return item->result.outcome == CFM_UNSUPPORTED;
}

static void tell_not_run(struct page *page, const char *colour,
                         const char *heading,
                         bool (*is_one)(const struct cfm_graded_result *item))
{
    const struct cfm_results *results = page->report->results;
    size_t told = 0;

    for (size_t i = 0; i < results->count; i++) {
        const struct cfm_graded_result *item = &results->items[i];
        if (!is_one(item)) {
            continue;
        }
        if (told++ == 0) {
            cfm_text_add(&page->text, "\n");
            add_coloured(page, colour, heading);
            cfm_text_add(&page->text, "\n");
        }
        if (told <= SUPPORT_MAX) {
            cfm_text_addf(&page->text, "  %s: ", item->result.address);
            add_why(page, item);
            cfm_text_add(&page->text, "\n");
        }
    }
    if (told > SUPPORT_MAX) {
        cfm_text_addf(&page->text, "  and %zu more\n", told - SUPPORT_MAX);
    }
}

static void add_summary(struct page *page)
{
    const struct cfm_results *results = page->report->results;
    size_t known = cfm_results_standing(results, CFM_KNOWN);

    cfm_text_addf(&page->text, "%zu %s: ", results->count,
                  results->count == 1 ? "check" : "checks");
    for (int i = 0; i < CFM_OUTCOME_COUNT; i++) {
        enum cfm_outcome outcome = (enum cfm_outcome)i;
        size_t count = cfm_results_count(results, outcome);
        if (count > 0 || outcome == CFM_PASS) {
            cfm_text_addf(&page->text, "%s%zu %s", i == 0 ? "" : ", ", count,
                          cfm_outcome_text(outcome));
        }
    }
    if (known > 0) {
        cfm_text_addf(&page->text, " (%zu known by the baseline)", known);
    }
    if (!page->report->settings->reproducible) {
        cfm_text_addf(&page->text, "; %.1f s", page->report->wall_s);
    }
    cfm_text_add(&page->text, "\n");
}

/* The failure to look at first. */
static const struct cfm_graded_result *first_told(
    const struct cfm_results *results)
{
    const struct cfm_graded_result *first = NULL;

    for (size_t i = 0; i < results->count; i++) {
        const struct cfm_graded_result *item = &results->items[i];
        if (is_unsafe(item)) {
            return item;
        }
        if (first == NULL && is_told(item)) {
            first = item;
        }
    }
    return first;
}

/* One word, and what to do next. */
static void add_end(struct page *page)
{
    const struct cfm_settings *settings = page->report->settings;
    const struct cfm_graded_result *first = first_told(page->report->results);
    char date[CFM_WORD_MAX];
    int status = cfm_results_exit(page->report->results);

    if (!cfm_results_graded(page->report->results)) {
        add_coloured(page, red, "nothing was graded");
    } else if (status == 0) {
        add_coloured(page, green, "conformant");
    } else {
        add_coloured(page, red,
                     status == 3 ? "the lab failed" : "not conformant");
    }
    cfm_text_addf(&page->text, " under %s on %s\n",
                  scn_profile_text(settings->profile),
                  cfm_date_text(settings->policy_date, date));
    if (first != NULL && first->standing != CFM_UNEXPECTED_PASS) {
        char *repro =
            cfm_rerun_text(page->report, "repro", first->result.address);
        cfm_text_addf(&page->text,
                      "see every query and answer of a check:  %s\n",
                      repro == NULL ? "" : repro);
        free(repro);
    }
}

char *cfm_report_terminal(const struct cfm_report *report)
{
    struct page page = { .report = report };

    tell_failures(&page);
    tell_not_run(&page, red, "missing", is_missing);
    tell_not_run(&page, bold, "not graded", is_unsupported);
    cfm_text_add(&page.text, page.text.len > 0 ? "\n" : "");
    add_summary(&page);
    add_end(&page);
    return cfm_text_take(&page.text);
}
