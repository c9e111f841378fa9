/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcp_connection.h - one accepted connection: many queries, pipelined, replies
 * in the order in which they are due (RFC 7766 sections 6.2.1, 7).
 */
#pragma once

#include "shared.h"

#include <authsim/server.h>

struct sim_connection;

/* Told once when a connection ends by itself; it is freed after the call. */
typedef void sim_connection_fn(void *ctx, struct sim_connection *connection);

struct sim_connection_owner {
    struct event_base *base;      /* [borrowed] */
    struct sim_shared *shared;    /* [borrowed] */
    struct sim_tcp_limits limits; /* the count of them is the owner's */
    sim_connection_fn *on_used;   /* octets have come */
    sim_connection_fn *on_end;    /* to be forgotten: is freed next */
    void *ctx;
};

/* Links for the owner's list, oldest use first; the owner's to use. */
struct sim_connection_links {
    struct sim_connection *previous;
    struct sim_connection *next;
};

/*
 *   owner  [borrowed], outlives the connection
 *   fd     [consumed] whatever the outcome
 */
SIM_NODISCARD enum sim_status sim_connection_new(
    const struct sim_connection_owner *owner, evutil_socket_t fd,
    struct sim_connection **connection_out);

/* Closes at once, without telling the owner. */
void sim_connection_free(struct sim_connection *connection);

struct sim_connection_links *sim_connection_links(
    struct sim_connection *connection);
