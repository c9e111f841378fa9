/* SPDX-License-Identifier: BSD-2-Clause */
/* alike.c - from what caacheck-deviant --compare prints to what is spared. */
#include "alike.h"

#include "text.h"

#include <string.h>

static const char mark[] = "alike: ";

/* What options of its own change is not known from answers to others. */
static bool is_candidate(const struct cfm_matrix_row *row)
{
    return row->runnable && row->deviation->option_count == 0;
}

char *cfm_alike_candidates(const struct cfm_matrix *matrix)
{
    struct cfm_text text = { 0 };

    for (size_t i = 0; i < matrix->row_count; i++) {
        const struct scn_deviation *deviation = matrix->rows[i].deviation;
        if (!is_candidate(&matrix->rows[i])) {
            continue;
        }
        cfm_text_addf(&text, "%s%s", text.len > 0 ? " " : "", deviation->id);
        for (size_t k = 0; k < deviation->rule_count; k++) {
            cfm_text_addf(&text, "%s%s", k == 0 ? ":" : ",",
                          deviation->rules[k]);
        }
    }
    return cfm_text_take(&text);
}

static size_t count_candidates(const struct cfm_matrix *matrix)
{
    size_t count = 0;

    for (size_t i = 0; i < matrix->row_count; i++) {
        count += is_candidate(&matrix->rows[i]) ? 1 : 0;
    }
    return count;
}

void cfm_alike_read(struct cfm_matrix *matrix, size_t check, const char *output)
{
    const char *digit = output == NULL ? NULL : strstr(output, mark);

    if (digit == NULL) {
        return;
    }
    digit += sizeof(mark) - 1;
    if (strspn(digit, "01") != count_candidates(matrix)) {
        return;
    }
    for (size_t i = 0; i < matrix->row_count; i++) {
        if (is_candidate(&matrix->rows[i])) {
            matrix->rows[i].alike[check] = *digit == '1';
            digit++;
        }
    }
}

bool cfm_alike_spare(struct cfm_matrix *matrix, struct cfm_matrix_row *row,
                     const char *const *addresses, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t check = cfm_matrix_find(matrix, addresses[i]);
        if (check == SIZE_MAX || row->alike[check] == 0) {
            return false;
        }
    }
    for (size_t i = 0; i < count; i++) {
        size_t check = cfm_matrix_find(matrix, addresses[i]);
        row->outcomes[check] = matrix->checks[check].reference;
        matrix->spared++;
    }
    return true;
}
