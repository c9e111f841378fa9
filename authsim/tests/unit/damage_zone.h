/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * damage_zone.h - a zone with one damage, and what it answers.
 */
#pragma once

#include "models.h"
#include "octets.h"
#include "rrtype.h"
#include "testing.h"
#include "universe.h"

struct fixture {
    struct test_model *model;
    struct sim_world *world;
    struct sim_instance *instance;
    struct sim_arena *arena;
};

/* t. with a child z.t. that has one damage. */
static inline void start(struct fixture *fixture, enum scn_denial denial,
                         enum scn_damage_what what, const char *name,
                         uint32_t type)
{
    static const uint8_t both[] = { 13, 15 };
    const struct sim_options options = test_options();
    struct scn_zone *zone;

    fixture->model = test_model_new("t", "t.");
    zone = test_zone(fixture->model, "t.", "t");
    zone->denial = denial;
    zone = test_zone(fixture->model, "z.t.", "z");
    zone->denial = denial;
    if (what == SCN_ONE_ALGORITHM) {
        zone->algorithms = both;
        zone->algorithm_count = sizeof(both);
    }
    test_caa(fixture->model, "z.t.", "ca.test");
    test_address(fixture->model, "z.t.");
    test_address(fixture->model, "host.z.t.");
    test_address(fixture->model, "*.w.z.t.");
    test_alias(fixture->model, "d.z.t.", SIM_TYPE_DNAME, "host.z.t.");
    test_damage(fixture->model, what, name, type);
    zone = test_zone(fixture->model, "plain.z.t.", "plain");
    zone->dnssec = SCN_UNSIGNED;
    fixture->world = test_world(fixture->model, &options, &fixture->instance);
    fixture->arena = sim_arena_new();
}

static inline void stop(struct fixture *fixture)
{
    sim_arena_free(fixture->arena);
    sim_world_free(fixture->world);
    test_model_free(fixture->model);
}

static inline struct sim_answer ask(struct fixture *fixture, const char *name,
                                    uint16_t type)
{
    return test_ask(fixture->instance, "z", name, type, fixture->arena);
}

/* RDATA of signature number `index` over that type; NULL when there is none. */
static inline const uint8_t *find_sig(const struct sim_rr_list *list,
                                      uint16_t covered, size_t index)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->rrs[i].type == SIM_TYPE_RRSIG &&
            sim_get_u16(list->rrs[i].rdata) == covered && index-- == 0) {
            return list->rrs[i].rdata;
        }
    }
    return NULL;
}
