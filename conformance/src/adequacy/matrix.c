/* SPDX-License-Identifier: BSD-2-Clause */
/* matrix.c - fills, searches and judges the matrix. */
#include "matrix.h"

#include "explain.h"
#include "results.h"
#include "selected.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

/* --- what is in it --- */

static int by_address(const void *a, const void *b)
{
    const struct cfm_matrix_check *left = a;
    const struct cfm_matrix_check *right = b;

    return strcmp(left->address, right->address);
}

static int init_checks(const struct cfm_inventory *inventory,
                       const struct cfm_selection *selection,
                       struct cfm_matrix *matrix)
{
    struct cfm_selected_check at = { 0 };

    matrix->checks =
        calloc(selection->check_count + 1, sizeof(*matrix->checks));
    if (matrix->checks == NULL) {
        return -1;
    }
    while (matrix->check_count < selection->check_count &&
           cfm_next_selected(inventory, selection, &at)) {
        matrix->checks[matrix->check_count++] =
            (struct cfm_matrix_check){ .address = at.check->address,
                                       .scenario = at.scenario,
                                       .reference = CFM_NOT_SEEN };
    }
    qsort(matrix->checks, matrix->check_count, sizeof(*matrix->checks),
          by_address);
    return 0;
}

static bool is_chosen(const struct cfm_settings *settings, const char *id)
{
    for (size_t i = 0; i < settings->deviation_count; i++) {
        if (fnmatch(settings->deviations[i], id, 0) == 0) {
            return true;
        }
    }
    return settings->deviation_count == 0;
}

static const struct scn_equivalent *equivalent_under(
    const struct scn_deviation *deviation, const struct cfm_policy *policy)
{
    for (size_t i = 0; i < deviation->equivalent_count; i++) {
        const struct scn_equivalent *equivalent = &deviation->equivalents[i];
        const struct scn_row row = { .profiles = equivalent->profiles,
                                     .from = equivalent->from,
                                     .until = equivalent->until };
        if (cfm_row_in_force(&row, policy)) {
            return equivalent;
        }
    }
    return NULL;
}

static int init_row(const struct cfm_matrix *matrix,
                    const struct scn_deviation *deviation,
                    const struct cfm_policy *policy, struct cfm_matrix_row *row)
{
    *row = (struct cfm_matrix_row){
        .deviation = deviation,
        .equivalent = equivalent_under(deviation, policy),
        .runnable = true,
    };
    row->outcomes = malloc(matrix->check_count + 1);
    row->alike = calloc(matrix->check_count + 1, 1);
    if (row->outcomes == NULL || row->alike == NULL) {
        return -1;
    }
    memset(row->outcomes, CFM_NOT_SEEN, matrix->check_count + 1);
    return 0;
}

int cfm_matrix_init(const struct cfm_inventory *inventory,
                    const struct cfm_selection *selection,
                    const struct cfm_settings *settings,
                    const struct scn_deviations *deviations,
                    struct cfm_matrix *matrix_out)
{
    const struct cfm_policy policy = cfm_policy_of(settings);
    size_t count = scn_deviations_count(deviations);

    *matrix_out = (struct cfm_matrix){ .claims_only = settings->claims };
    matrix_out->whole = !settings->claims && settings->deviation_count == 0;
    matrix_out->rows = calloc(count + 1, sizeof(*matrix_out->rows));
    if (matrix_out->rows == NULL ||
        init_checks(inventory, selection, matrix_out) != 0) {
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        const struct scn_deviation *deviation =
            scn_deviations_at(deviations, i);
        if (!is_chosen(settings, deviation->id)) {
            continue;
        }
        struct cfm_matrix_row *row = &matrix_out->rows[matrix_out->row_count++];
        if (init_row(matrix_out, deviation, &policy, row) != 0) {
            return -1;
        }
    }
    return 0;
}

void cfm_matrix_fini(struct cfm_matrix *matrix)
{
    for (size_t i = 0; i < matrix->row_count; i++) {
        free(matrix->rows[i].outcomes);
        free(matrix->rows[i].alike);
    }
    free(matrix->rows);
    free(matrix->checks);
    *matrix = (struct cfm_matrix){ 0 };
}

size_t cfm_matrix_find(const struct cfm_matrix *matrix, const char *address)
{
    const struct cfm_matrix_check wanted = { .address = address };

    if (matrix->check_count == 0) {
        return SIZE_MAX;
    }
    const struct cfm_matrix_check *found =
        bsearch(&wanted, matrix->checks, matrix->check_count,
                sizeof(*matrix->checks), by_address);
    return found == NULL ? SIZE_MAX : (size_t)(found - matrix->checks);
}

/* --- what it says --- */

bool cfm_matrix_catches(const struct cfm_matrix *matrix,
                        const struct cfm_matrix_row *row, size_t check)
{
    uint8_t outcome = row->outcomes[check];

    return matrix->checks[check].reference == CFM_PASS &&
           outcome != CFM_NOT_SEEN && outcome != CFM_LAB_ERROR &&
           cfm_outcome_fails((enum cfm_outcome)outcome);
}

bool cfm_claims(const struct scn_scenario *scenario, const char *id)
{
    size_t count = 0;
    const char *const *catches = scn_scenario_catches(scenario, &count);

    for (size_t i = 0; i < count; i++) {
        if (strcmp(catches[i], id) == 0) {
            return true;
        }
    }
    return false;
}

size_t cfm_matrix_end_of_scenario(const struct cfm_matrix *matrix, size_t start)
{
    size_t end = start;

    while (end < matrix->check_count &&
           matrix->checks[end].scenario == matrix->checks[start].scenario) {
        end++;
    }
    return end;
}

enum cfm_claim cfm_matrix_claim(const struct cfm_matrix *matrix,
                                const struct cfm_matrix_row *row, size_t start,
                                size_t end)
{
    bool asked = false;

    if (!cfm_claims(matrix->checks[start].scenario, row->deviation->id)) {
        return CFM_CLAIM_NONE;
    }
    for (size_t i = start; i < end; i++) {
        if (cfm_matrix_catches(matrix, row, i)) {
            return CFM_CLAIM_HOLDS;
        }
        asked = asked || (matrix->checks[i].reference != CFM_UNSUPPORTED &&
                          matrix->checks[i].reference != CFM_MISSING);
    }
    return asked ? CFM_CLAIM_BROKEN : CFM_CLAIM_NOT_ASKED;
}

bool cfm_matrix_scenario_catches(const struct cfm_matrix *matrix,
                                 const struct cfm_matrix_row *row, size_t start,
                                 size_t end)
{
    for (size_t i = start; i < end; i++) {
        if (cfm_matrix_catches(matrix, row, i)) {
            return true;
        }
    }
    return false;
}

bool cfm_matrix_needs(const struct cfm_matrix *matrix, size_t start, size_t end)
{
    for (size_t i = 0; i < matrix->row_count; i++) {
        const struct cfm_matrix_row *row = &matrix->rows[i];
        if (4 * row->caught <= matrix->check_count &&
            cfm_matrix_scenario_catches(matrix, row, start, end)) {
            return true;
        }
    }
    return false;
}

static enum cfm_outcome outcome_of(enum scn_shown shown)
{
    switch (shown) {
    case SCN_SHOWN_UNSAFE:
        return CFM_UNSAFE;
    case SCN_SHOWN_OVERSTRICT:
        return CFM_OVERSTRICT;
    case SCN_SHOWN_HANG:
        return CFM_HUNG;
    case SCN_SHOWN_CRASH:
        return CFM_CRASHED;
    case SCN_SHOWN_NO_EVIDENCE:
        return CFM_NO_EVIDENCE;
    case SCN_SHOWN_WRONG_REASON:
        return CFM_WRONG_REASON;
    }
    return CFM_OUTCOME_COUNT;
}

/* Claims of all scenarios, by how they stand. */
static void count_claims(const struct cfm_matrix *matrix,
                         const struct cfm_matrix_row *row,
                         size_t counts[CFM_CLAIM_NOT_ASKED + 1])
{
    size_t end = 0;

    for (size_t start = 0; start < matrix->check_count; start = end) {
        end = cfm_matrix_end_of_scenario(matrix, start);
        counts[cfm_matrix_claim(matrix, row, start, end)]++;
    }
}

static enum cfm_fate fate_of(const struct cfm_matrix *matrix,
                             const struct cfm_matrix_row *row,
                             const size_t claims[CFM_CLAIM_NOT_ASKED + 1])
{
    bool cannot = claims[CFM_CLAIM_NOT_ASKED] > 0 &&
                  claims[CFM_CLAIM_BROKEN] + claims[CFM_CLAIM_HOLDS] == 0;

    if (row->equivalent != NULL) {
        return row->caught > 0 ? CFM_CONTRADICTION : CFM_EQUIVALENT;
    }
    if (row->caught > 0) {
        return row->shown[outcome_of(row->deviation->shown)] > 0
                   ? CFM_CAUGHT
                   : CFM_OTHER_OUTCOME;
    }
    if (cannot) {
        return CFM_NO_FEATURE;
    }
    if (!row->runnable) {
        return CFM_NO_SWITCH;
    }
    return matrix->claims_only &&
                   claims[CFM_CLAIM_BROKEN] + claims[CFM_CLAIM_HOLDS] == 0
               ? CFM_UNCLAIMED
               : CFM_MISSED;
}

static void judge_row(const struct cfm_matrix *matrix,
                      struct cfm_matrix_row *row)
{
    size_t claims[CFM_CLAIM_NOT_ASKED + 1] = { 0 };

    row->caught = 0;
    memset(row->shown, 0, sizeof(row->shown));
    for (size_t i = 0; i < matrix->check_count; i++) {
        if (cfm_matrix_catches(matrix, row, i)) {
            row->caught++;
            row->shown[row->outcomes[i]]++;
        }
    }
    count_claims(matrix, row, claims);
    row->fate = fate_of(matrix, row, claims);
    row->broken_claims =
        row->runnable && row->equivalent == NULL ? claims[CFM_CLAIM_BROKEN] : 0;
}

void cfm_matrix_judge(struct cfm_matrix *matrix)
{
    for (size_t i = 0; i < matrix->row_count; i++) {
        judge_row(matrix, &matrix->rows[i]);
    }
}

size_t cfm_matrix_count(const struct cfm_matrix *matrix, enum cfm_fate fate)
{
    size_t count = 0;

    for (size_t i = 0; i < matrix->row_count; i++) {
        count += matrix->rows[i].fate == fate ? 1 : 0;
    }
    return count;
}

size_t cfm_matrix_broken(const struct cfm_matrix *matrix)
{
    size_t count = 0;

    for (size_t i = 0; i < matrix->row_count; i++) {
        count += matrix->rows[i].broken_claims > 0 ? 1 : 0;
    }
    return count;
}

size_t cfm_matrix_reference_failures(const struct cfm_matrix *matrix)
{
    size_t count = 0;

    for (size_t i = 0; i < matrix->check_count; i++) {
        uint8_t outcome = matrix->checks[i].reference;
        count += outcome != CFM_NOT_SEEN &&
                         cfm_outcome_fails((enum cfm_outcome)outcome)
                     ? 1
                     : 0;
    }
    return count;
}

int cfm_matrix_exit(const struct cfm_matrix *matrix)
{
    size_t wrong = cfm_matrix_count(matrix, CFM_MISSED) +
                   cfm_matrix_count(matrix, CFM_OTHER_OUTCOME) +
                   cfm_matrix_count(matrix, CFM_CONTRADICTION) +
                   cfm_matrix_broken(matrix) +
                   cfm_matrix_reference_failures(matrix);

    if (wrong > 0) {
        return 1;
    }
    return cfm_matrix_count(matrix, CFM_NO_SWITCH) > 0 ? 3 : 0;
}

const char *cfm_fate_text(enum cfm_fate fate)
{
    switch (fate) {
    case CFM_CAUGHT:
        return "caught";
    case CFM_MISSED:
        return "missed";
    case CFM_OTHER_OUTCOME:
        return "other-outcome";
    case CFM_EQUIVALENT:
        return "equivalent";
    case CFM_CONTRADICTION:
        return "contradiction";
    case CFM_UNCLAIMED:
        return "unclaimed";
    case CFM_NO_FEATURE:
        return "no-feature";
    case CFM_NO_SWITCH:
        return "no-switch";
    case CFM_FATE_COUNT:
        break;
    }
    return "";
}
