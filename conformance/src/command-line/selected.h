/* SPDX-License-Identifier: BSD-2-Clause */
/* selected.h - walk over the checks of a selection. */
#pragma once

#include "inventory.h"

/* Starts as {0}; everything in it is [borrowed]. */
struct cfm_selected_check {
    const struct scn_scenario *scenario;
    const struct scn_instance *instance;
    const struct scn_check *check;
    size_t item;  /* of the selection */
    size_t entry; /* of the inventory */
    size_t next;  /* step of the instance */
};

/* Moves to the next check; false after the last. */
bool cfm_next_selected(const struct cfm_inventory *inventory,
                       const struct cfm_selection *selection,
                       struct cfm_selected_check *at);
