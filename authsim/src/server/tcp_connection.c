/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcp_connection.c - octets in, messages out of them, each answered.
 *
 * advance() is the only place where a connection may end by itself; whoever
 * calls it returns at once.
 */
#include "tcp_connection.h"

#include "socket.h"
#include "tcp_output.h"

#include <authsim/clock.h>

#include <event2/buffer.h>

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>

enum {
    FRAMES_MAX = 64,    /* replies under way before reading stops */
    READ_MAX = 1 << 16, /* octets at a time */
    LENGTH_SIZE = 2,
    MS_PER_S = 1000,
    US_PER_MS = 1000
};

struct sim_connection {
    const struct sim_connection_owner *owner; /* [borrowed] */
    struct sim_connection_links links;
    evutil_socket_t fd;     /* [owned] */
    struct event *readable; /* [owned] */
    struct event *idle;     /* [owned] */
    struct evbuffer *in;    /* [owned] */
    struct sim_address local;
    struct sim_address client;
    struct sim_stream stream;
    struct sim_tcp_output output; /* [owned] */
    bool input_ended;
};

/* --- input --- */

/* Holding the world. */
static void answer_now(struct sim_connection *c, const uint8_t *octets,
                       size_t len)
{
    const struct sim_shared *shared = c->owner->shared;
    struct sim_incoming in = {
        .octets = octets,
        .len = len,
        .local = c->local,
        .client = c->client,
        .transport = SCN_TCP,
        .now_ns = sim_clock_monotonic_ns(),
    };
    struct sim_reaction reaction = { .count = 0 };

    if (!sim_shared_let_in(shared, &in) ||
        sim_respond(shared->responder, &in, &reaction) != SIM_OK) {
        return;
    }
    for (size_t i = 0; i < reaction.count; i++) {
        sim_tcp_output_add(&c->output, &reaction.messages[i]);
    }
}

static void answer(struct sim_connection *c, const uint8_t *octets, size_t len)
{
    (void)pthread_mutex_lock(&c->owner->shared->world);
    answer_now(c, octets, len);
    (void)pthread_mutex_unlock(&c->owner->shared->world);
}

/* Enough replies are under way. */
static bool is_full(const struct sim_connection *c)
{
    return c->output.count >= FRAMES_MAX ||
           c->output.octets >= c->owner->limits.output;
}

/* Takes one whole message from the input; false when there is none, or when
 * enough replies are under way. */
static bool take_message(struct sim_connection *c)
{
    uint8_t prefix[LENGTH_SIZE];

    if (is_full(c) ||
        evbuffer_copyout(c->in, prefix, LENGTH_SIZE) != LENGTH_SIZE) {
        return false;
    }
    const size_t len = (size_t)prefix[0] << 8 | prefix[1];
    if (evbuffer_get_length(c->in) < LENGTH_SIZE + len) {
        return false;
    }
    const uint8_t *octets =
        evbuffer_pullup(c->in, (ev_ssize_t)(LENGTH_SIZE + len));
    if (octets != NULL) {
        answer(c, octets + LENGTH_SIZE, len);
    }
    (void)evbuffer_drain(c->in, LENGTH_SIZE + len);
    return true;
}

static void end(struct sim_connection *c, enum sim_tcp_state state)
{
    const struct linger abort_at_once = { .l_onoff = 1, .l_linger = 0 };

    if (state == SIM_TCP_ENDED_BY_RESET) {
        (void)setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &abort_at_once,
                         sizeof(abort_at_once));
        sim_stream_reset(&c->stream, SIM_SERVER, sim_clock_monotonic_ns());
    }
    c->owner->on_end(c->owner->ctx, c);
    sim_connection_free(c);
}

/* Does all that can be done now. The connection may be gone afterwards. */
static void advance(struct sim_connection *c)
{
    enum sim_tcp_state state = sim_tcp_output_flush(&c->output);

    while (state == SIM_TCP_ALIVE && take_message(c)) {
        state = sim_tcp_output_flush(&c->output);
    }
    if (state == SIM_TCP_ALIVE && c->input_ended && c->output.count == 0) {
        state = SIM_TCP_ENDED;
    }
    if (state != SIM_TCP_ALIVE) {
        end(c, state);
        return;
    }
    if (c->input_ended || is_full(c)) {
        (void)event_del(c->readable);
    } else {
        (void)event_add(c->readable, NULL);
    }
}

/* The last len octets of the input have come now. */
static void record_input(struct sim_connection *c, size_t len)
{
    const uint8_t *octets =
        c->stream.recorder != NULL ? evbuffer_pullup(c->in, -1) : NULL;

    if (octets != NULL) {
        sim_stream_octets(&c->stream, SIM_CLIENT,
                          octets + evbuffer_get_length(c->in) - len, len,
                          sim_clock_monotonic_ns());
    }
}

/* From now on the connection is idle. */
static bool await_input(struct sim_connection *c)
{
    const struct timeval idle = {
        .tv_sec = c->owner->limits.idle_ms / MS_PER_S,
        .tv_usec = c->owner->limits.idle_ms % MS_PER_S * (suseconds_t)US_PER_MS,
    };

    return event_add(c->idle, &idle) == 0;
}

static void on_readable(evutil_socket_t fd, short events, void *arg)
{
    struct sim_connection *c = arg;
    int n = evbuffer_read(c->in, fd, READ_MAX);

    (void)events;
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) {
        return;
    }
    if (n < 0) {
        sim_stream_reset(&c->stream, SIM_CLIENT, sim_clock_monotonic_ns());
        end(c, SIM_TCP_ENDED);
        return;
    }
    c->input_ended = n == 0;
    if (n == 0) {
        sim_stream_finish(&c->stream, SIM_CLIENT, sim_clock_monotonic_ns());
    } else {
        record_input(c, (size_t)n);
        (void)await_input(c);
        c->owner->on_used(c->owner->ctx, c);
    }
    advance(c);
}

static void on_output_ready(void *ctx)
{
    advance(ctx);
}

static void on_idle(evutil_socket_t fd, short events, void *arg)
{
    (void)fd;
    (void)events;
    end(arg, SIM_TCP_ENDED);
}

/* --- life --- */

static void read_addresses(struct sim_connection *c)
{
    struct sockaddr_storage name = { 0 };
    socklen_t len = sizeof(name);

    if (getsockname(c->fd, (struct sockaddr *)&name, &len) == 0) {
        c->local = sim_address_from_socket(&name);
    }
    len = sizeof(name);
    if (getpeername(c->fd, (struct sockaddr *)&name, &len) == 0) {
        c->client = sim_address_from_socket(&name);
    }
}

static bool make_events(struct sim_connection *c)
{
    struct event_base *base = c->owner->base;

    c->readable = event_new(base, c->fd, EV_READ | EV_PERSIST, on_readable, c);
    c->idle = evtimer_new(base, on_idle, c);
    c->in = evbuffer_new();
    return c->readable != NULL && c->idle != NULL && c->in != NULL &&
           event_add(c->readable, NULL) == 0 && await_input(c);
}

enum sim_status sim_connection_new(const struct sim_connection_owner *owner,
                                   evutil_socket_t fd,
                                   struct sim_connection **connection_out)
{
    const int on = 1;
    struct sim_connection *c = calloc(1, sizeof(*c));

    if (c == NULL) {
        (void)evutil_closesocket(fd);
        return SIM_ENOMEM;
    }
    c->owner = owner;
    c->fd = fd;
    c->output = (struct sim_tcp_output){ .base = owner->base,
                                         .fd = fd,
                                         .stream = &c->stream,
                                         .on_ready = on_output_ready,
                                         .ctx = c };
    /* Each octet of a trickle is to be a segment of its own. */
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    read_addresses(c);
    sim_stream_init(&c->stream, owner->shared->recorder, &c->client, &c->local,
                    sim_clock_monotonic_ns());
    if (sim_tcp_output_init(&c->output) != SIM_OK || !make_events(c)) {
        sim_connection_free(c);
        return SIM_ENOMEM;
    }
    *connection_out = c;
    return SIM_OK;
}

void sim_connection_free(struct sim_connection *connection)
{
    if (connection == NULL) {
        return;
    }
    sim_stream_finish(&connection->stream, SIM_SERVER,
                      sim_clock_monotonic_ns());
    sim_tcp_output_fini(&connection->output);
    if (connection->readable != NULL) {
        event_free(connection->readable);
    }
    if (connection->idle != NULL) {
        event_free(connection->idle);
    }
    if (connection->in != NULL) {
        evbuffer_free(connection->in);
    }
    (void)evutil_closesocket(connection->fd);
    free(connection);
}

struct sim_connection_links *sim_connection_links(
    struct sim_connection *connection)
{
    return &connection->links;
}
