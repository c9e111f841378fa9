/* SPDX-License-Identifier: BSD-2-Clause */
/* models.c - fixed arrays are enough for tests. */
#include "models.h"

#include "rrtype.h"
#include "universe.h"

#include <scenario/name.h>

#include <stdlib.h>
#include <string.h>

enum { ZONES = 8, SERVERS = 8, RECORDS = 64, DAMAGES = 8, POOL = 32768 };

struct test_model {
    struct scn_instance instance;
    struct scn_zone zones[ZONES];
    struct scn_server servers[SERVERS];
    uint16_t zone_servers[ZONES];
    struct scn_record records[ZONES][RECORDS];
    struct scn_damage damages[ZONES][DAMAGES];
    uint8_t pool[POOL];
    size_t used;
};

static void *keep(struct test_model *model, const void *data, size_t len)
{
    uint8_t *copy = model->pool + model->used;

    if (len > POOL - model->used) {
        abort();
    }
    memcpy(copy, data, len);
    model->used += len;
    return copy;
}

const uint8_t *test_name(struct test_model *model, const char *text)
{
    uint8_t name[SCN_NAME_MAX];

    if (!scn_name_from_text(text, strlen(text), NULL, name)) {
        abort();
    }
    return keep(model, name, scn_name_length(name));
}

struct test_model *test_model_new(const char *key, const char *apex)
{
    struct test_model *model = calloc(1, sizeof(*model));

    if (model == NULL) {
        abort();
    }
    model->instance.file = "test";
    model->instance.id = keep(model, key, strlen(key) + 1);
    model->instance.key = model->instance.id;
    model->instance.apex = test_name(model, apex);
    model->instance.universe =
        strcmp(apex, ".") == 0 ? SCN_PRIVATE : SCN_SHARED;
    model->instance.zones = model->zones;
    model->instance.servers = model->servers;
    return model;
}

void test_model_free(struct test_model *model)
{
    free(model);
}

struct scn_instance *test_model_instance(struct test_model *model)
{
    return &model->instance;
}

static uint16_t server_index(struct test_model *model, const char *label)
{
    size_t count = model->instance.server_count;

    for (size_t i = 0; i < count; i++) {
        if (strcmp(model->servers[i].label, label) == 0) {
            return (uint16_t)i;
        }
    }
    if (count == SERVERS) {
        abort();
    }
    model->servers[count].label = keep(model, label, strlen(label) + 1);
    model->instance.server_count++;
    return (uint16_t)count;
}

struct scn_zone *test_zone(struct test_model *model, const char *name,
                           const char *server)
{
    size_t index = model->instance.zone_count++;
    struct scn_zone *zone = &model->zones[index];

    if (index >= ZONES) {
        abort();
    }
    model->zone_servers[index] = server_index(model, server);
    zone->name = test_name(model, name);
    zone->servers = &model->zone_servers[index];
    zone->server_count = 1;
    zone->records = model->records[index];
    zone->damages = model->damages[index];
    zone->declared = true;
    return zone;
}

void test_record(struct test_model *model, const char *owner, uint16_t type,
                 const void *rdata, size_t len)
{
    size_t index = model->instance.zone_count - 1;
    struct scn_zone *zone = &model->zones[index];
    struct scn_record *record = &model->records[index][zone->record_count++];

    if (zone->record_count > RECORDS) {
        abort();
    }
    record->owner = test_name(model, owner);
    record->rdata = keep(model, rdata, len);
    record->rdata_len = (uint16_t)len;
    record->ttl = 300;
    record->type = type;
}

void test_alias(struct test_model *model, const char *owner, uint16_t type,
                const char *target)
{
    const uint8_t *name = test_name(model, target);

    test_record(model, owner, type, name, scn_name_length(name));
}

void test_address(struct test_model *model, const char *owner)
{
    test_record(model, owner, SIM_TYPE_A, "\xc0\x00\x02\x01", 4);
}

void test_caa(struct test_model *model, const char *owner, const char *value)
{
    uint8_t rdata[256] = { 0, 5, 'i', 's', 's', 'u', 'e' };
    size_t len = 7;

    for (; *value != '\0' && len < sizeof(rdata); value++) {
        rdata[len++] = (uint8_t)*value;
    }
    test_record(model, owner, SIM_TYPE_CAA, rdata, len);
}

void test_damage(struct test_model *model, enum scn_damage_what what,
                 const char *name, uint32_t type)
{
    size_t index = model->instance.zone_count - 1;
    struct scn_zone *zone = &model->zones[index];
    struct scn_damage *damage = &model->damages[index][zone->damage_count++];

    damage->what = what;
    damage->name = name != NULL ? test_name(model, name) : NULL;
    damage->type = type;
}

struct sim_options test_options(void)
{
    struct sim_options options;

    sim_options_default(&options);
    options.seed = 7;
    options.epoch_s = 1793491200; /* 2026-11-01 */
    return options;
}

struct sim_world *test_world(struct test_model *model,
                             const struct sim_options *options,
                             struct sim_instance **instance_out)
{
    struct sim_world *world = NULL;

    if (sim_world_new(options, &world) != SIM_OK ||
        sim_world_add(world, &model->instance, instance_out) != SIM_OK ||
        sim_world_open(world) != SIM_OK) {
        abort();
    }
    return world;
}

struct sim_answer test_ask(struct sim_instance *instance, const char *server,
                           const char *name, uint16_t type,
                           struct sim_arena *arena)
{
    uint8_t wire[SCN_NAME_MAX];
    struct sim_question q = { .type = type,
                              .class = SIM_CLASS_IN,
                              .dnssec_ok = true };
    struct sim_address address = sim_instance_server(instance, server, 4);
    struct sim_site site;
    struct sim_answer answer;

    if (address.family == 0) {
        address = sim_network_place(instance->world->options.network,
                                    SIM_PLACE_ROOT, 0);
    }
    if (!scn_name_from_text(name, strlen(name), NULL, wire)) {
        abort();
    }
    q.name = sim_arena_copy(arena, wire, scn_name_length(wire));
    if (!sim_world_route(instance->world, &address, q.name, &site) ||
        sim_answer_question(&site, &q, arena, &answer) != SIM_OK) {
        abort();
    }
    return answer;
}

size_t test_count(const struct sim_rr_list *list, const char *owner,
                  uint16_t type)
{
    uint8_t wire[SCN_NAME_MAX];
    size_t count = 0;

    if (owner != NULL &&
        !scn_name_from_text(owner, strlen(owner), NULL, wire)) {
        abort();
    }
    for (size_t i = 0; i < list->count; i++) {
        const struct sim_rr *rr = &list->rrs[i];

        if (rr->type == type &&
            (owner == NULL || scn_name_equal(rr->owner, wire))) {
            count++;
        }
    }
    return count;
}
