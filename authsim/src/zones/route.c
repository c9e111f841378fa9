/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * route.c - from an address and a name to the server that is asked.
 *
 * In the shared universe servers of different instances may have the same
 * address: the name says whose the query is. The table finds private servers,
 * and whom to ask about names that are nobody's.
 */
#include "answer.h"
#include "octets.h"
#include "universe.h"

#include <scenario/name.h>

#include <stdlib.h>
#include <string.h>

/* FNV-1a over family and octets. */
static uint64_t address_key(const struct sim_address *address)
{
    size_t len = address->family == 6 ? 16 : 4;
    uint64_t key = 14695981039346656037ULL;

    for (size_t i = 0; i < len; i++) {
        key = (key ^ address->octets[i]) * 1099511628211ULL;
    }
    return (key ^ address->family) * 1099511628211ULL;
}

static const struct sim_host *host_at(const struct sim_world *world,
                                      const struct sim_place *place)
{
    return place->instance != NULL ? &place->instance->hosts[place->host]
                                   : &world->root_host;
}

static bool has_address(const struct sim_host *host,
                        const struct sim_address *address)
{
    return sim_address_same_host(&host->v4, address) ||
           sim_address_same_host(&host->v6, address);
}

/* The slot of an address, or the free one where it would go. */
static struct sim_place *find_slot(const struct sim_world *world,
                                   const struct sim_address *address)
{
    uint64_t key = address_key(address);
    size_t at = key & (world->place_size - 1);

    for (;;) {
        struct sim_place *place = &world->places[at];

        if (!place->used || (place->key == key &&
                             has_address(host_at(world, place), address))) {
            return place;
        }
        at = (at + 1) & (world->place_size - 1);
    }
}

bool sim_route_taken(const struct sim_world *world,
                     const struct sim_address *address)
{
    return find_slot(world, address)->used;
}

static void insert(struct sim_world *world, struct sim_instance *instance,
                   size_t host, const struct sim_address *address)
{
    struct sim_place *place;

    if (address->family == 0) {
        return;
    }
    place = find_slot(world, address);
    if (!place->used) {
        *place = (struct sim_place){ .key = address_key(address),
                                     .instance = instance,
                                     .host = (uint32_t)host,
                                     .used = true };
    }
}

static void insert_hosts(struct sim_world *world, struct sim_instance *instance)
{
    for (size_t i = 0; i < instance->model->server_count; i++) {
        insert(world, instance, i, &instance->hosts[i].v4);
        insert(world, instance, i, &instance->hosts[i].v6);
    }
}

static int compare_keys(const void *left, const void *right)
{
    const struct sim_instance *const *a = left;
    const struct sim_instance *const *b = right;

    return strcmp((*a)->model->key, (*b)->model->key);
}

/* In the order of keys, so that who yields to whom in the private part does
 * not depend on the order of loading. [owned] by the caller, free(). */
static struct sim_instance **sort_instances(const struct sim_world *world)
{
    struct sim_instance **sorted =
        calloc(world->count + 1, sizeof(struct sim_instance *));

    if (sorted == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < world->count; i++) {
        sorted[i] = world->instances[i];
    }
    qsort(sorted, world->count, sizeof(struct sim_instance *), compare_keys);
    return sorted;
}

/* An empty table for all, with the root's server in it. */
static enum sim_status begin_table(struct sim_world *world)
{
    size_t hosts = 1;
    size_t size = 16;
    struct sim_place *places = NULL;

    for (size_t i = 0; i < world->count; i++) {
        hosts += world->instances[i]->model->server_count;
    }
    while (size < 4 * hosts) {
        size *= 2;
    }
    places = calloc(size, sizeof(*places));
    if (places == NULL) {
        return SIM_ENOMEM;
    }
    free(world->places);
    world->places = places;
    world->place_size = size;
    insert(world, NULL, 0, &world->root_host.v4);
    insert(world, NULL, 0, &world->root_host.v6);
    return SIM_OK;
}

enum sim_status sim_route_build(struct sim_world *world)
{
    struct sim_instance **sorted = sort_instances(world);
    enum sim_status st = sorted != NULL ? begin_table(world) : SIM_ENOMEM;

    for (size_t i = 0; i < world->count && st == SIM_OK; i++) {
        st = sim_hosts_place(sorted[i]);
        if (st == SIM_OK) {
            insert_hosts(world, sorted[i]);
        }
    }
    free(sorted);
    return st;
}

enum sim_status sim_route_renew(struct sim_world *world,
                                const struct sim_instance *except)
{
    struct sim_instance **sorted = sort_instances(world);
    const enum sim_status st = sorted != NULL ? begin_table(world) : SIM_ENOMEM;

    for (size_t i = 0; i < world->count && st == SIM_OK; i++) {
        if (sorted[i] != except) {
            insert_hosts(world, sorted[i]);
        }
    }
    free(sorted);
    return st;
}

static struct sim_instance *find_apex(const struct sim_world *world,
                                      const uint8_t *apex)
{
    uint32_t hash = sim_name_hash(apex);
    struct sim_instance *instance =
        world->by_apex[hash & (world->by_apex_size - 1)];

    while (instance != NULL && (instance->apex_hash != hash ||
                                !scn_name_equal(instance->model->apex, apex))) {
        instance = instance->next_by_apex;
    }
    return instance;
}

struct sim_instance *sim_world_find(const struct sim_world *world,
                                    const uint8_t *name)
{
    struct sim_instance *owner = NULL;

    /* No instance of the shared universe owns the root. */
    while (world->by_apex_size > 0 && owner == NULL && name[0] != 0) {
        owner = find_apex(world, name);
        name = scn_name_parent(name);
    }
    return owner;
}

static void fill_site(struct sim_site *site, struct sim_instance *instance,
                      const struct sim_host *host)
{
    site->instance = instance;
    site->server = host->label;
    site->zones = host->zones;
    site->zone_count = host->zone_count;
}

/* The server of that instance at that address, or NULL. */
static const struct sim_host *host_of(const struct sim_instance *instance,
                                      const struct sim_address *address)
{
    for (size_t i = 0; i < instance->model->server_count; i++) {
        if (has_address(&instance->hosts[i], address)) {
            return &instance->hosts[i];
        }
    }
    return NULL;
}

bool sim_world_route(struct sim_world *world, const struct sim_address *local,
                     const uint8_t *name, struct sim_site *site_out)
{
    const struct sim_place *place;
    const struct sim_host *host = NULL;
    struct sim_instance *owner;

    if (world->places == NULL) {
        return false;
    }
    place = find_slot(world, local);
    if (!place->used) {
        return false;
    }
    owner = sim_world_find(world, name);
    if (place->instance == NULL) {
        fill_site(site_out, owner, &world->root_host);
        return true;
    }
    if (place->instance->model->universe == SCN_SHARED && owner != NULL) {
        host = host_of(owner, local);
    }
    if (host != NULL) {
        fill_site(site_out, owner, host);
    } else {
        fill_site(site_out, place->instance, host_at(world, place));
    }
    return true;
}
