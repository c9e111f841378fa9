/* SPDX-License-Identifier: BSD-2-Clause */
/* list.h - checks as JSON, as a table, and one scenario in full. */
#pragma once

#include "inventory.h"

#include <scenario/requirements.h>

/* All: [owned] by the caller, free(); NULL when out of memory. */

/* One object a check: id, scenario, check, title, sources, catches,
 * requirements, features, expected, twin. */
char *cfm_list_json(const struct cfm_inventory *inventory,
                    const struct cfm_selection *selection,
                    const struct cfm_settings *settings);
char *cfm_list_text(const struct cfm_inventory *inventory,
                    const struct cfm_selection *selection,
                    const struct cfm_settings *settings);

/* Title, story, sources, the file's text, and what is expected of the selected
 * checks, which are of one scenario.
 *   requirements  [borrowed] the catalogue's table, or NULL
 *   file_text     [borrowed] the scenario file, or NULL */
char *cfm_show_text(const struct cfm_inventory *inventory,
                    const struct cfm_selection *selection,
                    const struct scn_requirements *requirements,
                    const struct cfm_settings *settings, const char *file_text);

/* The same without what is expected, and nothing that tells it.
 *   file_text  [borrowed] the scenario file, or NULL */
char *cfm_show_blind_text(const struct cfm_inventory *inventory,
                          const struct cfm_selection *selection,
                          const struct scn_requirements *requirements,
                          const char *file_text);
