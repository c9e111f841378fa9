/* SPDX-License-Identifier: BSD-2-Clause */
/* tcp.h - one wildcard TCP socket and its connections. */
#pragma once

#include "guard.h"
#include "respond.h"
#include "socket.h"

#include <authsim/recorder.h>
#include <authsim/server.h>

#include <event2/event.h>

struct sim_tcp;

/*
 *   responder  [borrowed], outlives the endpoint
 *   step_out   see sim_socket_open(); written on SIM_ESYSTEM
 * When file descriptors run out the connection that was idle longest gives its
 * own up; where there is none, none is accepted for a moment.
 */
SIM_NODISCARD enum sim_status sim_tcp_new(
    struct event_base *base, const struct sim_socket_options *options,
    struct sim_responder *responder, struct sim_tcp **tcp_out,
    const char **step_out);

/* Who makes cookies for clients, [borrowed]; without one nobody does. */
void sim_tcp_guard(struct sim_tcp *tcp, struct sim_guard *guard);

/* See sim_server_limit(). */
void sim_tcp_limit(struct sim_tcp *tcp, const struct sim_tcp_limits *limits);

/* See sim_server_record(); of connections accepted from now on. */
void sim_tcp_record(struct sim_tcp *tcp, struct sim_recorder *recorder);

/* Closes the socket and every connection. */
void sim_tcp_free(struct sim_tcp *tcp);
