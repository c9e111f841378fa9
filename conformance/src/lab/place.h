/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * place.h - what a universe gives to an implementation: a front with a resolver
 * behind it, root hints, a trust anchor, a resolv.conf.
 *
 * The shared universe has one place for the life of the lab; a private one has
 * its own while its checks run.
 */
#pragma once

#include "adapter.h"
#include "lab_world.h"

#include <authsim/server.h>

struct cfm_place_config {
    struct cfm_process_host host;
    const struct cfm_settings *settings;    /* [borrowed] */
    const struct cfm_lab_world *world;      /* [borrowed] */
    struct sim_server *server;              /* [borrowed] */
    const struct cfm_lab_instance *private; /* [borrowed], NULL: the shared */
    unsigned generation; /* how often this place was opened before */
    enum sim_network_kind network;
    bool ipv6;
    bool covers_resolv_conf; /* there is an /etc/resolv.conf to cover */
    const char *unbound;     /* program; for CFM_RESOLVER_UNBOUND */
};

struct cfm_place;

/* trouble NULL: it is ready. Else one line [borrowed]: it could not be had, or
 * has broken down since. Always from the loop. */
typedef void cfm_place_event_fn(void *ctx, const char *trouble);

/* NULL when out of memory; everything else is told by event. [owned] */
struct cfm_place *cfm_place_open(const struct cfm_place_config *config,
                                 cfm_place_event_fn *event, void *ctx);
void cfm_place_close(struct cfm_place *place);

/* [borrowed]; valid once ready. */
const struct cfm_place_texts *cfm_place_get(const struct cfm_place *place);

/* Where the front listens; family 0 without a resolver. */
struct sim_address cfm_place_front(const struct cfm_place *place);
