/* SPDX-License-Identifier: BSD-2-Clause */
/* world_change.c - instances that come and go while the world is served. */
#include "universe.h"

/* Out of the lists; the others keep their order. */
static void unlink_instance(struct sim_world *world,
                            const struct sim_instance *instance)
{
    size_t kept = 0;

    for (size_t i = 0; i < world->count; i++) {
        if (world->instances[i] != instance) {
            world->instances[kept++] = world->instances[i];
        }
    }
    world->count = kept;
    if (instance->model->universe == SCN_SHARED) {
        struct sim_instance **at =
            &world->by_apex[instance->apex_hash & (world->by_apex_size - 1)];
        while (*at != NULL && *at != instance) {
            at = &(*at)->next_by_apex;
        }
        if (*at != NULL) {
            *at = instance->next_by_apex;
        }
    }
}

/* The root has, or no longer has, a delegation to it, and addresses and names
 * lead elsewhere. */
static void renew(struct sim_world *world, const struct sim_instance *instance)
{
    world->generation++;
    if (instance->model->universe == SCN_SHARED) {
        world->root->serial++;
        sim_zone_forget(world->root);
    }
}

enum sim_status sim_world_join(struct sim_world *world,
                               const struct scn_instance *model,
                               struct sim_instance **instance_out)
{
    struct sim_instance *instance = NULL;
    enum sim_status st =
        world->open ? sim_world_insert(world, model, &instance) : SIM_ECONFLICT;

    if (st != SIM_OK) {
        return st;
    }
    st = sim_hosts_place(instance);
    if (st == SIM_OK) {
        st = sim_route_renew(world, NULL);
    }
    if (st != SIM_OK) {
        unlink_instance(world, instance);
        sim_instance_free(instance);
        return st;
    }
    renew(world, instance);
    *instance_out = instance;
    return SIM_OK;
}

enum sim_status sim_world_leave(struct sim_world *world,
                                struct sim_instance *instance)
{
    const enum sim_status st = sim_route_renew(world, instance);

    if (st == SIM_OK) {
        unlink_instance(world, instance);
        renew(world, instance);
        sim_instance_free(instance);
    }
    return st;
}
