/* SPDX-License-Identifier: BSD-2-Clause */
/* hosts.c - names and addresses of the simulated servers. */
#include "octets.h"
#include "plan.h"
#include "random.h"
#include "universe.h"

#include <scenario/name.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DRAW_LEN = 16, LABEL_MAX = 63 };

/* ns-LABEL.APEX; a label too long for that is shortened and told apart by its
 * place among the servers. */
static uint8_t *host_name(const char *label, size_t index, const uint8_t *apex)
{
    char text[LABEL_MAX + 1];
    size_t apex_len = scn_name_length(apex);
    size_t room = SCN_NAME_MAX - apex_len - 1;
    int len;
    uint8_t *name;

    if (room > LABEL_MAX) {
        room = LABEL_MAX;
    }
    if (strlen(label) + 3 <= room) {
        len = snprintf(text, sizeof(text), "ns-%s", label);
    } else {
        len = snprintf(text, sizeof(text), "ns-%zu", index);
    }
    if (len < 0 || (size_t)len > room) {
        return NULL;
    }
    name = malloc(1 + (size_t)len + apex_len);
    if (name == NULL) {
        return NULL;
    }
    name[0] = (uint8_t)len;
    memcpy(name + 1, text, (size_t)len);
    memcpy(name + 1 + len, apex, apex_len);
    scn_name_lower(name);
    return name;
}

void sim_host_fini(struct sim_host *host)
{
    free(host->name);
    free(host->zones);
}

/* Octets that are a function of seed, instance and server alone. */
static enum sim_status draw(const struct sim_instance *instance,
                            const char *label, uint8_t out[DRAW_LEN])
{
    char subject[256];
    int len = snprintf(subject, sizeof(subject), "%s %s", instance->model->key,
                       label);
    const struct sim_random_label what = {
        .seed = instance->world->options.seed,
        .purpose = "address",
        .subject = (const uint8_t *)subject,
        .subject_len = (size_t)len,
    };

    if (len < 0 || (size_t)len >= sizeof(subject)) {
        return SIM_ECONFLICT;
    }
    return sim_random(&what, out, DRAW_LEN);
}

static bool is_taken_here(const struct sim_instance *instance, size_t count,
                          const struct sim_address *address)
{
    for (size_t i = 0; i < count; i++) {
        if (sim_address_same_host(&instance->hosts[i].v4, address)) {
            return true;
        }
    }
    return false;
}

/* Addresses in the plan's part for the universe. Those of private servers must
 * differ in the whole world: a name does not tell whose they are. */
static void place(struct sim_instance *instance, size_t index,
                  const uint8_t drawn[DRAW_LEN])
{
    const struct sim_world *world = instance->world;
    enum sim_network_kind kind = world->options.network;
    struct sim_host *host = &instance->hosts[index];
    bool shared = instance->model->universe == SCN_SHARED;
    enum scn_family family = instance->model->servers[index].family;
    uint32_t hash = sim_get_u32(drawn);

    if (family != SCN_IPV6) {
        do {
            host->v4 = shared ? sim_plan_shared4(kind, hash)
                              : sim_plan_private4(kind, hash);
            hash++;
        } while (is_taken_here(instance, index, &host->v4) ||
                 (!shared && sim_route_taken(world, &host->v4)));
    }
    if (family != SCN_IPV4) {
        host->v6 = shared ? sim_plan_shared6(kind, drawn + 8)
                          : sim_plan_private6(kind, drawn + 8);
    }
}

enum sim_status sim_hosts_place(struct sim_instance *instance)
{
    enum sim_status st = SIM_OK;

    for (size_t i = 0; i < instance->model->server_count && st == SIM_OK; i++) {
        uint8_t drawn[DRAW_LEN];

        st = draw(instance, instance->model->servers[i].label, drawn);
        if (st == SIM_OK) {
            place(instance, i, drawn);
        }
    }
    return st;
}

static bool is_served_by(const struct scn_zone *zone, size_t server)
{
    for (size_t i = 0; i < zone->server_count; i++) {
        if (zone->servers[i] == server) {
            return true;
        }
    }
    return false;
}

/* The zones of one server, parents first as in the model. */
static enum sim_status list_zones(const struct sim_instance *instance,
                                  size_t index)
{
    struct sim_host *host = &instance->hosts[index];
    const struct scn_instance *model = instance->model;

    host->zones = calloc(model->zone_count + 1, sizeof(struct sim_zone *));
    if (host->zones == NULL) {
        return SIM_ENOMEM;
    }
    for (size_t z = 0; z < model->zone_count; z++) {
        if (is_served_by(&model->zones[z], index)) {
            host->zones[host->zone_count++] = instance->zones[z];
        }
    }
    return SIM_OK;
}

enum sim_status sim_hosts_init(struct sim_instance *instance)
{
    const struct scn_instance *model = instance->model;
    enum sim_status st = SIM_OK;

    instance->hosts = calloc(model->server_count + 1, sizeof(*instance->hosts));
    if (instance->hosts == NULL) {
        return SIM_ENOMEM;
    }
    for (size_t i = 0; i < model->server_count && st == SIM_OK; i++) {
        struct sim_host *host = &instance->hosts[i];

        host->label = model->servers[i].label;
        host->name = host_name(host->label, i, model->apex);
        st = host->name != NULL ? list_zones(instance, i) : SIM_ENOMEM;
    }
    return st;
}

enum sim_status sim_root_host_init(struct sim_world *world)
{
    enum sim_network_kind kind = world->options.network;
    struct sim_host *host = &world->root_host;

    host->label = "root";
    host->name = host_name("root", 0, (const uint8_t *)"");
    host->zones = calloc(1, sizeof(struct sim_zone *));
    if (host->name == NULL || host->zones == NULL) {
        return SIM_ENOMEM;
    }
    host->zones[0] = world->root;
    host->zone_count = 1;
    host->v4 = sim_network_place(kind, SIM_PLACE_ROOT, 0);
    host->v6 = sim_network_place6(kind, SIM_PLACE_ROOT, 0);
    return SIM_OK;
}
