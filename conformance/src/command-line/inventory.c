/* SPDX-License-Identifier: BSD-2-Clause */
/* inventory.c - makes instances, matches globs over their checks. */
#include "inventory.h"

#include <scenario/name.h>

#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t count_instances(const struct scn_catalogue *catalogue)
{
    size_t count = 0;

    for (size_t i = 0; i < scn_catalogue_count(catalogue); i++) {
        count += scn_scenario_instances(scn_catalogue_at(catalogue, i));
    }
    return count;
}

static int compare_apexes(const void *a, const void *b)
{
    const struct scn_instance *const *left = a;
    const struct scn_instance *const *right = b;

    return scn_name_compare((*left)->apex, (*right)->apex);
}

static enum scn_status tell_conflict(const struct scn_instance *first,
                                     const struct scn_instance *second,
                                     struct scn_error *error)
{
    error->line = 1;
    error->column = 1;
    (void)snprintf(error->file, sizeof(error->file), "%s", second->file);
    (void)snprintf(error->text, sizeof(error->text),
                   "%s and %s of %s get the same apex; rename one of them",
                   second->key, first->key, first->file);
    return SCN_EINPUT;
}

/* ID-CHECK is the apex: a with b-c, and a-b with c, would both be a-b-c. */
static enum scn_status check_apexes(const struct cfm_inventory *inventory,
                                    struct scn_error *error)
{
    const struct scn_instance **shared =
        calloc(inventory->count + 1, sizeof(const struct scn_instance *));
    size_t count = 0;
    enum scn_status st = SCN_OK;

    if (shared == NULL) {
        return SCN_ENOMEM;
    }
    for (size_t i = 0; i < inventory->count; i++) {
        if (inventory->entries[i].instance->universe == SCN_SHARED) {
            shared[count++] = inventory->entries[i].instance;
        }
    }
    if (count > 1) {
        qsort((void *)shared, count, sizeof(const struct scn_instance *),
              compare_apexes);
    }
    for (size_t i = 1; i < count && st == SCN_OK; i++) {
        if (scn_name_equal(shared[i - 1]->apex, shared[i]->apex)) {
            st = tell_conflict(shared[i - 1], shared[i], error);
        }
    }
    free((void *)shared);
    return st;
}

enum scn_status cfm_inventory_init(const struct scn_catalogue *catalogue,
                                   const struct scn_params *params,
                                   struct scn_error *error,
                                   struct cfm_inventory *inventory_out)
{
    struct cfm_inventory inventory = { 0 };
    size_t total = count_instances(catalogue);
    enum scn_status st = SCN_OK;

    inventory.entries = calloc(total + 1, sizeof(*inventory.entries));
    if (inventory.entries == NULL) {
        return SCN_ENOMEM;
    }
    for (size_t i = 0; i < scn_catalogue_count(catalogue); i++) {
        const struct scn_scenario *scenario = scn_catalogue_at(catalogue, i);
        size_t instances = scn_scenario_instances(scenario);
        for (size_t k = 0; k < instances && st == SCN_OK; k++) {
            struct cfm_entry *entry = &inventory.entries[inventory.count];
            entry->scenario = scenario;
            entry->index = k;
            st = scn_instance_new(scenario, k, params, error, &entry->instance);
            inventory.count += st == SCN_OK ? 1 : 0;
        }
    }
    if (st == SCN_OK) {
        st = check_apexes(&inventory, error);
    }
    if (st != SCN_OK) {
        cfm_inventory_fini(&inventory);
        return st;
    }
    *inventory_out = inventory;
    return SCN_OK;
}

void cfm_inventory_fini(struct cfm_inventory *inventory)
{
    for (size_t i = 0; i < inventory->count; i++) {
        scn_instance_free(inventory->entries[i].instance);
    }
    free(inventory->entries);
    *inventory = (struct cfm_inventory){ 0 };
}

const struct scn_check *cfm_entry_next_check(const struct cfm_entry *entry,
                                             size_t *next)
{
    const struct scn_instance *instance = entry->instance;

    while (*next < instance->step_count) {
        const struct scn_step *step = &instance->steps[(*next)++];
        if (step->kind == SCN_STEP_CHECK) {
            return step->check;
        }
    }
    return NULL;
}

/* --- choosing --- */

typedef bool wants_fn(const void *ctx, const char *id,
                      const struct scn_check *check);

static bool any_matches(const char *const *globs, size_t count, const char *id,
                        const char *address)
{
    for (size_t i = 0; i < count; i++) {
        if (fnmatch(globs[i], address, 0) == 0 ||
            fnmatch(globs[i], id, 0) == 0) {
            return true;
        }
    }
    return false;
}

static bool wanted_by_globs(const void *ctx, const char *id,
                            const struct scn_check *check)
{
    const struct cfm_settings *settings = ctx;

    if (settings->only_count > 0 &&
        !any_matches(settings->only, settings->only_count, id,
                     check->address)) {
        return false;
    }
    return !any_matches(settings->skip, settings->skip_count, id,
                        check->address);
}

struct target {
    const char *id;
    const char *check;
};

static bool wanted_by_target(const void *ctx, const char *id,
                             const struct scn_check *check)
{
    const struct target *target = ctx;

    if (strcmp(target->id, id) != 0) {
        return false;
    }
    return target->check == NULL ||
           (check->id != NULL && strcmp(target->check, check->id) == 0);
}

/* The addresses of an entry's checks that are wanted, [owned] list of
 * [borrowed] strings; NULL when out of memory. */
static const char **wanted_of(const struct cfm_entry *entry, wants_fn *wants,
                              const void *ctx, size_t *count_out)
{
    const char *id = scn_scenario_id(entry->scenario);
    const char **wanted =
        calloc(entry->instance->step_count + 1, sizeof(*wanted));
    const struct scn_check *check = NULL;
    size_t count = 0;
    size_t next = 0;

    while (wanted != NULL &&
           (check = cfm_entry_next_check(entry, &next)) != NULL) {
        if (wants(ctx, id, check)) {
            wanted[count++] = check->address;
        }
    }
    *count_out = count;
    return wanted;
}

static int choose(const struct cfm_inventory *inventory, wants_fn *wants,
                  const void *ctx, struct cfm_selection *selection_out)
{
    struct cfm_selection selection = { 0 };

    selection.items = calloc(inventory->count + 1, sizeof(*selection.items));
    if (selection.items == NULL) {
        return -1;
    }
    for (size_t i = 0; i < inventory->count; i++) {
        const struct cfm_entry *entry = &inventory->entries[i];
        size_t count = 0;
        const char **wanted = wanted_of(entry, wants, ctx, &count);
        if (wanted == NULL) {
            cfm_selection_fini(&selection);
            return -1;
        }
        if (count == 0) {
            free((void *)wanted);
            continue;
        }
        selection.items[selection.count++] =
            (struct cfm_selected){ entry->scenario, entry->index, wanted,
                                   count };
        selection.check_count += count;
    }
    *selection_out = selection;
    return 0;
}

int cfm_select(const struct cfm_inventory *inventory,
               const struct cfm_settings *settings,
               struct cfm_selection *selection_out)
{
    return choose(inventory, wanted_by_globs, settings, selection_out);
}

int cfm_select_one(const struct cfm_inventory *inventory, const char *id,
                   const char *check, struct cfm_selection *selection_out)
{
    const struct target target = { id, check };

    return choose(inventory, wanted_by_target, &target, selection_out);
}

void cfm_selection_fini(struct cfm_selection *selection)
{
    for (size_t i = 0; i < selection->count; i++) {
        free((void *)(uintptr_t)selection->items[i].wanted);
    }
    free(selection->items);
    *selection = (struct cfm_selection){ 0 };
}
