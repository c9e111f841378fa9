/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * front.h - the resolver address that the implementation sees.
 *
 * Relays UDP and TCP to the resolver behind it and writes every query, with its
 * answer, into the journal of the instance that owns the name. Octets pass
 * unchanged, but for the id over UDP. What cannot be read is relayed as far as
 * it has an id, and never stops it.
 */
#pragma once

#include <authsim/server.h>

#include <event2/event.h>

struct cfm_front;

struct cfm_front_config {
    struct event_base *base;       /* [borrowed] */
    struct sim_address listen;     /* port included */
    struct sim_address upstream;   /* port included */
    const struct sim_world *world; /* [borrowed] finds owners of names */
    struct sim_server *server;     /* [borrowed] numbers exchanges */
    const char *perspective;       /* [borrowed] "primary", "remote-1", ... */
    struct sim_instance *owner;    /* [borrowed] of every query (private
                                      universe), NULL: found by name */
};

/* 0, or an errno value when the address cannot be had; front_out [owned]. */
int cfm_front_new(const struct cfm_front_config *config,
                  struct cfm_front **front_out);
void cfm_front_free(struct cfm_front *front);
