/* SPDX-License-Identifier: BSD-2-Clause */
/* coverage.h - which check tests which requirement, as a page. */
#pragma once

#include "inventory.h"

#include <scenario/deviations.h>
#include <scenario/requirements.h>

/*
 * Markdown, the same for the same catalogue: by chapter, each requirement with
 * the checks that cite it and the deviations that their files claim to catch;
 * then the deviations that no file claims.
 *   deviations  [borrowed] or NULL
 * [owned] by the caller, free(); NULL when out of memory.
 */
char *cfm_coverage_text(const struct cfm_inventory *inventory,
                        const struct cfm_selection *selection,
                        const struct scn_requirements *requirements,
                        const struct scn_deviations *deviations);
