/* SPDX-License-Identifier: BSD-2-Clause */
/* adequacy_report.h - a judged matrix, for people and for machines. */
#pragma once

#include "matrix.h"
#include "settings.h"

/* [owned] by the caller, free(); NULL when out of memory. */
char *cfm_adequacy_text(const struct cfm_matrix *matrix,
                        const struct cfm_settings *settings);
char *cfm_adequacy_json(const struct cfm_matrix *matrix,
                        const struct cfm_settings *settings);
