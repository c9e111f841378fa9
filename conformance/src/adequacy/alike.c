/* SPDX-License-Identifier: BSD-2-Clause */
/* alike.c - from what caacheck-deviant --compare prints to what is spared. */
#include "alike.h"

#include "text.h"

#include <string.h>

static const char mark[] = "alike: ";

char *cfm_alike_candidates(const struct cfm_matrix *matrix)
{
    struct cfm_text text = { 0 };

    for (size_t i = 0; i < matrix->row_count; i++) {
        const struct scn_deviation *deviation = matrix->rows[i].deviation;
        if (!matrix->rows[i].runnable) {
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
        count += matrix->rows[i].runnable ? 1 : 0;
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
        if (matrix->rows[i].runnable) {
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

static bool row_is_calm(const struct scn_row *row)
{
    bool calm = row->condition_count == 0;

    for (size_t i = 0; i < row->evidence_count; i++) {
        calm = calm && row->evidence[i].kind != SCN_NEVER_ASKED;
    }
    return calm;
}

bool cfm_alike_calm(const struct scn_instance *instance)
{
    bool calm = instance->remotes == 0 && instance->step_count == 1 &&
                instance->steps[0].kind == SCN_STEP_CHECK;

    for (size_t i = 0; i < instance->zone_count; i++) {
        calm = calm && instance->zones[i].fault_count == 0;
    }
    for (size_t i = 0; calm && i < instance->steps[0].check->row_count; i++) {
        calm = calm && row_is_calm(&instance->steps[0].check->rows[i]);
    }
    return calm;
}
