/* SPDX-License-Identifier: BSD-2-Clause */
/* universe.h - insides of a world: instances, hosts, the shared root. */
#pragma once

#include "zone.h"

#include <authsim/world.h>

/* A simulated server: its label, host name and addresses. */
struct sim_host {
    const char *label;
    uint8_t *name; /* [owned] ns-LABEL.APEX; ns-root at a root */
    struct sim_address v4;
    struct sim_address v6;
    struct sim_zone **zones; /* [owned] parents first */
    size_t zone_count;
};

struct sim_instance {
    struct sim_world *world;
    const struct scn_instance *model;
    struct sim_journal *journal;
    struct sim_zone **zones; /* as in the model */
    struct sim_host *hosts;  /* as the model's servers */
    struct sim_instance *next_by_apex;
    uint32_t apex_hash;
    struct sim_failing *failing; /* [owned] failing.h */
};

/* Address -> host, several for one address in the shared universe. */
struct sim_place {
    uint64_t key;
    struct sim_instance *instance; /* NULL: the shared root */
    uint32_t host;
    bool used;
};

struct sim_world {
    struct sim_options options;
    struct sim_keyring *ring;
    struct sim_instance **instances;
    size_t count;
    size_t capacity;
    struct sim_instance **by_apex; /* hash table of the shared ones */
    size_t by_apex_size;
    struct sim_host root_host;
    struct sim_zone *root;
    struct sim_place *places; /* open addressing */
    size_t place_size;
    struct sim_journal *journal; /* [owned] of what is no instance's */
    uint64_t newest; /* number of the last exchange in any journal; 0: none */
    bool open;
    sim_watch_fn *watch; /* NULL: nobody watches */
    void *watch_ctx;     /* [borrowed] */
    /* Another one whenever what servers say may be another: replies that were
     * kept are good for one generation. */
    uint64_t generation;
};

/* hosts.c */
SIM_NODISCARD enum sim_status sim_hosts_init(struct sim_instance *instance);
/* Gives the instance's servers their addresses; the private ones avoid those
 * that are taken by then. */
SIM_NODISCARD enum sim_status sim_hosts_place(struct sim_instance *instance);
SIM_NODISCARD enum sim_status sim_root_host_init(struct sim_world *world);
void sim_host_fini(struct sim_host *host);

/* world.c: the deepest zone that encloses name, or NULL. */
struct sim_zone *sim_instance_home(const struct sim_instance *instance,
                                   const uint8_t *name);

/* world.c: appends to the journal of the instance, or of the world for what
 * belongs to none, and shows it to who watches. */
SIM_NODISCARD enum sim_status sim_instance_note(
    const struct sim_instance *instance, const struct sim_exchange *x);
SIM_NODISCARD enum sim_status sim_world_note(struct sim_world *world,
                                             const struct sim_exchange *x);

/* world.c: what sim_world_add() does, whether the world is open or not. */
SIM_NODISCARD enum sim_status sim_world_insert(
    struct sim_world *world, const struct scn_instance *model,
    struct sim_instance **instance_out);
/* What is linked to nothing any more; NULL and half-made ones too. */
void sim_instance_free(struct sim_instance *instance);

/* route.c: the table of addresses, which are given now. */
SIM_NODISCARD enum sim_status sim_route_build(struct sim_world *world);
/* The table anew, of addresses as they are; without `except`, NULL: of all.
 * SIM_ENOMEM: it is as it was. */
SIM_NODISCARD enum sim_status sim_route_renew(
    struct sim_world *world, const struct sim_instance *except);
bool sim_route_taken(const struct sim_world *world,
                     const struct sim_address *address);
