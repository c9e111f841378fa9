/* SPDX-License-Identifier: BSD-2-Clause */
/* tcp_output.c - frames are made when they are added, and freed when sent. */
#include "tcp_output.h"

#include "pace.h"

#include <authsim/clock.h>

#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>

enum { NS_PER_S = 1000000000, NS_PER_US = 1000 };

struct sim_tcp_reply {
    TAILQ_ENTRY(sim_tcp_reply) waiting;
    STAILQ_ENTRY(sim_tcp_reply) queued;
    struct sim_tcp_output *output; /* [borrowed] its owner */
    struct event *timer;           /* [owned] NULL when never delayed */
    struct sim_frame frame;
    size_t sent;
};

static struct timeval to_timeval(int64_t ns)
{
    return (struct timeval){ .tv_sec = ns / NS_PER_S,
                             .tv_usec = ns % NS_PER_S / NS_PER_US };
}

static void reply_free(struct sim_tcp_reply *reply)
{
    if (reply->timer != NULL) {
        event_free(reply->timer);
    }
    sim_frame_fini(&reply->frame);
    free(reply);
}

static void on_due(evutil_socket_t fd, short events, void *arg)
{
    struct sim_tcp_reply *reply = arg;
    struct sim_tcp_output *output = reply->output;

    (void)fd;
    (void)events;
    TAILQ_REMOVE(&output->waiting, reply, waiting);
    STAILQ_INSERT_TAIL(&output->queue, reply, queued);
    output->on_ready(output->ctx);
}

/* Puts the reply where it waits; false when its timer cannot be had. */
static bool schedule(struct sim_tcp_output *output, struct sim_tcp_reply *reply,
                     int64_t delay_ns)
{
    const struct timeval delay = to_timeval(delay_ns);

    if (delay_ns == 0) {
        STAILQ_INSERT_TAIL(&output->queue, reply, queued);
        return true;
    }
    reply->timer = evtimer_new(output->base, on_due, reply);
    if (reply->timer == NULL || evtimer_add(reply->timer, &delay) != 0) {
        return false;
    }
    TAILQ_INSERT_TAIL(&output->waiting, reply, waiting);
    return true;
}

void sim_tcp_output_add(struct sim_tcp_output *output,
                        const struct sim_outgoing *out)
{
    struct sim_tcp_reply *reply = calloc(1, sizeof(*reply));

    if (reply == NULL) {
        return;
    }
    reply->output = output;
    if (sim_frame_make(out->pacing, out->octets, out->len, &reply->frame) !=
            SIM_OK ||
        !schedule(output, reply, out->delay_ns)) {
        reply_free(reply);
        return;
    }
    output->count++;
    output->octets += reply->frame.len;
}

static void on_writable(evutil_socket_t fd, short events, void *arg)
{
    struct sim_tcp_output *output = arg;

    (void)fd;
    (void)events;
    output->on_ready(output->ctx);
}

/* Writes what may be written of one reply. False: it is not complete yet. */
static bool write_some(struct sim_tcp_output *output,
                       struct sim_tcp_reply *reply, enum sim_tcp_state *state)
{
    const struct sim_frame *f = &reply->frame;
    const struct timeval interval = to_timeval(f->interval_ns);

    while (reply->sent < f->len) {
        const size_t rest = f->interval_ns > 0 ? 1 : f->len - reply->sent;
        ssize_t n =
            send(output->fd, f->octets + reply->sent, rest, MSG_NOSIGNAL);
        if (n < 0 && errno == EAGAIN) {
            (void)event_add(output->writable, NULL);
            return false;
        }
        if (n < 0) {
            *state = SIM_TCP_ENDED;
            return false;
        }
        sim_stream_octets(output->stream, SIM_SERVER, f->octets + reply->sent,
                          (size_t)n, sim_clock_monotonic_ns());
        reply->sent += (size_t)n;
        if (f->interval_ns > 0 && reply->sent < f->len) {
            (void)event_add(output->next_octet, &interval);
            return false;
        }
    }
    return true;
}

enum sim_tcp_state sim_tcp_output_flush(struct sim_tcp_output *output)
{
    enum sim_tcp_state state = SIM_TCP_ALIVE;

    if (event_pending(output->writable, EV_WRITE, NULL) != 0 ||
        event_pending(output->next_octet, EV_TIMEOUT, NULL) != 0) {
        return SIM_TCP_ALIVE;
    }
    while (state == SIM_TCP_ALIVE && !STAILQ_EMPTY(&output->queue)) {
        struct sim_tcp_reply *reply = STAILQ_FIRST(&output->queue);
        if (!write_some(output, reply, &state)) {
            return state;
        }
        if (reply->frame.finish == SIM_FINISH_CLOSE) {
            state = SIM_TCP_ENDED;
        } else if (reply->frame.finish == SIM_FINISH_RESET) {
            state = SIM_TCP_ENDED_BY_RESET;
        }
        STAILQ_REMOVE_HEAD(&output->queue, queued);
        output->count--;
        output->octets -= reply->frame.len;
        reply_free(reply);
    }
    return state;
}

static void free_replies(struct sim_tcp_output *output)
{
    struct sim_tcp_reply *next = NULL;

    for (struct sim_tcp_reply *r = TAILQ_FIRST(&output->waiting); r != NULL;
         r = next) {
        next = TAILQ_NEXT(r, waiting);
        reply_free(r);
    }
    for (struct sim_tcp_reply *r = STAILQ_FIRST(&output->queue); r != NULL;
         r = next) {
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

enum sim_status sim_tcp_output_init(struct sim_tcp_output *output)
{
    TAILQ_INIT(&output->waiting);
    STAILQ_INIT(&output->queue);
    output->writable =
        event_new(output->base, output->fd, EV_WRITE, on_writable, output);
    output->next_octet = evtimer_new(output->base, on_writable, output);
    return output->writable != NULL && output->next_octet != NULL ? SIM_OK
                                                                  : SIM_ENOMEM;
}

void sim_tcp_output_fini(struct sim_tcp_output *output)
{
    free_replies(output);
    free_event(output->writable);
    free_event(output->next_octet);
}
