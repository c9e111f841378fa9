/* SPDX-License-Identifier: BSD-2-Clause */
/* world.c - life of a world and its instances. */
#include "failing.h"
#include "universe.h"

#include <authsim/clock.h>
#include <scenario/name.h>

#include <stdlib.h>
#include <string.h>

void sim_options_default(struct sim_options *options_out)
{
    *options_out = (struct sim_options){
        .seed = 1,
        .epoch_s = sim_clock_day_start_s(sim_clock_unix_s()),
        .algorithm = 13,
        .network = SIM_NETWORK_SANDBOX,
    };
}

enum sim_status sim_world_new(const struct sim_options *options,
                              struct sim_world **world_out)
{
    struct sim_world *world = calloc(1, sizeof(*world));
    enum sim_status st;

    if (world == NULL) {
        return SIM_ENOMEM;
    }
    world->options = *options;
    st = sim_keyring_new(options->seed, &world->ring);
    if (st == SIM_OK) {
        st = sim_zone_new(world, NULL, NULL, &world->root);
    }
    if (st == SIM_OK) {
        st = sim_root_host_init(world);
    }
    if (st == SIM_OK) {
        st = sim_journal_new(&world->journal);
    }
    if (st != SIM_OK) {
        sim_world_free(world);
        return st;
    }
    *world_out = world;
    return SIM_OK;
}

void sim_instance_free(struct sim_instance *instance)
{
    if (instance == NULL) {
        return;
    }
    for (size_t i = 0;
         instance->zones != NULL && i < instance->model->zone_count; i++) {
        sim_zone_free(instance->zones[i]);
    }
    for (size_t i = 0;
         instance->hosts != NULL && i < instance->model->server_count; i++) {
        sim_host_fini(&instance->hosts[i]);
    }
    free(instance->zones);
    free(instance->hosts);
    sim_failing_free(instance->failing);
    sim_journal_free(instance->journal);
    free(instance);
}

void sim_world_free(struct sim_world *world)
{
    if (world == NULL) {
        return;
    }
    for (size_t i = 0; i < world->count; i++) {
        sim_instance_free(world->instances[i]);
    }
    free(world->instances);
    free(world->by_apex);
    free(world->places);
    sim_host_fini(&world->root_host);
    sim_zone_free(world->root);
    sim_keyring_free(world->ring);
    sim_journal_free(world->journal);
    free(world);
}

/* The zone that delegates to zone: the deepest one above it. In the shared
 * universe the generated root delegates to what has nobody above. */
static struct sim_zone *find_parent(const struct sim_instance *instance,
                                    const struct sim_zone *zone)
{
    struct sim_zone *parent = NULL;

    for (size_t i = 0; i < instance->model->zone_count; i++) {
        struct sim_zone *above = instance->zones[i];

        if (!scn_name_equal(above->name, zone->name) &&
            scn_name_is_under(zone->name, above->name) &&
            (parent == NULL || scn_name_is_under(above->name, parent->name))) {
            parent = above;
        }
    }
    if (parent == NULL && instance->model->universe == SCN_SHARED) {
        parent = instance->world->root;
    }
    return parent;
}

struct sim_zone *sim_instance_home(const struct sim_instance *instance,
                                   const uint8_t *name)
{
    struct sim_zone *home = NULL;

    for (size_t i = 0; i < instance->model->zone_count; i++) {
        struct sim_zone *zone = instance->zones[i];

        if (scn_name_is_under(name, zone->name) &&
            (home == NULL || scn_name_is_under(zone->name, home->name))) {
            home = zone;
        }
    }
    return home;
}

static enum sim_status make_zones(struct sim_instance *instance)
{
    const struct scn_instance *model = instance->model;
    enum sim_status st = SIM_OK;

    instance->zones = calloc(model->zone_count + 1, sizeof(struct sim_zone *));
    if (instance->zones == NULL) {
        return SIM_ENOMEM;
    }
    for (size_t i = 0; i < model->zone_count && st == SIM_OK; i++) {
        st = sim_zone_new(instance->world, instance, &model->zones[i],
                          &instance->zones[i]);
    }
    for (size_t i = 0; i < model->zone_count && st == SIM_OK; i++) {
        instance->zones[i]->parent = find_parent(instance, instance->zones[i]);
    }
    return st;
}

static enum sim_status grow_instances(struct sim_world *world)
{
    size_t capacity = world->capacity == 0 ? 64 : 2 * world->capacity;
    struct sim_instance **instances;

    if (world->count < world->capacity) {
        return SIM_OK;
    }
    instances =
        realloc(world->instances, capacity * sizeof(struct sim_instance *));
    if (instances == NULL) {
        return SIM_ENOMEM;
    }
    world->instances = instances;
    world->capacity = capacity;
    return SIM_OK;
}

static void link_apex(struct sim_world *world, struct sim_instance *instance)
{
    struct sim_instance **bucket;

    instance->apex_hash = sim_name_hash(instance->model->apex);
    bucket = &world->by_apex[instance->apex_hash & (world->by_apex_size - 1)];
    instance->next_by_apex = *bucket;
    *bucket = instance;
}

/* Keeps the table of apexes at least as large as the number of instances. */
static enum sim_status grow_apexes(struct sim_world *world)
{
    size_t size = world->by_apex_size == 0 ? 64 : 2 * world->by_apex_size;
    struct sim_instance **table;

    if (world->count < world->by_apex_size) {
        return SIM_OK;
    }
    table = calloc(size, sizeof(struct sim_instance *));
    if (table == NULL) {
        return SIM_ENOMEM;
    }
    free(world->by_apex);
    world->by_apex = table;
    world->by_apex_size = size;
    for (size_t i = 0; i < world->count; i++) {
        if (world->instances[i]->model->universe == SCN_SHARED) {
            link_apex(world, world->instances[i]);
        }
    }
    return SIM_OK;
}

static bool owns_apex(const struct sim_world *world,
                      const struct scn_instance *model)
{
    const struct sim_instance *owner;

    if (model->universe != SCN_SHARED) {
        return false;
    }
    owner = sim_world_find(world, model->apex);
    return owner != NULL && scn_name_equal(owner->model->apex, model->apex);
}

enum sim_status sim_world_add(struct sim_world *world,
                              const struct scn_instance *model,
                              struct sim_instance **instance_out)
{
    return world->open ? SIM_ECONFLICT
                       : sim_world_insert(world, model, instance_out);
}

enum sim_status sim_world_insert(struct sim_world *world,
                                 const struct scn_instance *model,
                                 struct sim_instance **instance_out)
{
    struct sim_instance *instance = NULL;
    enum sim_status st = SIM_ECONFLICT;

    if (owns_apex(world, model)) {
        return SIM_ECONFLICT;
    }
    instance = calloc(1, sizeof(*instance));
    if (instance == NULL) {
        return SIM_ENOMEM;
    }
    instance->world = world;
    instance->model = model;
    st = grow_instances(world);
    if (st == SIM_OK) {
        st = grow_apexes(world);
    }
    if (st == SIM_OK) {
        st = make_zones(instance);
    }
    if (st == SIM_OK) {
        st = sim_hosts_init(instance);
    }
    if (st == SIM_OK) {
        st = sim_journal_new(&instance->journal);
    }
    if (st != SIM_OK) {
        sim_instance_free(instance);
        return st;
    }
    if (model->universe == SCN_SHARED) {
        link_apex(world, instance);
    }
    world->instances[world->count++] = instance;
    *instance_out = instance;
    return SIM_OK;
}

enum sim_status sim_world_open(struct sim_world *world)
{
    enum sim_status st;

    if (world->open) {
        return SIM_ECONFLICT;
    }
    st = sim_route_build(world);
    if (st == SIM_OK) {
        st = sim_zone_build(world->root);
    }
    world->open = st == SIM_OK;
    return st;
}

static bool has_slow_keys(const struct sim_zone *zone)
{
    const struct scn_zone *model = zone->model;

    if (model->algorithm_count == 0) {
        return sim_algorithm_is_slow(zone->world->options.algorithm);
    }
    for (size_t i = 0; i < model->algorithm_count; i++) {
        if (sim_algorithm_is_slow(model->algorithms[i])) {
            return true;
        }
    }
    return false;
}

enum sim_status sim_instance_warm(struct sim_instance *instance)
{
    enum sim_status st = SIM_OK;

    for (size_t i = 0; i < instance->model->zone_count && st == SIM_OK; i++) {
        struct sim_zone *zone = instance->zones[i];

        if (zone->model->dnssec != SCN_UNSIGNED && has_slow_keys(zone)) {
            st = sim_zone_make_keys(zone);
        }
    }
    return st;
}

size_t sim_world_count(const struct sim_world *world)
{
    return world->count;
}

struct sim_instance *sim_world_at(const struct sim_world *world, size_t index)
{
    return index < world->count ? world->instances[index] : NULL;
}

const struct scn_instance *sim_instance_model(
    const struct sim_instance *instance)
{
    return instance->model;
}

struct sim_journal *sim_instance_journal(const struct sim_instance *instance)
{
    return instance->journal;
}

struct sim_journal *sim_world_journal(const struct sim_world *world)
{
    return world->journal;
}

void sim_world_watch(struct sim_world *world, sim_watch_fn *fn, void *ctx)
{
    world->watch = fn;
    world->watch_ctx = ctx;
}

uint64_t sim_world_newest(const struct sim_world *world)
{
    return world->newest;
}

static enum sim_status note(struct sim_world *world,
                            const struct sim_instance *instance,
                            const struct sim_exchange *x)
{
    struct sim_journal *journal =
        instance != NULL ? instance->journal : world->journal;
    size_t index = 0;
    const enum sim_status st = sim_journal_append(journal, x, &index);

    if (st != SIM_OK) {
        return st;
    }
    world->newest = x->number;
    if (world->watch != NULL) {
        world->watch(world->watch_ctx, instance, x);
    }
    return SIM_OK;
}

enum sim_status sim_instance_note(const struct sim_instance *instance,
                                  const struct sim_exchange *x)
{
    return note(instance->world, instance, x);
}

enum sim_status sim_world_note(struct sim_world *world,
                               const struct sim_exchange *x)
{
    return note(world, NULL, x);
}

struct sim_address sim_instance_server(const struct sim_instance *instance,
                                       const char *label, int family)
{
    for (size_t i = 0; i < instance->model->server_count; i++) {
        const struct sim_host *host = &instance->hosts[i];

        if (strcmp(host->label, label) == 0) {
            return family == 6 ? host->v6 : host->v4;
        }
    }
    return (struct sim_address){ 0 };
}
