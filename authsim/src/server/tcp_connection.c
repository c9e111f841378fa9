/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcp_connection.c - octets in, frames out.
 *
 * advance() is the only place where a connection may end by itself; whoever
 * calls it returns at once.
 */
#include "tcp_connection.h"

#include "pace.h"
#include "socket.h"

#include <authsim/clock.h>

#include <event2/buffer.h>

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

enum {
    FRAMES_MAX = 64,    /* replies under way before reading stops */
    READ_MAX = 1 << 16, /* octets at a time */
    LENGTH_SIZE = 2,
    NS_PER_S = 1000000000,
    NS_PER_MS = 1000000,
    NS_PER_US = 1000
};

/* A reply under way: waiting for its time, then in the queue. */
struct reply {
    TAILQ_ENTRY(reply) waiting;
    STAILQ_ENTRY(reply) queued;
    struct sim_connection *connection; /* [borrowed] its owner */
    struct event *timer;               /* [owned] NULL when never delayed */
    struct sim_frame frame;
    size_t sent;
};

TAILQ_HEAD(waiting_list, reply);
STAILQ_HEAD(reply_queue, reply);

struct sim_connection {
    const struct sim_connection_owner *owner; /* [borrowed] */
    struct sim_connection_links links;
    evutil_socket_t fd;       /* [owned] */
    struct event *readable;   /* [owned] */
    struct event *writable;   /* [owned] */
    struct event *next_octet; /* [owned] */
    struct event *idle;       /* [owned] */
    struct evbuffer *in;      /* [owned] */
    struct sim_address local;
    struct sim_address client;
    struct sim_stream stream;
    struct waiting_list waiting; /* [owned] */
    struct reply_queue queue;    /* [owned] */
    size_t reply_count;          /* in both */
    size_t output;               /* octets of all of them */
    bool input_ended;
};

/* What a step leaves behind. */
enum state { ALIVE, ENDED, ENDED_BY_RESET };

static void advance(struct sim_connection *c);

static struct timeval to_timeval(int64_t ns)
{
    return (struct timeval){ .tv_sec = ns / NS_PER_S,
                             .tv_usec = ns % NS_PER_S / NS_PER_US };
}

/* --- replies --- */

static void reply_free(struct reply *reply)
{
    if (reply->timer != NULL) {
        event_free(reply->timer);
    }
    sim_frame_fini(&reply->frame);
    free(reply);
}

static void on_due(evutil_socket_t fd, short events, void *arg)
{
    struct reply *reply = arg;
    struct sim_connection *c = reply->connection;

    (void)fd;
    (void)events;
    TAILQ_REMOVE(&c->waiting, reply, waiting);
    STAILQ_INSERT_TAIL(&c->queue, reply, queued);
    advance(c);
}

/* Puts the reply where it waits; false when its timer cannot be had. */
static bool schedule(struct sim_connection *c, struct reply *reply,
                     int64_t delay_ns)
{
    const struct timeval delay = to_timeval(delay_ns);

    if (delay_ns == 0) {
        STAILQ_INSERT_TAIL(&c->queue, reply, queued);
        return true;
    }
    reply->timer = evtimer_new(c->owner->base, on_due, reply);
    if (reply->timer == NULL || evtimer_add(reply->timer, &delay) != 0) {
        return false;
    }
    TAILQ_INSERT_TAIL(&c->waiting, reply, waiting);
    return true;
}

static void add_reply(struct sim_connection *c, const struct sim_outgoing *out)
{
    struct reply *reply = calloc(1, sizeof(*reply));

    if (reply == NULL) {
        return;
    }
    reply->connection = c;
    if (sim_frame_make(out->pacing, out->octets, out->len, &reply->frame) !=
            SIM_OK ||
        !schedule(c, reply, out->delay_ns)) {
        reply_free(reply);
        return;
    }
    c->reply_count++;
    c->output += reply->frame.len;
}

/* --- output --- */

/* Writes what may be written of one reply. False: it is not complete yet. */
static bool write_some(struct sim_connection *c, struct reply *reply,
                       enum state *state)
{
    const struct sim_frame *f = &reply->frame;
    const struct timeval interval = to_timeval(f->interval_ns);

    while (reply->sent < f->len) {
        const size_t rest = f->interval_ns > 0 ? 1 : f->len - reply->sent;
        ssize_t n = send(c->fd, f->octets + reply->sent, rest, MSG_NOSIGNAL);
        if (n < 0 && errno == EAGAIN) {
            (void)event_add(c->writable, NULL);
            return false;
        }
        if (n < 0) {
            *state = ENDED;
            return false;
        }
        sim_stream_octets(&c->stream, SIM_SERVER, f->octets + reply->sent,
                          (size_t)n, sim_clock_monotonic_ns());
        reply->sent += (size_t)n;
        if (f->interval_ns > 0 && reply->sent < f->len) {
            (void)event_add(c->next_octet, &interval);
            return false;
        }
    }
    return true;
}

/* Writes the queue as far as the socket and the pacing allow. */
static enum state flush(struct sim_connection *c)
{
    enum state state = ALIVE;

    if (event_pending(c->writable, EV_WRITE, NULL) != 0 ||
        event_pending(c->next_octet, EV_TIMEOUT, NULL) != 0) {
        return ALIVE;
    }
    while (state == ALIVE && !STAILQ_EMPTY(&c->queue)) {
        struct reply *reply = STAILQ_FIRST(&c->queue);
        if (!write_some(c, reply, &state)) {
            return state;
        }
        if (reply->frame.finish == SIM_FINISH_CLOSE) {
            state = ENDED;
        } else if (reply->frame.finish == SIM_FINISH_RESET) {
            state = ENDED_BY_RESET;
        }
        STAILQ_REMOVE_HEAD(&c->queue, queued);
        c->reply_count--;
        c->output -= reply->frame.len;
        reply_free(reply);
    }
    return state;
}

/* --- input --- */

static void answer(struct sim_connection *c, const uint8_t *octets, size_t len)
{
    struct sim_incoming in = {
        .octets = octets,
        .len = len,
        .local = c->local,
        .client = c->client,
        .transport = SCN_TCP,
        .now_ns = sim_clock_monotonic_ns(),
    };
    struct sim_reaction reaction = { .count = 0 };

    if (!sim_guard_let_in(c->owner->guard, sim_clock_unix_s(), &in) ||
        sim_respond(c->owner->responder, &in, &reaction) != SIM_OK) {
        return;
    }
    for (size_t i = 0; i < reaction.count; i++) {
        add_reply(c, &reaction.messages[i]);
    }
}

/* Enough replies are under way. */
static bool is_full(const struct sim_connection *c)
{
    return c->reply_count >= FRAMES_MAX || c->output >= c->owner->limits.output;
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

static void end(struct sim_connection *c, enum state state)
{
    const struct linger abort_at_once = { .l_onoff = 1, .l_linger = 0 };

    if (state == ENDED_BY_RESET) {
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
    enum state state = flush(c);

    while (state == ALIVE && take_message(c)) {
        state = flush(c);
    }
    if (state == ALIVE && c->input_ended && c->reply_count == 0) {
        state = ENDED;
    }
    if (state != ALIVE) {
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
    const struct timeval idle =
        to_timeval((int64_t)c->owner->limits.idle_ms * NS_PER_MS);

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
        end(c, ENDED);
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

static void on_writable(evutil_socket_t fd, short events, void *arg)
{
    (void)fd;
    (void)events;
    advance(arg);
}

static void on_idle(evutil_socket_t fd, short events, void *arg)
{
    (void)fd;
    (void)events;
    end(arg, ENDED);
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
    c->writable = event_new(base, c->fd, EV_WRITE, on_writable, c);
    c->next_octet = evtimer_new(base, on_writable, c);
    c->idle = evtimer_new(base, on_idle, c);
    c->in = evbuffer_new();
    return c->readable != NULL && c->writable != NULL &&
           c->next_octet != NULL && c->idle != NULL && c->in != NULL &&
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
    TAILQ_INIT(&c->waiting);
    STAILQ_INIT(&c->queue);
    /* Each octet of a trickle is to be a segment of its own. */
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    read_addresses(c);
    sim_stream_init(&c->stream, owner->recorder, &c->client, &c->local,
                    sim_clock_monotonic_ns());
    if (!make_events(c)) {
        sim_connection_free(c);
        return SIM_ENOMEM;
    }
    *connection_out = c;
    return SIM_OK;
}

static void free_replies(struct sim_connection *c)
{
    struct reply *next = NULL;

    for (struct reply *r = TAILQ_FIRST(&c->waiting); r != NULL; r = next) {
        next = TAILQ_NEXT(r, waiting);
        reply_free(r);
    }
    for (struct reply *r = STAILQ_FIRST(&c->queue); r != NULL; r = next) {
        next = STAILQ_NEXT(r, queued);
        reply_free(r);
    }
}

static void free_event(struct event *event)
{
    if (event != NULL) {
        event_free(event);
    }
}

void sim_connection_free(struct sim_connection *connection)
{
    if (connection == NULL) {
        return;
    }
    sim_stream_finish(&connection->stream, SIM_SERVER,
                      sim_clock_monotonic_ns());
    free_replies(connection);
    free_event(connection->readable);
    free_event(connection->writable);
    free_event(connection->next_octet);
    free_event(connection->idle);
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
