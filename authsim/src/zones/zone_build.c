/* SPDX-License-Identifier: BSD-2-Clause */
/* zone_build.c - from a heap of records to sorted names with their RRsets. */
#include "octets.h"
#include "rrtype.h"
#include "zone.h"

#include <scenario/name.h>

#include <stdlib.h>
#include <string.h>

enum sim_status sim_record_add(struct sim_record_list *list,
                               const struct sim_record *record)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity == 0 ? 32 : 2 * list->capacity;
        struct sim_record *records =
            realloc(list->records, capacity * sizeof(*records));

        if (records == NULL) {
            return SIM_ENOMEM;
        }
        list->records = records;
        list->capacity = capacity;
    }
    list->records[list->count] = *record;
    list->records[list->count].order = (uint32_t)list->count;
    list->count++;
    return SIM_OK;
}

/* Every name between an owner and the apex, which is there, exists too (RFC
 * 4592 section 2.2.2): as records of type 0, which become no RRset. */
static enum sim_status add_ancestors(const struct sim_zone *zone,
                                     struct sim_record_list *list)
{
    size_t count = list->count;
    enum sim_status st = SIM_OK;

    for (size_t i = 0; i < count && st == SIM_OK; i++) {
        const uint8_t *owner = list->records[i].owner;
        struct sim_record empty = { 0 };

        if ((i > 0 && list->records[i - 1].owner == owner) ||
            scn_name_equal(owner, zone->name)) {
            continue;
        }
        empty.owner = scn_name_parent(owner);
        while (st == SIM_OK && !scn_name_equal(empty.owner, zone->name)) {
            st = sim_record_add(list, &empty);
            empty.owner = scn_name_parent(empty.owner);
        }
    }
    return st;
}

static int compare_records(const void *left, const void *right)
{
    const struct sim_record *a = left;
    const struct sim_record *b = right;
    int order = a->owner == b->owner ? 0 : scn_name_compare(a->owner, b->owner);

    if (order != 0) {
        return order;
    }
    if (a->type != b->type) {
        return a->type < b->type ? -1 : 1;
    }
    return (a->order > b->order) - (a->order < b->order);
}

static bool is_duplicate(const struct sim_rdata *rdatas, size_t count,
                         const struct sim_record *record)
{
    for (size_t i = 0; i < count; i++) {
        if (rdatas[i].len != record->rdata_len) {
            continue;
        }
        if (record->rdata_len == 0 ||
            memcmp(rdatas[i].octets, record->rdata, record->rdata_len) == 0) {
            return true;
        }
    }
    return false;
}

/* One RRset from the first `count` records. The TTL is the first one's: they
 * may not differ (RFC 2181 section 5.2). */
static struct sim_rrset *make_rrset(struct sim_arena *arena,
                                    const struct sim_node *node,
                                    const struct sim_record *records,
                                    size_t count)
{
    struct sim_rrset *rrset = sim_arena_alloc(arena, sizeof(*rrset));
    struct sim_rdata *rdatas = sim_arena_alloc(arena, count * sizeof(*rdatas));

    if (rrset == NULL || rdatas == NULL) {
        return NULL;
    }
    rrset->owner = node->name;
    rrset->type = records[0].type;
    rrset->ttl = records[0].ttl;
    rrset->rdatas = rdatas;
    for (size_t i = 0; i < count; i++) {
        if (!is_duplicate(rdatas, rrset->count, &records[i])) {
            rdatas[rrset->count++] =
                (struct sim_rdata){ records[i].rdata, records[i].rdata_len };
        }
    }
    return rrset;
}

static enum sim_status fill_node(struct sim_zone *zone, struct sim_node *node,
                                 const struct sim_record *records, size_t count)
{
    struct sim_rrset **tail = &node->rrsets;
    bool complete = true;
    size_t at = 0;

    while (at < count) {
        size_t end = at + 1;

        while (end < count && records[end].type == records[at].type) {
            end++;
        }
        if (records[at].type != 0) {
            *tail = make_rrset(zone->arena, node, records + at, end - at);
            complete = complete && *tail != NULL;
            tail = *tail != NULL ? &(*tail)->next : tail;
        }
        at = end;
    }
    return complete ? SIM_OK : SIM_ENOMEM;
}

static size_t count_names(const struct sim_record_list *list)
{
    size_t names = 0;

    for (size_t i = 0; i < list->count; i++) {
        if (i == 0 || !scn_name_equal(list->records[i - 1].owner,
                                      list->records[i].owner)) {
            names++;
        }
    }
    return names;
}

static void insert(struct sim_zone *zone, struct sim_node *node)
{
    size_t at;

    node->hash = sim_name_hash(node->name);
    at = node->hash & (zone->table_size - 1);
    while (zone->table[at] != 0) {
        at = (at + 1) & (zone->table_size - 1);
    }
    zone->table[at] = (uint32_t)(node - zone->nodes) + 1;
}

/* Parents come before children in canonical order, so one pass is enough. */
static void relate(struct sim_zone *zone, struct sim_node *node)
{
    struct sim_node *parent;

    if (node == zone->nodes) {
        return; /* the apex */
    }
    parent = sim_zone_find(zone, scn_name_parent(node->name));
    node->parent = parent;
    node->cut = parent->cut;
    node->below = parent->cut != NULL;
    if (node->cut == NULL && sim_node_rrset(node, SIM_TYPE_NS) != NULL) {
        node->cut = node;
    }
    node->dname = parent->dname;
    if (parent->cut == NULL && sim_node_rrset(parent, SIM_TYPE_DNAME) != NULL) {
        node->dname = parent;
    }
    if (node->name[0] == 1 && node->name[1] == '*') {
        parent->wild = true;
    }
}

static enum sim_status make_nodes(struct sim_zone *zone,
                                  const struct sim_record_list *list)
{
    const struct sim_record *records = list->records;
    size_t names = count_names(list);
    size_t at = 0;
    enum sim_status st = SIM_OK;

    zone->table_size = 16;
    while (zone->table_size < 2 * names) {
        zone->table_size *= 2;
    }
    zone->table =
        sim_arena_alloc(zone->arena, zone->table_size * sizeof(*zone->table));
    zone->nodes = sim_arena_alloc(zone->arena, names * sizeof(*zone->nodes));
    if (zone->table == NULL || zone->nodes == NULL) {
        return SIM_ENOMEM;
    }
    while (at < list->count && st == SIM_OK) {
        struct sim_node *node = &zone->nodes[zone->node_count];
        size_t end = at + 1;

        while (end < list->count &&
               scn_name_equal(records[end].owner, records[at].owner)) {
            end++;
        }
        node->name = records[at].owner;
        st = fill_node(zone, node, records + at, end - at);
        insert(zone, node);
        relate(zone, node);
        zone->node_count++;
        at = end;
    }
    return st;
}

/* The lesser of the SOA's TTL and MINIMUM (RFC 2308 section 3). */
static uint32_t negative_ttl(const struct sim_zone *zone)
{
    const struct sim_rrset *soa = sim_node_rrset(&zone->nodes[0], SIM_TYPE_SOA);
    uint32_t minimum = 0;

    if (soa == NULL || soa->rdatas[0].len < 4) {
        return 0;
    }
    minimum = sim_get_u32(soa->rdatas[0].octets + soa->rdatas[0].len - 4);
    return minimum < soa->ttl ? minimum : soa->ttl;
}

enum sim_status sim_zone_build(struct sim_zone *zone)
{
    struct sim_record_list list = { 0 };
    struct sim_record apex = { .owner = zone->name };
    enum sim_status st;

    if (zone->arena != NULL) {
        return SIM_OK;
    }
    zone->arena = sim_arena_new();
    if (zone->arena == NULL) {
        return SIM_ENOMEM;
    }
    st = sim_record_add(&list, &apex);
    if (st == SIM_OK) {
        st = sim_zone_collect(zone, &list);
    }
    if (st == SIM_OK) {
        st = add_ancestors(zone, &list);
    }
    if (st == SIM_OK) {
        qsort(list.records, list.count, sizeof(*list.records), compare_records);
        st = make_nodes(zone, &list);
    }
    if (st == SIM_OK) {
        zone->negative_ttl = negative_ttl(zone);
    } else {
        sim_zone_forget(zone);
    }
    free(list.records);
    return st;
}
