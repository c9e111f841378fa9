/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * control_connections.h - how many connections the control interface holds.
 *
 * evhttp counts none. It lets its caller make the bufferevent of a connection,
 * and clears the callbacks when it lets go of one: so each is kept until then.
 */
#pragma once

#include <event2/http.h>

/* From CONTROL_CONNECTIONS_MAX on none is accepted; but what was in the
 * kernel's queue by then comes in together. */
enum { CONTROL_CONNECTIONS_MAX = 64, CONTROL_CONNECTIONS_ROOM = 256 };

struct control_connections {
    struct bufferevent
        *held[CONTROL_CONNECTIONS_ROOM]; /* [owned] a reference */
    unsigned count;
    struct evconnlistener *listener; /* [borrowed] */
};

/* From now on http has its connections of connections, which stays where it
 * is. */
void control_connections_init(struct control_connections *connections,
                              struct evhttp *http,
                              struct evconnlistener *listener);

/* Closes what evhttp let go, and listens again when there is room: after every
 * turn of the event loop. */
void control_connections_sweep(struct control_connections *connections);

/* When http is gone. */
void control_connections_fini(struct control_connections *connections);
