/* SPDX-License-Identifier: BSD-2-Clause */
/* list.h - checks as JSON, as a table, and one scenario in full. */
#pragma once

#include "inventory.h"

/* All: [owned] by the caller, free(); NULL when out of memory. */

/* One object a check: id, scenario, check, title, sources, catches, features,
 * expected, twin. */
char *cfm_list_json(const struct cfm_inventory *inventory,
                    const struct cfm_selection *selection,
                    const struct cfm_settings *settings);
char *cfm_list_text(const struct cfm_inventory *inventory,
                    const struct cfm_selection *selection,
                    const struct cfm_settings *settings);

/* Title, story, sources, the file's text, and what is expected of the selected
 * checks, which are of one scenario.
 *   file_text  [borrowed] the scenario file, or NULL */
char *cfm_show_text(const struct cfm_inventory *inventory,
                    const struct cfm_selection *selection,
                    const struct cfm_settings *settings, const char *file_text);
