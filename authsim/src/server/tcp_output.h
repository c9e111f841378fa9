/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcp_output.h - the replies of one connection: each waits for its time, then
 * in a queue, and is written as the socket and its pacing allow.
 */
#pragma once

#include "respond.h"

#include <authsim/recorder.h>

#include <event2/event.h>

#include <sys/queue.h>

struct sim_tcp_reply;

TAILQ_HEAD(sim_tcp_waiting, sim_tcp_reply);
STAILQ_HEAD(sim_tcp_queue, sim_tcp_reply);

/* Something may be written that could not be before: sim_tcp_output_flush(). */
typedef void sim_tcp_output_fn(void *ctx);

struct sim_tcp_output {
    struct event_base *base;   /* [borrowed] */
    evutil_socket_t fd;        /* [borrowed] */
    struct sim_stream *stream; /* [borrowed] to record in */
    sim_tcp_output_fn *on_ready;
    void *ctx;
    struct event *writable;         /* [owned] */
    struct event *next_octet;       /* [owned] */
    struct sim_tcp_waiting waiting; /* [owned] */
    struct sim_tcp_queue queue;     /* [owned] */
    size_t count;                   /* of the replies in both */
    size_t octets;                  /* of all of them */
};

/* What the connection is after a reply. */
enum sim_tcp_state { SIM_TCP_ALIVE, SIM_TCP_ENDED, SIM_TCP_ENDED_BY_RESET };

/*
 * Sets up what starts as zeros with base, fd, stream, on_ready and ctx.
 * SIM_ENOMEM: to be given to sim_tcp_output_fini() all the same.
 */
SIM_NODISCARD enum sim_status sim_tcp_output_init(
    struct sim_tcp_output *output);
/* Before fd is closed. */
void sim_tcp_output_fini(struct sim_tcp_output *output);

/* Lost when there is no memory for it. */
void sim_tcp_output_add(struct sim_tcp_output *output,
                        const struct sim_outgoing *out);

/* Writes what can be written now. */
enum sim_tcp_state sim_tcp_output_flush(struct sim_tcp_output *output);
