/* SPDX-License-Identifier: BSD-2-Clause */
/* control_connections.c - while all are taken, others wait in the kernel. */
#include "control_connections.h"

#include <event2/bufferevent.h>
#include <event2/listener.h>

static struct bufferevent *on_connection(struct event_base *base, void *arg)
{
    struct control_connections *c = arg;
    struct bufferevent *bufev =
        bufferevent_socket_new(base, -1, BEV_OPT_CLOSE_ON_FREE);

    if (bufev != NULL && c->count < CONTROL_CONNECTIONS_ROOM) {
        bufferevent_incref(bufev);
        c->held[c->count++] = bufev;
    }
    if (c->count == CONTROL_CONNECTIONS_MAX) {
        (void)evconnlistener_disable(c->listener);
    }
    return bufev;
}

void control_connections_init(struct control_connections *connections,
                              struct evhttp *http,
                              struct evconnlistener *listener)
{
    *connections = (struct control_connections){ .listener = listener };
    evhttp_set_bevcb(http, on_connection, connections);
}

static int is_let_go(struct bufferevent *bufev)
{
    bufferevent_event_cb on_event = NULL;

    bufferevent_getcb(bufev, NULL, NULL, &on_event, NULL);
    return on_event == NULL;
}

void control_connections_sweep(struct control_connections *connections)
{
    const unsigned before = connections->count;

    for (unsigned i = connections->count; i-- > 0;) {
        struct bufferevent *bufev = connections->held[i];
        if (is_let_go(bufev)) {
            connections->held[i] = connections->held[--connections->count];
            (void)bufferevent_decref(bufev);
        }
    }
    if (before >= CONTROL_CONNECTIONS_MAX &&
        connections->count < CONTROL_CONNECTIONS_MAX) {
        (void)evconnlistener_enable(connections->listener);
    }
}

void control_connections_fini(struct control_connections *connections)
{
    while (connections->count > 0) {
        (void)bufferevent_decref(connections->held[--connections->count]);
    }
}
