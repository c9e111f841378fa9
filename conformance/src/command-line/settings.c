/* SPDX-License-Identifier: BSD-2-Clause */
/* settings.c - frees the lists of an invocation's settings. */
#include "settings.h"

#include <stdlib.h>

void cfm_settings_fini(struct cfm_settings *settings)
{
    /* Lists of borrowed strings: only the lists are ours. */
    free((void *)settings->catalogue);
    free((void *)settings->only);
    free((void *)settings->skip);
    free((void *)settings->reports);
    free((void *)settings->deviations);
    free((void *)settings->command);
    *settings = (struct cfm_settings){ 0 };
}
