/* SPDX-License-Identifier: BSD-2-Clause */
/* tcp.c - accepts, and keeps connections in the order of their last use. */
#include "tcp.h"

#include "tcp_connection.h"

#include <errno.h>
#include <stdlib.h>

enum {
    BATCH = 64,
    PAUSE_US = 50000,
    CONNECTIONS_MAX = 1000,
    IDLE_MS = 30000, /* longer than any client waits for a silent server */
    OUTPUT_MAX = 128 << 10
};

struct sim_tcp {
    struct sim_connection_owner owner;
    evutil_socket_t fd;            /* [owned] */
    struct event *readable;        /* [owned] */
    struct event *resume;          /* [owned] */
    struct sim_connection *oldest; /* [owned] a list by last use */
    struct sim_connection *newest;
    unsigned count;
};

void sim_tcp_limits_default(struct sim_tcp_limits *limits_out)
{
    *limits_out = (struct sim_tcp_limits){ .connections = CONNECTIONS_MAX,
                                           .idle_ms = IDLE_MS,
                                           .output = OUTPUT_MAX };
}

static void append(struct sim_tcp *tcp, struct sim_connection *c)
{
    struct sim_connection_links *links = sim_connection_links(c);

    links->previous = tcp->newest;
    links->next = NULL;
    if (tcp->newest != NULL) {
        sim_connection_links(tcp->newest)->next = c;
    } else {
        tcp->oldest = c;
    }
    tcp->newest = c;
    tcp->count++;
}

static void detach(struct sim_tcp *tcp, struct sim_connection *c)
{
    struct sim_connection_links *links = sim_connection_links(c);

    if (links->previous != NULL) {
        sim_connection_links(links->previous)->next = links->next;
    } else {
        tcp->oldest = links->next;
    }
    if (links->next != NULL) {
        sim_connection_links(links->next)->previous = links->previous;
    } else {
        tcp->newest = links->previous;
    }
    tcp->count--;
}

static void on_used(void *ctx, struct sim_connection *c)
{
    detach(ctx, c);
    append(ctx, c);
}

static void on_end(void *ctx, struct sim_connection *c)
{
    detach(ctx, c);
}

static void drop_oldest(struct sim_tcp *tcp)
{
    struct sim_connection *c = tcp->oldest;

    detach(tcp, c);
    sim_connection_free(c);
}

/* No descriptor left: take one from a connection, or wait for others. */
static void make_room(struct sim_tcp *tcp)
{
    const struct timeval pause = { .tv_usec = PAUSE_US };

    if (tcp->oldest != NULL) {
        drop_oldest(tcp);
        return;
    }
    (void)event_del(tcp->readable);
    (void)event_add(tcp->resume, &pause);
}

static void on_resume(evutil_socket_t fd, short events, void *arg)
{
    struct sim_tcp *tcp = arg;

    (void)fd;
    (void)events;
    (void)event_add(tcp->readable, NULL);
}

/* One connection. False when there is none, or no room for it now. */
static bool accept_one(struct sim_tcp *tcp)
{
    struct sim_connection *c = NULL;
    const int peer = accept4(tcp->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    const int error = errno;

    if (peer < 0) {
        if (error == EMFILE || error == ENFILE || error == ENOBUFS ||
            error == ENOMEM) {
            make_room(tcp);
        }
        return error == ECONNABORTED || error == EINTR;
    }
    if (sim_connection_new(&tcp->owner, peer, &c) == SIM_OK) {
        append(tcp, c);
    }
    if (tcp->count > tcp->owner.limits.connections) {
        drop_oldest(tcp);
    }
    return true;
}

static void on_acceptable(evutil_socket_t fd, short events, void *arg)
{
    (void)fd;
    (void)events;
    for (int i = 0; i < BATCH && accept_one(arg); i++) {
    }
}

enum sim_status sim_tcp_new(struct event_base *base,
                            const struct sim_socket_options *options,
                            struct sim_shared *shared, struct sim_tcp **tcp_out,
                            const char **step_out)
{
    struct sim_tcp *tcp = calloc(1, sizeof(*tcp));
    enum sim_status st = SIM_ENOMEM;

    if (tcp == NULL) {
        return SIM_ENOMEM;
    }
    tcp->owner = (struct sim_connection_owner){ .base = base,
                                                .shared = shared,
                                                .on_used = on_used,
                                                .on_end = on_end,
                                                .ctx = tcp };
    sim_tcp_limits_default(&tcp->owner.limits);
    tcp->fd = -1;
    st = sim_socket_open(options, &tcp->fd, step_out);
    if (st != SIM_OK) {
        goto out;
    }
    st = SIM_ENOMEM;
    tcp->resume = evtimer_new(base, on_resume, tcp);
    tcp->readable =
        event_new(base, tcp->fd, EV_READ | EV_PERSIST, on_acceptable, tcp);
    if (tcp->resume == NULL || tcp->readable == NULL ||
        event_add(tcp->readable, NULL) != 0) {
        goto out;
    }
    *tcp_out = tcp;
    tcp = NULL;
    st = SIM_OK;
out:
    sim_tcp_free(tcp);
    return st;
}

void sim_tcp_limit(struct sim_tcp *tcp, const struct sim_tcp_limits *limits)
{
    tcp->owner.limits = *limits;
}

void sim_tcp_free(struct sim_tcp *tcp)
{
    if (tcp == NULL) {
        return;
    }
    while (tcp->oldest != NULL) {
        drop_oldest(tcp);
    }
    if (tcp->resume != NULL) {
        event_free(tcp->resume);
    }
    if (tcp->readable != NULL) {
        event_free(tcp->readable);
    }
    if (tcp->fd >= 0) {
        (void)evutil_closesocket(tcp->fd);
    }
    free(tcp);
}
