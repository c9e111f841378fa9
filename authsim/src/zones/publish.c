/* SPDX-License-Identifier: BSD-2-Clause */
/* publish.c - changes while the world is served (FORMAT section 10). */
#include "rrtype.h"
#include "universe.h"

#include <scenario/name.h>

#include <stdlib.h>

/* The zone an RRset belongs to; a DS belongs to the parent. */
static struct sim_zone *find_home(const struct sim_instance *instance,
                                  const struct scn_rrset_id *id)
{
    struct sim_zone *home = NULL;

    for (size_t i = 0; i < instance->model->zone_count; i++) {
        struct sim_zone *zone = instance->zones[i];
        bool at_cut =
            id->type == SIM_TYPE_DS && scn_name_equal(id->owner, zone->name);

        if (scn_name_is_under(id->owner, zone->name) && !at_cut &&
            (home == NULL || scn_name_is_under(zone->name, home->name))) {
            home = zone;
        }
    }
    return home;
}

/* The override of that RRset, made when there is none; NULL when out of
 * memory. */
static struct sim_override *find_override(struct sim_zone *zone,
                                          const struct scn_rrset_id *id)
{
    struct sim_override *overrides;

    for (size_t i = 0; i < zone->override_count; i++) {
        if (zone->overrides[i].id.type == id->type &&
            scn_name_equal(zone->overrides[i].id.owner, id->owner)) {
            return &zone->overrides[i];
        }
    }
    overrides = realloc(zone->overrides,
                        (zone->override_count + 1) * sizeof(*overrides));
    if (overrides == NULL) {
        return NULL;
    }
    zone->overrides = overrides;
    return &overrides[zone->override_count++];
}

static enum sim_status change(struct sim_instance *instance,
                              const struct scn_rrset_id *id,
                              const struct scn_record *records, size_t count)
{
    struct sim_zone *zone = find_home(instance, id);
    struct sim_override *override;

    if (zone == NULL) {
        return SIM_ECONFLICT;
    }
    override = find_override(zone, id);
    if (override == NULL) {
        return SIM_ENOMEM;
    }
    *override =
        (struct sim_override){ .id = *id, .records = records, .count = count };
    zone->serial++;
    sim_zone_forget(zone);
    return SIM_OK;
}

enum sim_status sim_instance_publish(struct sim_instance *instance,
                                     const struct scn_record *records,
                                     size_t count)
{
    enum sim_status st = SIM_OK;

    for (size_t i = 0; i < count && st == SIM_OK; i++) {
        const struct scn_rrset_id id = { .owner = records[i].owner,
                                         .type = records[i].type };

        st = change(instance, &id, records, count);
    }
    return st;
}

enum sim_status sim_instance_withdraw(struct sim_instance *instance,
                                      const struct scn_rrset_id *rrsets,
                                      size_t count)
{
    enum sim_status st = SIM_OK;

    for (size_t i = 0; i < count && st == SIM_OK; i++) {
        st = change(instance, &rrsets[i], NULL, 0);
    }
    return st;
}
