/* SPDX-License-Identifier: BSD-2-Clause */
/* adequacy_text.c - a line a deviation, then what needs a look. */
#include "adequacy_report.h"
#include "results.h"
#include "text.h"
#include "words.h"

#include <string.h>

enum { NAMED = 4 }; /* so many scenarios of one line are named */

/* "unsafe 3, overstrict 1", in the order of the outcomes. */
static void add_shown(struct cfm_text *text, const struct cfm_matrix_row *row)
{
    const char *comma = "";

    for (int i = 0; i < CFM_OUTCOME_COUNT; i++) {
        if (row->shown[i] > 0) {
            cfm_text_addf(text, "%s%s %zu", comma,
                          cfm_outcome_text((enum cfm_outcome)i), row->shown[i]);
            comma = ", ";
        }
    }
}

/* The first few scenarios that catch it. */
static void add_scenarios(struct cfm_text *text,
                          const struct cfm_matrix *matrix,
                          const struct cfm_matrix_row *row)
{
    size_t count = 0;
    size_t end = 0;

    for (size_t start = 0; start < matrix->check_count; start = end) {
        end = cfm_matrix_end_of_scenario(matrix, start);
        if (!cfm_matrix_scenario_catches(matrix, row, start, end)) {
            continue;
        }
        if (count < NAMED) {
            cfm_text_addf(text, "%s%s", count == 0 ? ": " : ", ",
                          scn_scenario_id(matrix->checks[start].scenario));
        }
        count++;
    }
    if (count > NAMED) {
        cfm_text_addf(text, " and %zu more", count - NAMED);
    }
}

static void add_row(struct cfm_text *text, const struct cfm_matrix *matrix,
                    const struct cfm_matrix_row *row)
{
    cfm_text_addf(text, "%-5s%-14s", row->deviation->id,
                  cfm_fate_text(row->fate));
    if (row->caught == 0) {
        cfm_text_addf(text, "%s\n", row->deviation->what);
        return;
    }
    add_shown(text, row);
    add_scenarios(text, matrix, row);
    cfm_text_add(text, "\n");
}

/* --- sections: a heading before the first line, nothing without one --- */

struct section {
    struct cfm_text *text;
    const char *heading;
    bool begun;
};

static void begin_line(struct section *section)
{
    if (!section->begun) {
        cfm_text_addf(section->text, "\n%s:\n", section->heading);
        section->begun = true;
    }
    cfm_text_add(section->text, "  ");
}

static void add_reference(struct cfm_text *text,
                          const struct cfm_matrix *matrix)
{
    struct section section = { text, "The reference fails", false };

    for (size_t i = 0; i < matrix->check_count; i++) {
        const struct cfm_matrix_check *check = &matrix->checks[i];
        if (check->reference != CFM_NOT_SEEN &&
            cfm_outcome_fails((enum cfm_outcome)check->reference)) {
            begin_line(&section);
            cfm_text_addf(text, "%s: %s\n", check->address,
                          cfm_outcome_text((enum cfm_outcome)check->reference));
        }
    }
}

static void add_fate(struct cfm_text *text, const struct cfm_matrix *matrix,
                     enum cfm_fate fate, const char *heading)
{
    struct section section = { text, heading, false };

    for (size_t i = 0; i < matrix->row_count; i++) {
        const struct cfm_matrix_row *row = &matrix->rows[i];
        if (row->fate != fate) {
            continue;
        }
        begin_line(&section);
        cfm_text_addf(text, "%s: %s", row->deviation->id, row->deviation->what);
        if (row->equivalent != NULL) {
            cfm_text_addf(text, " (%s)", row->equivalent->because);
        } else if (fate == CFM_OTHER_OUTCOME) {
            cfm_text_addf(text, " (expected: %s)",
                          scn_shown_text(row->deviation->shown));
        }
        cfm_text_add(text, "\n");
    }
}

static void add_broken_of(struct section *section,
                          const struct cfm_matrix *matrix,
                          const struct cfm_matrix_row *row)
{
    size_t end = 0;

    for (size_t start = 0; start < matrix->check_count; start = end) {
        end = cfm_matrix_end_of_scenario(matrix, start);
        if (cfm_matrix_claim(matrix, row, start, end) == CFM_CLAIM_BROKEN) {
            begin_line(section);
            cfm_text_addf(section->text, "%s does not catch %s: %s\n",
                          scn_scenario_id(matrix->checks[start].scenario),
                          row->deviation->id, row->deviation->what);
        }
    }
}

static void add_broken_claims(struct cfm_text *text,
                              const struct cfm_matrix *matrix)
{
    struct section section = { text, "Claims that do not hold", false };

    for (size_t i = 0; i < matrix->row_count; i++) {
        if (matrix->rows[i].broken_claims > 0) {
            add_broken_of(&section, matrix, &matrix->rows[i]);
        }
    }
}

static const char *only_check(const struct cfm_matrix *matrix,
                              const struct cfm_matrix_row *row)
{
    size_t i = 0;

    while (!cfm_matrix_catches(matrix, row, i)) {
        i++;
    }
    return matrix->checks[i].address;
}

static void add_weakest(struct cfm_text *text, const struct cfm_matrix *matrix)
{
    struct section section = { text, "Weakest, caught by one check only",
                               false };

    for (size_t i = 0; i < matrix->row_count; i++) {
        const struct cfm_matrix_row *row = &matrix->rows[i];
        if (row->caught == 1) {
            begin_line(&section);
            cfm_text_addf(text, "%s: %s\n", row->deviation->id,
                          only_check(matrix, row));
        }
    }
}

static void add_unneeded(struct cfm_text *text, const struct cfm_matrix *matrix)
{
    struct section section = {
        text, "Needed by no deviation; each wants a sharper reason", false
    };
    size_t end = 0;

    for (size_t start = 0; start < matrix->check_count; start = end) {
        end = cfm_matrix_end_of_scenario(matrix, start);
        if (!cfm_matrix_needs(matrix, start, end)) {
            begin_line(&section);
            cfm_text_addf(text, "%s\n",
                          scn_scenario_id(matrix->checks[start].scenario));
        }
    }
}

static void add_counts(struct cfm_text *text, const struct cfm_matrix *matrix,
                       const struct cfm_settings *settings)
{
    char date[CFM_WORD_MAX];

    cfm_text_addf(text, "\n%zu deviations, %zu checks, %s as of %s",
                  matrix->row_count, matrix->check_count,
                  scn_profile_text(settings->profile),
                  cfm_date_text(settings->policy_date, date));
    for (int i = 0; i < CFM_FATE_COUNT; i++) {
        size_t count = cfm_matrix_count(matrix, (enum cfm_fate)i);
        if (count > 0) {
            cfm_text_addf(text, "%s%zu %s", i == 0 ? ": " : ", ", count,
                          cfm_fate_text((enum cfm_fate)i));
        }
    }
    cfm_text_addf(text,
                  "\n%zu runs, and %zu that cannot differ from the "
                  "reference\n",
                  matrix->made, matrix->spared);
    cfm_text_addf(text, "%s\n",
                  cfm_matrix_exit(matrix) == 0 ? "adequate" : "not adequate");
}

char *cfm_adequacy_text(const struct cfm_matrix *matrix,
                        const struct cfm_settings *settings)
{
    struct cfm_text text = { 0 };

    for (size_t i = 0; i < matrix->row_count; i++) {
        add_row(&text, matrix, &matrix->rows[i]);
    }
    add_reference(&text, matrix);
    add_fate(&text, matrix, CFM_MISSED, "Not caught");
    add_fate(&text, matrix, CFM_OTHER_OUTCOME,
             "Caught, but not with the outcome of the table");
    add_fate(&text, matrix, CFM_CONTRADICTION,
             "Said to be equivalent, and caught");
    add_broken_claims(&text, matrix);
    add_fate(&text, matrix, CFM_NO_SWITCH,
             "Not run: caacheck-deviant has no such switch");
    add_fate(&text, matrix, CFM_NO_FEATURE,
             "Not run: the checks that claim it need what the reference lacks");
    add_fate(&text, matrix, CFM_EQUIVALENT, "Equivalent here");
    add_fate(&text, matrix, CFM_UNCLAIMED,
             "Claimed by no scenario, so not run");
    if (!matrix->claims_only) {
        add_weakest(&text, matrix);
    }
    if (matrix->whole) {
        add_unneeded(&text, matrix);
    }
    add_counts(&text, matrix, settings);
    return cfm_text_take(&text);
}
