/* SPDX-License-Identifier: BSD-2-Clause */
/* anchors.c - what a resolver must be told: where the root is, and its key. */
#include "answer.h"
#include "rrtype.h"
#include "text.h"
#include "universe.h"

#include <scenario/name.h>

#include <stdlib.h>
#include <string.h>

enum { HINT_TTL_S = 3600000 };

static const uint8_t root_name[] = { 0 };

/* The root that an instance is under. */
static struct sim_zone *find_root(const struct sim_world *world,
                                  const struct sim_instance *instance)
{
    if (instance == NULL || instance->model->universe == SCN_SHARED) {
        return world->root;
    }
    for (size_t i = 0; i < instance->model->zone_count; i++) {
        if (instance->zones[i]->name[0] == 0) {
            return instance->zones[i];
        }
    }
    return NULL;
}

static void add_hint(struct sim_text *text, const struct sim_host *host)
{
    struct sim_rr rr = { .owner = root_name,
                         .rdata = host->name,
                         .ttl = HINT_TTL_S,
                         .type = SIM_TYPE_NS,
                         .rdata_len = (uint16_t)scn_name_length(host->name) };

    sim_text_rr(text, &rr);
    rr.owner = host->name;
    if (host->v4.family != 0) {
        rr.type = SIM_TYPE_A;
        rr.rdata = host->v4.octets;
        rr.rdata_len = 4;
        sim_text_rr(text, &rr);
    }
    if (host->v6.family != 0) {
        rr.type = SIM_TYPE_AAAA;
        rr.rdata = host->v6.octets;
        rr.rdata_len = 16;
        sim_text_rr(text, &rr);
    }
}

char *sim_world_root_hints(const struct sim_world *world,
                           const struct sim_instance *instance)
{
    const struct sim_zone *root = find_root(world, instance);
    struct sim_text text = { 0 };

    sim_text_string(&text, "");
    if (root == world->root) {
        add_hint(&text, &world->root_host);
        return sim_text_take(&text);
    }
    for (size_t i = 0; root != NULL && i < root->model->server_count; i++) {
        add_hint(&text, &root->instance->hosts[root->model->servers[i]]);
    }
    return sim_text_take(&text);
}

static enum sim_status add_anchor(struct sim_text *text, struct sim_zone *root,
                                  bool wrong)
{
    const struct scn_ds wanted = {
        .algorithm = -1, .digest_type = -1, .key_tag = -1, .digest_wrong = wrong
    };
    struct sim_rr rr = { .owner = root_name,
                         .ttl = HINT_TTL_S,
                         .type = SIM_TYPE_DS };
    struct sim_rdata rdata = { 0 };
    struct sim_arena *arena = sim_arena_new();
    enum sim_status st = arena != NULL ? SIM_OK : SIM_ENOMEM;

    if (st == SIM_OK) {
        st = sim_zone_make_keys(root);
    }
    if (st == SIM_OK) {
        st = sim_ds_rdata(root, &wanted, arena, &rdata);
    }
    if (st == SIM_OK) {
        rr.rdata = rdata.octets;
        rr.rdata_len = rdata.len;
        sim_text_rr(text, &rr);
    }
    sim_arena_free(arena);
    return st;
}

char *sim_world_trust_anchor(const struct sim_world *world,
                             const struct sim_instance *instance)
{
    struct sim_zone *root = find_root(world, instance);
    struct sim_text text = { 0 };
    enum scn_anchor kind = SCN_ANCHOR_RIGHT;

    if (instance != NULL && instance->model->universe == SCN_PRIVATE) {
        kind = instance->model->resolver.trust_anchor;
    }
    sim_text_string(&text, "");
    if (kind == SCN_ANCHOR_NONE || root == NULL || !root->is_signed) {
        return sim_text_take(&text);
    }
    if (add_anchor(&text, root, kind == SCN_ANCHOR_WRONG) != SIM_OK) {
        free(text.chars);
        return NULL;
    }
    return sim_text_take(&text);
}
