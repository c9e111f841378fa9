/* SPDX-License-Identifier: BSD-2-Clause */
/* inventory.h - every instance and check of a catalogue, and choosing some. */
#pragma once

#include "lab.h"

#include <scenario/catalogue.h>

struct cfm_entry {
    const struct scn_scenario *scenario; /* [borrowed] */
    size_t index;                        /* of the instance */
    struct scn_instance *instance;       /* [owned] */
};

struct cfm_inventory {
    struct cfm_entry *entries; /* [owned] by scenario id, then index */
    size_t count;
};

/* Makes every instance. inventory_out is written only on SCN_OK. */
enum scn_status cfm_inventory_init(const struct scn_catalogue *catalogue,
                                   const struct scn_params *params,
                                   struct scn_error *error,
                                   struct cfm_inventory *inventory_out);
void cfm_inventory_fini(struct cfm_inventory *inventory);

/* The next check of an instance, from step *next on; NULL after the last.
 *   next  0 at first, moved behind the check found */
const struct scn_check *cfm_entry_next_check(const struct cfm_entry *entry,
                                             size_t *next);

/* What was chosen: instances, and which of their checks. */
struct cfm_selection {
    struct cfm_selected *items; /* [owned], its lists too */
    size_t count;
    size_t check_count;
};

/* Checks whose ID/CHECK or ID matches one of `only` (all when there is none)
 * and none of `skip` (fnmatch). 0, or -1 when out of memory. */
int cfm_select(const struct cfm_inventory *inventory,
               const struct cfm_settings *settings,
               struct cfm_selection *selection_out);

/* Checks of one scenario: id and check (NULL: all of them). Likewise; nothing
 * is selected when there is no such thing. */
int cfm_select_one(const struct cfm_inventory *inventory, const char *id,
                   const char *check, struct cfm_selection *selection_out);
void cfm_selection_fini(struct cfm_selection *selection);
