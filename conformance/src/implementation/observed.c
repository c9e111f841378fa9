/* SPDX-License-Identifier: BSD-2-Clause */
/* observed.c - frees what was seen of a run. */
#include "observed.h"

#include <stdlib.h>

void cfm_observed_fini(struct cfm_observed *observed)
{
    if (observed == NULL) {
        return;
    }
    for (size_t i = 0; i < observed->told_refused_name_count; i++) {
        free(observed->told_refused_names[i]);
    }
    free(observed->told_refused_names);
    free(observed->told_found_at);
    free(observed->output);
    free(observed->trouble);
    *observed = (struct cfm_observed){ 0 };
}
