/* SPDX-License-Identifier: BSD-2-Clause */
/* climb.c - what is found out on the way: steps and the decision. */
#include "climb.h"

#include <stdlib.h>
#include <string.h>

void caa_result_init(struct caa_result *result)
{
    memset(result, 0, sizeof(*result));
}

void caa_result_fini(struct caa_result *result)
{
    if (result != NULL) {
        free(result->steps);
        free(result->remotes);
        caa_result_init(result);
    }
}

void caa_climb_conclude(struct caa_climb *climb, enum caa_reason reason,
                        const char *section)
{
    climb->done = true;
    climb->result->verdict =
        reason == CAA_REASON_NONE ? CAA_PERMIT : CAA_REFUSE;
    climb->result->reason = reason;
    climb->result->section = section;
}

enum caa_status caa_climb_add_step(struct caa_climb *climb,
                                   const struct caa_step *step)
{
    struct caa_result *result = climb->result;

    if (result->step_count == result->step_capacity) {
        size_t capacity = result->step_capacity * 2 + 8;
        struct caa_step *steps =
            realloc(result->steps, capacity * sizeof(*steps));
        if (steps == NULL) {
            return CAA_ENOMEM;
        }
        result->steps = steps;
        result->step_capacity = capacity;
    }
    result->steps[result->step_count++] = *step;
    return CAA_OK;
}
