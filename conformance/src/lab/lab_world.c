/* SPDX-License-Identifier: BSD-2-Clause */
/* lab_world.c - makes every instance and adds it to the world. */
#include "lab_world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct loading {
    const struct scn_catalogue *catalogue;
    const struct cfm_settings *settings;
    struct cfm_lab_world *world;
    unsigned private_count;
    char *why;
    size_t why_cap;
};

static size_t count_instances(const struct scn_catalogue *catalogue)
{
    size_t count = 0;
    for (size_t i = 0; i < scn_catalogue_count(catalogue); i++) {
        count += scn_scenario_instances(scn_catalogue_at(catalogue, i));
    }
    return count;
}

static enum cfm_world_status add_instance(struct loading *loading,
                                          const struct scn_scenario *scenario,
                                          size_t index)
{
    struct cfm_lab_world *world = loading->world;
    struct cfm_lab_instance *entry = &world->instances[world->count];
    struct scn_error error = { .line = 0 };
    *entry = (struct cfm_lab_instance){ .scenario = scenario, .index = index };
    enum scn_status made = scn_instance_new(
        scenario, index, &loading->settings->params, &error, &entry->model);
    if (made == SCN_EINPUT) {
        scn_error_format(&error, loading->why, loading->why_cap);
        return CFM_WORLD_INPUT;
    }
    if (made != SCN_OK) {
        (void)snprintf(loading->why, loading->why_cap, "out of memory");
        return CFM_WORLD_FAILED;
    }
    world->count++;
    if (entry->model->universe == SCN_PRIVATE) {
        entry->place = 1 + loading->private_count++ % CFM_PLACES_PRIVATE;
    }
    enum sim_status added =
        sim_world_add(world->world, entry->model, &entry->instance);
    if (added != SIM_OK) {
        (void)snprintf(loading->why, loading->why_cap, "%s: %s: %s",
                       entry->model->file, entry->model->key,
                       added == SIM_ECONFLICT
                           ? "another scenario owns the same apex"
                           : sim_strstatus(added));
        return added == SIM_ECONFLICT ? CFM_WORLD_INPUT : CFM_WORLD_FAILED;
    }
    return CFM_WORLD_OK;
}

static enum cfm_world_status add_all(struct loading *loading)
{
    enum cfm_world_status st = CFM_WORLD_OK;
    size_t scenarios = scn_catalogue_count(loading->catalogue);
    for (size_t i = 0; i < scenarios && st == CFM_WORLD_OK; i++) {
        const struct scn_scenario *scenario =
            scn_catalogue_at(loading->catalogue, i);
        size_t count = scn_scenario_instances(scenario);
        for (size_t k = 0; k < count && st == CFM_WORLD_OK; k++) {
            st = add_instance(loading, scenario, k);
        }
    }
    return st;
}

static enum sim_status new_world(const struct cfm_settings *settings,
                                 enum sim_network_kind network,
                                 struct sim_world **world_out)
{
    struct sim_options options;
    sim_options_default(&options);
    options.seed = settings->seed;
    options.epoch_s = settings->epoch_s;
    options.algorithm = settings->algorithm;
    options.network = network;
    return sim_world_new(&options, world_out);
}

enum cfm_world_status cfm_lab_world_open(const struct scn_catalogue *catalogue,
                                         const struct cfm_settings *settings,
                                         enum sim_network_kind network,
                                         struct cfm_lab_world *world_out,
                                         char *why, size_t why_cap)
{
    struct cfm_lab_world world = { .world = NULL };
    struct loading loading = { .catalogue = catalogue,
                               .settings = settings,
                               .world = &world,
                               .why = why,
                               .why_cap = why_cap };
    enum cfm_world_status st = CFM_WORLD_FAILED;
    world.instances =
        calloc(count_instances(catalogue) + 1, sizeof *world.instances);
    enum sim_status made = SIM_ENOMEM;
    if (world.instances != NULL) {
        made = new_world(settings, network, &world.world);
    }
    if (made == SIM_OK) {
        st = add_all(&loading);
        made = st == CFM_WORLD_OK ? sim_world_open(world.world) : SIM_OK;
    }
    if (made != SIM_OK) {
        (void)snprintf(why, why_cap, "cannot build the simulated world: %s",
                       sim_strstatus(made));
        st = CFM_WORLD_FAILED;
    }
    if (st != CFM_WORLD_OK) {
        cfm_lab_world_close(&world);
        return st;
    }
    *world_out = world;
    return CFM_WORLD_OK;
}

void cfm_lab_world_close(struct cfm_lab_world *world)
{
    sim_world_free(world->world);
    for (size_t i = 0; i < world->count; i++) {
        scn_instance_free(world->instances[i].model);
    }
    free(world->instances);
    *world = (struct cfm_lab_world){ .world = NULL };
}

/* The first instance whose scenario's id is not less than id. */
static size_t lower_bound(const struct cfm_lab_world *world, const char *id)
{
    size_t low = 0;
    size_t high = world->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(scn_scenario_id(world->instances[middle].scenario), id) <
            0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

const struct cfm_lab_instance *cfm_lab_world_find(
    const struct cfm_lab_world *world, const struct scn_scenario *scenario,
    size_t index)
{
    size_t at = lower_bound(world, scn_scenario_id(scenario)) + index;
    if (at >= world->count || world->instances[at].scenario != scenario) {
        return NULL;
    }
    return &world->instances[at];
}

enum sim_status cfm_lab_world_change(const struct cfm_lab_instance *entry,
                                     const struct scn_step *step)
{
    struct sim_instance *instance = entry->instance;
    enum sim_status st = SIM_OK;
    if (step->kind == SCN_STEP_PUBLISH) {
        return sim_instance_publish(instance, step->publish,
                                    step->publish_count);
    }
    if (step->kind == SCN_STEP_WITHDRAW) {
        return sim_instance_withdraw(instance, step->withdraw,
                                     step->withdraw_count);
    }
    for (size_t i = 0; i < step->fault_id_count && st == SIM_OK; i++) {
        st = sim_instance_set_fault(instance, step->fault_ids[i],
                                    step->kind == SCN_STEP_ENABLE);
    }
    return st;
}
