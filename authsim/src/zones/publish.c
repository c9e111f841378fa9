/* SPDX-License-Identifier: BSD-2-Clause */
/* publish.c - changes while the world is served (FORMAT section 10). */
#include "rrtype.h"
#include "universe.h"

#include <scenario/name.h>

#include <stdlib.h>
#include <string.h>

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

static struct sim_override *find_override(const struct sim_zone *zone,
                                          const struct scn_rrset_id *id)
{
    for (size_t i = 0; i < zone->override_count; i++) {
        if (zone->overrides[i].id.type == id->type &&
            scn_name_equal(zone->overrides[i].id.owner, id->owner)) {
            return &zone->overrides[i];
        }
    }
    return NULL;
}

/* --- an override owns what it says: one block --- */

static bool is_of(const struct scn_record *record,
                  const struct scn_rrset_id *id)
{
    return record->type == id->type && scn_name_equal(record->owner, id->owner);
}

static size_t block_size(const struct scn_rrset_id *id,
                         const struct scn_record *records, size_t count,
                         size_t *wanted_out)
{
    size_t size = scn_name_length(id->owner);

    *wanted_out = 0;
    for (size_t i = 0; i < count; i++) {
        if (is_of(&records[i], id)) {
            size += sizeof(*records) + records[i].rdata_len;
            (*wanted_out)++;
        }
    }
    return size;
}

/* Records first, for their alignment; then the owner and the RDATA. */
static enum sim_status make_override(const struct scn_rrset_id *id,
                                     const struct scn_record *records,
                                     size_t count,
                                     struct sim_override *override_out)
{
    size_t wanted = 0;
    struct scn_record *copies = malloc(block_size(id, records, count, &wanted));
    struct scn_record *copy = copies;
    uint8_t *next = (uint8_t *)(copies + wanted);
    const size_t owner_len = scn_name_length(id->owner);
    const uint8_t *owner = next;

    if (copies == NULL) {
        return SIM_ENOMEM;
    }
    memcpy(next, id->owner, owner_len);
    next += owner_len;
    for (size_t i = 0; i < count; i++) {
        if (!is_of(&records[i], id)) {
            continue;
        }
        *copy = records[i];
        copy->owner = owner;
        copy->rdata = next;
        if (copy->rdata_len > 0) {
            memcpy(next, records[i].rdata, copy->rdata_len);
        }
        next += copy->rdata_len;
        copy++;
    }
    *override_out = (struct sim_override){
        .id = { .owner = owner, .type = id->type },
        .records = copies,
        .count = wanted,
    };
    return SIM_OK;
}

static enum sim_status add_override(struct sim_zone *zone,
                                    const struct sim_override *override)
{
    struct sim_override *overrides = realloc(
        zone->overrides, (zone->override_count + 1) * sizeof(*overrides));

    if (overrides == NULL) {
        return SIM_ENOMEM;
    }
    zone->overrides = overrides;
    overrides[zone->override_count++] = *override;
    return SIM_OK;
}

/* --- changes --- */

static void anew(struct sim_zone *zone)
{
    zone->serial++;
    sim_zone_forget(zone);
}

static enum sim_status change(struct sim_instance *instance,
                              const struct scn_rrset_id *id,
                              const struct scn_record *records, size_t count)
{
    struct sim_zone *zone = find_home(instance, id);
    struct sim_override *old = find_override(zone, id);
    struct sim_override override;
    enum sim_status st = make_override(id, records, count, &override);

    if (st != SIM_OK) {
        return st;
    }
    if (old == NULL) {
        st = add_override(zone, &override);
    }
    if (st != SIM_OK) {
        free(override.records);
        return st;
    }
    anew(zone); /* what was built points into the old one */
    if (old != NULL) {
        free(old->records);
        *old = override;
    }
    return SIM_OK;
}

static struct scn_rrset_id id_of(const struct scn_record *record)
{
    return (struct scn_rrset_id){ .owner = record->owner,
                                  .type = record->type };
}

bool sim_instance_holds(const struct sim_instance *instance,
                        const struct scn_rrset_id *id)
{
    return find_home(instance, id) != NULL;
}

bool sim_instance_has(const struct sim_instance *instance,
                      const struct scn_rrset_id *id)
{
    const struct sim_zone *zone = find_home(instance, id);
    const struct sim_override *override =
        zone != NULL ? find_override(zone, id) : NULL;
    size_t i = 0;

    if (zone == NULL || override != NULL) {
        return zone != NULL && override->count > 0;
    }
    while (i < zone->model->record_count &&
           !is_of(&zone->model->records[i], id)) {
        i++;
    }
    return i < zone->model->record_count;
}

/* Adds a type to the first cap of `count`. */
static size_t add_type(uint16_t *types, size_t cap, size_t count, uint16_t type)
{
    if (count < cap) {
        types[count] = type;
    }
    return count + 1;
}

size_t sim_instance_types(const struct sim_instance *instance,
                          const uint8_t *owner, uint16_t *types_out, size_t cap)
{
    const struct scn_rrset_id any = { owner, SCN_TYPE_ANY };
    const struct sim_zone *zone = find_home(instance, &any);
    size_t count = 0;

    for (size_t i = 0; zone != NULL && i < zone->model->record_count; i++) {
        const struct scn_record *record = &zone->model->records[i];
        const struct scn_rrset_id id = { owner, record->type };
        if (is_of(record, &id) && find_override(zone, &id) == NULL) {
            count = add_type(types_out, cap, count, id.type);
        }
    }
    for (size_t i = 0; zone != NULL && i < zone->override_count; i++) {
        const struct sim_override *override = &zone->overrides[i];
        if (override->count > 0 && scn_name_equal(override->id.owner, owner)) {
            count = add_type(types_out, cap, count, override->id.type);
        }
    }
    return count;
}

enum sim_status sim_instance_publish(struct sim_instance *instance,
                                     const struct scn_record *records,
                                     size_t count)
{
    enum sim_status st = SIM_OK;

    for (size_t i = 0; i < count; i++) {
        const struct scn_rrset_id id = id_of(&records[i]);
        if (find_home(instance, &id) == NULL) {
            return SIM_ECONFLICT;
        }
    }
    for (size_t i = 0; i < count && st == SIM_OK; i++) {
        const struct scn_rrset_id id = id_of(&records[i]);
        if (i == 0 || !is_of(&records[i - 1], &id)) { /* done already */
            st = change(instance, &id, records, count);
        }
    }
    return st;
}

enum sim_status sim_instance_withdraw(struct sim_instance *instance,
                                      const struct scn_rrset_id *rrsets,
                                      size_t count)
{
    enum sim_status st = SIM_OK;

    for (size_t i = 0; i < count; i++) {
        if (find_home(instance, &rrsets[i]) == NULL) {
            return SIM_ECONFLICT;
        }
    }
    for (size_t i = 0; i < count && st == SIM_OK; i++) {
        st = change(instance, &rrsets[i], NULL, 0);
    }
    return st;
}

enum sim_status sim_instance_restore(struct sim_instance *instance,
                                     const struct scn_rrset_id *rrsets,
                                     size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (find_home(instance, &rrsets[i]) == NULL) {
            return SIM_ECONFLICT;
        }
    }
    for (size_t i = 0; i < count; i++) {
        struct sim_zone *zone = find_home(instance, &rrsets[i]);
        struct sim_override *old = find_override(zone, &rrsets[i]);
        if (old != NULL) {
            anew(zone);
            free(old->records);
            *old = zone->overrides[--zone->override_count];
        }
    }
    return SIM_OK;
}

void sim_overrides_free(struct sim_zone *zone)
{
    for (size_t i = 0; i < zone->override_count; i++) {
        free(zone->overrides[i].records);
    }
    free(zone->overrides);
    zone->overrides = NULL;
    zone->override_count = 0;
}
