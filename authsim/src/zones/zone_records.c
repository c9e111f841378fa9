/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * zone_records.c - what stands in a zone: the author's records, what was
 * published, and what is generated unless the author wrote it (FORMAT section
 * 3): SOA, NS, DNSKEY, NSEC3PARAM, hosts, delegations with DS and glue.
 */
#include "octets.h"
#include "rrtype.h"
#include "universe.h"

#include <scenario/name.h>

#include <string.h>

enum {
    TTL_S = 300, /* of what is generated, as FORMAT's default */
    SOA_REFRESH_S = 3600,
    SOA_RETRY_S = 600,
    SOA_EXPIRE_S = 86400
};

struct collector {
    struct sim_zone *zone;
    struct sim_record_list *list;
    size_t written; /* records before this index are the author's */
};

static const struct sim_override *find_override(const struct sim_zone *zone,
                                                const uint8_t *owner,
                                                uint16_t type)
{
    for (size_t i = 0; i < zone->override_count; i++) {
        const struct sim_override *override = &zone->overrides[i];

        if (override->id.type == type &&
            scn_name_equal(override->id.owner, owner)) {
            return override;
        }
    }
    return NULL;
}

static enum sim_status add_model(struct sim_record_list *list,
                                 const struct scn_record *from)
{
    const struct sim_record record = { .owner = from->owner,
                                       .rdata = from->rdata,
                                       .ttl = from->ttl,
                                       .type = from->type,
                                       .rdata_len = from->rdata_len };

    return sim_record_add(list, &record);
}

static enum sim_status collect_override(struct collector *c,
                                        const struct sim_override *override)
{
    enum sim_status st = SIM_OK;

    for (size_t i = 0; i < override->count && st == SIM_OK; i++) {
        const struct scn_record *record = &override->records[i];

        if (record->type == override->id.type &&
            scn_name_equal(record->owner, override->id.owner)) {
            st = add_model(c->list, record);
        }
    }
    return st;
}

static enum sim_status collect_written(struct collector *c)
{
    const struct scn_zone *model = c->zone->model;
    enum sim_status st = SIM_OK;

    for (size_t i = 0; i < model->record_count && st == SIM_OK; i++) {
        const struct scn_record *record = &model->records[i];

        if (find_override(c->zone, record->owner, record->type) == NULL) {
            st = add_model(c->list, record);
        }
    }
    for (size_t i = 0; i < c->zone->override_count && st == SIM_OK; i++) {
        st = collect_override(c, &c->zone->overrides[i]);
    }
    return st;
}

/* A hand-written or withdrawn RRset replaces the generated one. */
static bool is_wanted(const struct collector *c, const uint8_t *owner,
                      uint16_t type)
{
    if (find_override(c->zone, owner, type) != NULL) {
        return false;
    }
    for (size_t i = 0; i < c->written; i++) {
        if (c->list->records[i].type == type &&
            scn_name_equal(c->list->records[i].owner, owner)) {
            return false;
        }
    }
    return true;
}

static enum sim_status generate(struct collector *c, const uint8_t *owner,
                                uint16_t type, const uint8_t *rdata, size_t len)
{
    struct sim_record record = { .owner = owner,
                                 .rdata = rdata,
                                 .ttl = TTL_S,
                                 .type = type,
                                 .rdata_len = (uint16_t)len };

    if (!is_wanted(c, owner, type)) {
        return SIM_OK;
    }
    return sim_record_add(c->list, &record);
}

static const struct sim_host *host_of(const struct sim_zone *zone, size_t i)
{
    if (zone->model == NULL) {
        return &zone->world->root_host;
    }
    return &zone->instance->hosts[zone->model->servers[i]];
}

static size_t host_count(const struct sim_zone *zone)
{
    return zone->model == NULL ? 1 : zone->model->server_count;
}

static enum sim_status collect_soa(struct collector *c)
{
    static const uint8_t mailbox[] = "\012hostmaster";
    uint8_t rdata[2 * SCN_NAME_MAX + 20];
    const struct sim_zone *zone = c->zone;
    const uint8_t *host =
        host_count(zone) > 0 ? host_of(zone, 0)->name : zone->name;
    size_t len = scn_name_length(host);
    size_t name_len = scn_name_length(zone->name);
    uint8_t *at;
    const uint8_t *copy;

    memcpy(rdata, host, len);
    if (sizeof(mailbox) - 1 + name_len <= SCN_NAME_MAX) {
        memcpy(rdata + len, mailbox, sizeof(mailbox) - 1);
        len += sizeof(mailbox) - 1;
    }
    memcpy(rdata + len, zone->name, name_len);
    at = sim_put_u32(rdata + len + name_len, zone->serial);
    at = sim_put_u32(at, SOA_REFRESH_S);
    at = sim_put_u32(at, SOA_RETRY_S);
    at = sim_put_u32(at, SOA_EXPIRE_S);
    at = sim_put_u32(at, TTL_S);
    len = (size_t)(at - rdata);
    copy = sim_arena_copy(zone->arena, rdata, len);
    if (copy == NULL) {
        return SIM_ENOMEM;
    }
    return generate(c, zone->name, SIM_TYPE_SOA, copy, len);
}

static enum sim_status collect_ns(struct collector *c,
                                  const struct sim_zone *zone)
{
    enum sim_status st = SIM_OK;

    for (size_t i = 0; i < host_count(zone) && st == SIM_OK; i++) {
        const uint8_t *name = host_of(zone, i)->name;

        st = generate(c, zone->name, SIM_TYPE_NS, name, scn_name_length(name));
    }
    return st;
}

static enum sim_status collect_addresses(struct collector *c,
                                         const struct sim_host *host)
{
    enum sim_status st = SIM_OK;

    if (host->v4.family != 0) {
        st = generate(c, host->name, SIM_TYPE_A, host->v4.octets, 4);
    }
    if (st == SIM_OK && host->v6.family != 0) {
        st = generate(c, host->name, SIM_TYPE_AAAA, host->v6.octets, 16);
    }
    return st;
}

static enum sim_status collect_keys(struct collector *c)
{
    if (!is_wanted(c, c->zone->name, SIM_TYPE_DNSKEY)) {
        return SIM_OK;
    }
    return sim_zone_add_dnskeys(c->zone, c->list);
}

/* RFC 5155 section 4: hash 1, no flags, iterations, salt. */
static enum sim_status collect_nsec3param(struct collector *c)
{
    const struct scn_zone *model = c->zone->model;
    size_t len = 5 + model->nsec3_salt_len;
    uint8_t *rdata = sim_arena_alloc(c->zone->arena, len);

    if (rdata == NULL) {
        return SIM_ENOMEM;
    }
    rdata[0] = 1;
    sim_put_u16(rdata + 2, model->nsec3_iterations);
    rdata[4] = (uint8_t)model->nsec3_salt_len;
    if (model->nsec3_salt_len > 0) {
        memcpy(rdata + 5, model->nsec3_salt, model->nsec3_salt_len);
    }
    return generate(c, c->zone->name, SIM_TYPE_NSEC3PARAM, rdata, len);
}

static enum sim_status collect_ds(struct collector *c, struct sim_zone *child)
{
    if (!is_wanted(c, child->name, SIM_TYPE_DS)) {
        return SIM_OK;
    }
    return sim_zone_add_ds(child, c->zone->arena, c->list);
}

/* NS and DS of a child, and the addresses of its servers when their names are
 * in it: without them nobody could get there. */
static enum sim_status collect_delegation(struct collector *c,
                                          struct sim_zone *child)
{
    enum sim_status st = collect_ns(c, child);

    if (st == SIM_OK) {
        st = collect_ds(c, child);
    }
    for (size_t i = 0; i < host_count(child) && st == SIM_OK; i++) {
        const struct sim_host *host = host_of(child, i);

        if (scn_name_is_under(host->name, child->name)) {
            st = collect_addresses(c, host);
        }
    }
    return st;
}

static enum sim_status collect_children(struct collector *c,
                                        const struct sim_instance *instance)
{
    enum sim_status st = SIM_OK;

    for (size_t i = 0; i < instance->model->zone_count && st == SIM_OK; i++) {
        struct sim_zone *child = instance->zones[i];

        if (child->parent == c->zone && !child->model->ns_absent) {
            st = collect_delegation(c, child);
        }
    }
    return st;
}

/* Hosts live in the deepest zone that encloses them. */
static enum sim_status collect_hosts(struct collector *c)
{
    const struct sim_instance *instance = c->zone->instance;
    enum sim_status st = SIM_OK;

    for (size_t h = 0; h < instance->model->server_count && st == SIM_OK; h++) {
        const struct sim_host *host = &instance->hosts[h];

        if (sim_instance_home(instance, host->name) == c->zone) {
            st = collect_addresses(c, host);
        }
    }
    return st;
}

static enum sim_status collect_apex(struct collector *c)
{
    const struct scn_zone *model = c->zone->model;
    enum sim_status st = collect_soa(c);

    if (st == SIM_OK) {
        st = collect_ns(c, c->zone);
    }
    if (st == SIM_OK && c->zone->is_signed) {
        st = collect_keys(c);
    }
    if (st == SIM_OK && c->zone->is_signed && model != NULL &&
        scn_denial_is_nsec3(model->denial)) {
        st = collect_nsec3param(c);
    }
    return st;
}

/* The generated root: itself, its server, every apex of the shared universe. */
static enum sim_status collect_root(struct collector *c)
{
    struct sim_world *world = c->zone->world;
    enum sim_status st = collect_apex(c);

    if (st == SIM_OK) {
        st = collect_addresses(c, &world->root_host);
    }
    for (size_t i = 0; i < world->count && st == SIM_OK; i++) {
        if (world->instances[i]->model->universe == SCN_SHARED) {
            st = collect_children(c, world->instances[i]);
        }
    }
    return st;
}

enum sim_status sim_zone_collect(struct sim_zone *zone,
                                 struct sim_record_list *list)
{
    struct collector c = { .zone = zone, .list = list };
    enum sim_status st;

    if (zone->model == NULL) {
        return collect_root(&c);
    }
    st = collect_written(&c);
    c.written = list->count;
    if (st == SIM_OK) {
        st = collect_apex(&c);
    }
    if (st == SIM_OK) {
        st = collect_hosts(&c);
    }
    if (st == SIM_OK) {
        st = collect_children(&c, zone->instance);
    }
    return st;
}
