/* SPDX-License-Identifier: BSD-2-Clause */
/* udp.c - datagrams in, datagrams out, some of them later. */
#include "udp.h"

#include "datagrams.h"
#include "unreachable.h"

#include <authsim/clock.h>

#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

enum {
    ROUNDS = 2,            /* of the inbox before others have their turn */
    WAITING_MAX = 1 << 16, /* beyond that delayed replies are lost */
    NS_PER_S = 1000000000,
    NS_PER_US = 1000
};

/* A reply that waits. */
struct later {
    TAILQ_ENTRY(later) link;
    struct sim_udp *udp; /* [borrowed] its owner */
    struct event *timer; /* [owned] */
    struct sim_address from;
    struct sim_address to;
    bool other_port;
    size_t len;
    uint8_t octets[];
};

TAILQ_HEAD(later_list, later);

struct sim_udp {
    struct event_base *base;    /* [borrowed] */
    struct sim_shared *shared;  /* [borrowed] */
    struct sim_wake *main_wake; /* [borrowed] NULL: none */
    evutil_socket_t fd;         /* [owned] */
    evutil_socket_t other_fd;   /* [owned] another port, for decoys */
    struct event *readable;     /* [owned] */
    struct later_list waiting;  /* [owned] */
    size_t waiting_count;
    enum sim_family family;
    uint16_t port;
    uint16_t other_port;
    struct sim_inbox *inbox;   /* [owned] */
    struct sim_outbox *outbox; /* [owned] empty between two events */
};

static void later_free(struct later *later)
{
    if (later->timer != NULL) {
        event_free(later->timer);
    }
    free(later);
}

/* One datagram of the server on record. */
static void record(const struct sim_udp *udp, const struct sim_datagram *sent,
                   uint16_t port)
{
    struct sim_recorded reply = {
        .client = sent->to,
        .server = sent->from,
        .by = SIM_SERVER,
        .at_ns = sim_clock_monotonic_ns(),
        .octets = sent->octets,
        .len = sent->len,
    };

    reply.server.port = port;
    sim_recorder_datagram(udp->shared->recorder, &reply);
}

static void on_sent(void *ctx, const struct sim_datagram *datagram)
{
    record(ctx, datagram, SIM_RECORDED_PORT);
}

static void on_sent_elsewhere(void *ctx, const struct sim_datagram *datagram)
{
    const struct sim_udp *udp = ctx;

    record(udp, datagram, udp->other_port);
}

/* Loss is what UDP does; the client asks again. */
static void send_all(struct sim_udp *udp)
{
    sim_outbox_send(udp->outbox, udp->fd,
                    udp->shared->recorder != NULL ? on_sent : NULL, udp);
}

/* Behind what is to be sent already. */
static void put(struct sim_udp *udp, const struct sim_outgoing *out,
                const struct sim_address *to)
{
    const struct sim_datagram datagram = {
        .from = out->source, .to = *to, .octets = out->octets, .len = out->len
    };

    if (!sim_outbox_put(udp->outbox, &datagram)) {
        send_all(udp);
        (void)sim_outbox_put(udp->outbox, &datagram);
    }
}

/* With the next send_all(), in order. */
static void send_soon(struct sim_udp *udp, const struct sim_outgoing *out,
                      const struct sim_address *to)
{
    if (!out->other_port) {
        put(udp, out, to);
        return;
    }
    send_all(udp);
    put(udp, out, to);
    sim_outbox_send(udp->outbox, udp->other_fd,
                    udp->shared->recorder != NULL ? on_sent_elsewhere : NULL,
                    udp);
}

static void record_query(struct sim_udp *udp, const struct sim_incoming *in)
{
    struct sim_recorded query = {
        .client = in->client,
        .server = in->local,
        .by = SIM_CLIENT,
        .at_ns = in->now_ns,
        .octets = in->octets,
        .len = in->len,
    };

    query.server.port = SIM_RECORDED_PORT;
    sim_recorder_datagram(udp->shared->recorder, &query);
}

static void on_due(evutil_socket_t fd, short events, void *arg)
{
    struct later *later = arg;
    struct sim_udp *udp = later->udp;
    const struct sim_outgoing out = { .octets = later->octets,
                                      .len = later->len,
                                      .source = later->from,
                                      .other_port = later->other_port };

    (void)fd;
    (void)events;
    send_soon(udp, &out, &later->to);
    send_all(udp);
    TAILQ_REMOVE(&udp->waiting, later, link);
    udp->waiting_count--;
    later_free(later);
}

static void send_later(struct sim_udp *udp, const struct sim_outgoing *out,
                       const struct sim_address *to)
{
    const struct timeval delay = {
        .tv_sec = out->delay_ns / NS_PER_S,
        .tv_usec = out->delay_ns % NS_PER_S / NS_PER_US,
    };
    struct later *later = NULL;

    if (udp->waiting_count == WAITING_MAX) {
        return;
    }
    later = calloc(1, sizeof(*later) + out->len);
    if (later == NULL) {
        return;
    }
    later->udp = udp;
    later->from = out->source;
    later->to = *to;
    later->other_port = out->other_port;
    later->len = out->len;
    memcpy(later->octets, out->octets, out->len);
    later->timer = evtimer_new(udp->base, on_due, later);
    if (later->timer == NULL || evtimer_add(later->timer, &delay) != 0) {
        later_free(later);
        return;
    }
    TAILQ_INSERT_TAIL(&udp->waiting, later, link);
    udp->waiting_count++;
}

/* Of the query, whose octets out has. */
static void say_unreachable(const struct sim_udp *udp,
                            const struct sim_outgoing *out,
                            const struct sim_address *to)
{
    const evutil_socket_t icmp = udp->shared->icmp[udp->family];
    const struct sim_datagram query = {
        .from = *to, .to = out->source, .octets = out->octets, .len = out->len
    };
    struct sim_recorded refused = { .client = *to,
                                    .server = out->source,
                                    .by = SIM_CLIENT,
                                    .at_ns = sim_clock_monotonic_ns(),
                                    .octets = out->octets,
                                    .len = out->len };

    refused.server.port = SIM_RECORDED_PORT;
    if (icmp >= 0 && sim_unreachable_send(icmp, &query)) {
        sim_recorder_unreachable(udp->shared->recorder, &refused);
    }
}

static void send_reaction(struct sim_udp *udp,
                          const struct sim_reaction *reaction,
                          const struct sim_address *to)
{
    for (size_t i = 0; i < reaction->count; i++) {
        const struct sim_outgoing *out = &reaction->messages[i];
        if (out->unreachable) {
            send_all(udp); /* in order */
            say_unreachable(udp, out, to);
        } else if (out->delay_ns > 0) {
            send_later(udp, out, to);
        } else {
            send_soon(udp, out, to);
        }
    }
}

static void answer(struct sim_udp *udp, const struct sim_datagram *query)
{
    struct sim_incoming in = { .octets = query->octets,
                               .len = query->len,
                               .local = query->to,
                               .client = query->from,
                               .transport = SCN_UDP,
                               .now_ns = sim_clock_monotonic_ns() };
    struct sim_reaction reaction = { .count = 0 };

    in.local.port = udp->port;
    record_query(udp, &in);
    if (sim_shared_let_in(udp->shared, &in) &&
        sim_respond(udp->shared->responder, &in, &reaction) == SIM_OK) {
        send_reaction(udp, &reaction, &in.client);
    }
}

/* The first count of the inbox. Each reply is recorded behind its query,
 * however many came together: the same queries give the same capture. */
static void answer_all(struct sim_udp *udp, size_t count)
{
    (void)pthread_mutex_lock(&udp->shared->world);
    for (size_t i = 0; i < count; i++) {
        const struct sim_datagram query = sim_inbox_at(udp->inbox, i);
        answer(udp, &query);
        if (udp->shared->recorder != NULL) {
            send_all(udp);
        }
    }
    (void)pthread_mutex_unlock(&udp->shared->world);
}

/* Always leaves the endpoint registered: a bad datagram must not silence it. */
static void on_readable(evutil_socket_t fd, short events, void *arg)
{
    struct sim_udp *udp = arg;
    size_t count = SIM_DATAGRAMS_MAX;

    (void)events;
    for (int i = 0; i < ROUNDS && count == SIM_DATAGRAMS_MAX; i++) {
        count = sim_inbox_fill(udp->inbox, fd);
        answer_all(udp, count);
        send_all(udp);
    }
    if (udp->main_wake != NULL) {
        sim_wake_up(udp->main_wake);
    }
}

enum sim_status sim_udp_new(struct event_base *base,
                            const struct sim_socket_options *options,
                            struct sim_shared *shared,
                            struct sim_wake *main_wake,
                            struct sim_udp **udp_out, const char **step_out)
{
    struct sim_socket_options other = *options;
    struct sim_udp *udp = calloc(1, sizeof(*udp));
    enum sim_status st = SIM_ENOMEM;

    if (udp == NULL) {
        return SIM_ENOMEM;
    }
    TAILQ_INIT(&udp->waiting);
    udp->base = base;
    udp->shared = shared;
    udp->main_wake = main_wake;
    udp->family = options->family == 4 ? SIM_IPV4 : SIM_IPV6;
    udp->port = options->port;
    udp->fd = -1;
    udp->other_fd = -1;
    other.port = 0;
    st = sim_inbox_new(&udp->inbox);
    if (st == SIM_OK) {
        st = sim_outbox_new(&udp->outbox);
    }
    if (st == SIM_OK) {
        st = sim_socket_open(options, &udp->fd, step_out);
    }
    if (st == SIM_OK) {
        st = sim_socket_open(&other, &udp->other_fd, step_out);
    }
    if (st != SIM_OK) {
        goto out;
    }
    udp->other_port = sim_socket_port(udp->other_fd);
    st = SIM_ENOMEM;
    udp->readable =
        event_new(base, udp->fd, EV_READ | EV_PERSIST, on_readable, udp);
    if (udp->readable == NULL || event_add(udp->readable, NULL) != 0) {
        goto out;
    }
    *udp_out = udp;
    udp = NULL;
    st = SIM_OK;
out:
    sim_udp_free(udp);
    return st;
}

void sim_udp_free(struct sim_udp *udp)
{
    if (udp == NULL) {
        return;
    }
    for (struct later *next, *later = TAILQ_FIRST(&udp->waiting); later != NULL;
         later = next) {
        next = TAILQ_NEXT(later, link);
        later_free(later);
    }
    if (udp->readable != NULL) {
        event_free(udp->readable); /* before close: libevent must forget it */
    }
    if (udp->fd >= 0) {
        (void)evutil_closesocket(udp->fd);
    }
    if (udp->other_fd >= 0) {
        (void)evutil_closesocket(udp->other_fd);
    }
    sim_inbox_free(udp->inbox);
    sim_outbox_free(udp->outbox);
    free(udp);
}
