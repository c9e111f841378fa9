/* SPDX-License-Identifier: BSD-2-Clause */
/* selected.c - from chosen addresses back to instances and checks. */
#include "selected.h"

#include <string.h>

/* Selections keep the order of the inventory, but leave entries out. */
static const struct cfm_entry *entry_of(const struct cfm_inventory *inventory,
                                        const struct cfm_selected *item,
                                        size_t *from)
{
    for (; *from < inventory->count; ++*from) {
        const struct cfm_entry *entry = &inventory->entries[*from];
        if (entry->scenario == item->scenario && entry->index == item->index) {
            return entry;
        }
    }
    return NULL;
}

static bool is_wanted(const struct cfm_selected *item, const char *address)
{
    for (size_t i = 0; i < item->wanted_count; i++) {
        if (strcmp(item->wanted[i], address) == 0) {
            return true;
        }
    }
    return item->wanted == NULL;
}

/* The next wanted check of the entry that at stands on; NULL: no more. */
static const struct scn_check *next_wanted(const struct cfm_entry *entry,
                                           const struct cfm_selected *item,
                                           size_t *next)
{
    const struct scn_check *check = cfm_entry_next_check(entry, next);

    while (check != NULL && !is_wanted(item, check->address)) {
        check = cfm_entry_next_check(entry, next);
    }
    return check;
}

bool cfm_next_selected(const struct cfm_inventory *inventory,
                       const struct cfm_selection *selection,
                       struct cfm_selected_check *at)
{
    for (; at->item < selection->count; at->item++, at->next = 0) {
        const struct cfm_selected *item = &selection->items[at->item];
        const struct cfm_entry *entry = entry_of(inventory, item, &at->entry);
        const struct scn_check *check =
            entry == NULL ? NULL : next_wanted(entry, item, &at->next);
        if (check != NULL) {
            at->scenario = entry->scenario;
            at->instance = entry->instance;
            at->check = check;
            return true;
        }
    }
    return false;
}
