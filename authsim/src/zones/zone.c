/* SPDX-License-Identifier: BSD-2-Clause */
/* zone.c - life of a zone: made cheaply, built when first asked, forgotten when
 * something is published. */
#include "answer.h"
#include "rrtype.h"
#include "universe.h"

#include <scenario/name.h>

#include <stdlib.h>
#include <string.h>

enum sim_status sim_zone_new(struct sim_world *world,
                             struct sim_instance *instance,
                             const struct scn_zone *model,
                             struct sim_zone **zone_out)
{
    struct sim_zone *zone = calloc(1, sizeof(*zone));

    if (zone == NULL) {
        return SIM_ENOMEM;
    }
    zone->name = model != NULL ? model->name : (const uint8_t *)"";
    zone->model = model;
    zone->world = world;
    zone->instance = instance;
    zone->is_signed = model == NULL || model->dnssec != SCN_UNSIGNED;
    zone->serial = 1;
    *zone_out = zone;
    return SIM_OK;
}

void sim_zone_forget(struct sim_zone *zone)
{
    zone->world->generation++;
    sim_arena_free(zone->arena);
    zone->arena = NULL;
    zone->nodes = NULL;
    zone->node_count = 0;
    zone->table = NULL;
    zone->table_size = 0;
    zone->chain = (struct sim_chain){ 0 };
}

static void free_keys(struct sim_zone *zone)
{
    for (size_t i = 0; i < zone->key_count; i++) {
        sim_key_fini(&zone->keys[i]);
    }
    free(zone->keys);
    zone->keys = NULL;
    zone->key_count = 0;
}

void sim_zone_free(struct sim_zone *zone)
{
    if (zone == NULL) {
        return;
    }
    if (zone->fault_state != NULL && zone->fault_free != NULL) {
        zone->fault_free(zone->fault_state);
    }
    sim_zone_forget(zone);
    free_keys(zone);
    sim_overrides_free(zone);
    free(zone);
}

const struct scn_zone *sim_zone_model(const struct sim_zone *zone)
{
    return zone->model;
}

void **sim_zone_fault_state(struct sim_zone *zone, void (*free_fn)(void *))
{
    zone->fault_free = free_fn;
    return &zone->fault_state;
}

static enum sim_status add_key(struct sim_zone *zone, enum sim_role role,
                               uint8_t algorithm)
{
    struct sim_key *key = &zone->keys[zone->key_count];
    enum sim_status st =
        sim_key_init(zone->world->ring, zone->name, role, algorithm, key);

    if (st == SIM_OK) {
        zone->key_count++;
    }
    return st;
}

/* The key that the zone's rollover is about. */
static enum sim_role other_role(const struct scn_zone *model)
{
    switch (model->rollover) {
    case SCN_ROLLOVER_ZSK_PRE_PUBLISHED:
    case SCN_ROLLOVER_ZSK_DOUBLE_SIGNED:
        return SIM_ROLE_OTHER_ZSK;
    case SCN_ROLLOVER_NONE:
    case SCN_ROLLOVER_KSK_DOUBLE_SIGNED:
    case SCN_ROLLOVER_KSK_DOUBLE_DS:
    case SCN_ROLLOVER_KSK_REVOKED:
        break;
    }
    return model->keys == SCN_KSK_AND_ZSK ? SIM_ROLE_OTHER_KSK
                                          : SIM_ROLE_OTHER_CSK;
}

static enum sim_status add_other_key(struct sim_zone *zone, uint8_t algorithm)
{
    enum sim_status st = SIM_OK;

    if (zone->model == NULL || zone->model->rollover == SCN_ROLLOVER_NONE) {
        return SIM_OK;
    }
    st = add_key(zone, other_role(zone->model), algorithm);
    if (st == SIM_OK && zone->model->rollover == SCN_ROLLOVER_KSK_REVOKED) {
        sim_key_revoke(&zone->keys[zone->key_count - 1]);
    }
    return st;
}

enum sim_status sim_zone_make_keys(struct sim_zone *zone)
{
    const struct scn_zone *model = zone->model;
    const uint8_t *algorithms = &zone->world->options.algorithm;
    const bool split = model != NULL && model->keys == SCN_KSK_AND_ZSK;
    size_t count = 1;
    enum sim_status st = SIM_OK;

    if (zone->keys != NULL) {
        return SIM_OK;
    }
    if (model != NULL && model->algorithm_count > 0) {
        algorithms = model->algorithms;
        count = model->algorithm_count;
    }
    const bool rolls = model != NULL && model->rollover != SCN_ROLLOVER_NONE;
    const size_t each = 1 + (size_t)split + (size_t)rolls;

    zone->keys = calloc(each * count, sizeof(*zone->keys));
    if (zone->keys == NULL) {
        return SIM_ENOMEM;
    }
    for (size_t i = 0; i < count && st == SIM_OK; i++) {
        st = add_key(zone, split ? SIM_ROLE_KSK : SIM_ROLE_CSK, algorithms[i]);
        if (st == SIM_OK && split) {
            st = add_key(zone, SIM_ROLE_ZSK, algorithms[i]);
        }
        if (st == SIM_OK) {
            st = add_other_key(zone, algorithms[i]);
        }
    }
    if (st != SIM_OK) {
        free_keys(zone); /* all of them or none */
    }
    return st;
}

uint32_t sim_name_hash(const uint8_t *name)
{
    uint32_t hash = 2166136261U; /* FNV-1a */

    /* Length octets are below 'A', so one pass lowers labels only. */
    for (size_t left = scn_name_length(name); left > 0; left--, name++) {
        uint8_t octet = *name;

        if (octet >= 'A' && octet <= 'Z') {
            octet = (uint8_t)(octet + ('a' - 'A'));
        }
        hash = (hash ^ octet) * 16777619U;
    }
    return hash;
}

struct sim_node *sim_zone_find(const struct sim_zone *zone, const uint8_t *name)
{
    uint32_t hash = sim_name_hash(name);
    size_t at = hash & (zone->table_size - 1);

    while (zone->table[at] != 0) {
        struct sim_node *node = &zone->nodes[zone->table[at] - 1];

        if (node->hash == hash && scn_name_equal(node->name, name)) {
            return node;
        }
        at = (at + 1) & (zone->table_size - 1);
    }
    return NULL;
}

struct sim_node *sim_zone_encloser(const struct sim_zone *zone,
                                   const uint8_t *name)
{
    struct sim_node *node = sim_zone_find(zone, name);

    while (node == NULL && name[0] != 0) {
        name = scn_name_parent(name);
        node = sim_zone_find(zone, name);
    }
    return node != NULL ? node : &zone->nodes[0];
}

struct sim_rrset *sim_node_rrset(const struct sim_node *node, uint16_t type)
{
    struct sim_rrset *rrset = node->rrsets;

    while (rrset != NULL && rrset->type != type) {
        rrset = rrset->next;
    }
    return rrset;
}

bool sim_node_is_authoritative(const struct sim_node *node, uint16_t type)
{
    if (node->cut == NULL) {
        return true;
    }
    return node->cut == node && (type == SIM_TYPE_DS || type == SIM_TYPE_NSEC);
}
