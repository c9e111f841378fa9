/* SPDX-License-Identifier: BSD-2-Clause */
/* tcp.h - one wildcard TCP socket and its connections. */
#pragma once

#include "shared.h"
#include "socket.h"

#include <authsim/server.h>

struct sim_tcp;

/*
 *   shared     [borrowed], outlives the endpoint, which holds its world while
 *              it answers
 *   step_out   see sim_socket_open(); written on SIM_ESYSTEM
 *
 * When file descriptors run out the connection that was idle longest gives its
 * own up; where there is none, none is accepted for a moment.
 */
SIM_NODISCARD enum sim_status sim_tcp_new(
    struct event_base *base, const struct sim_socket_options *options,
    struct sim_shared *shared, struct sim_tcp **tcp_out, const char **step_out);

/* See sim_server_limit(). */
void sim_tcp_limit(struct sim_tcp *tcp, const struct sim_tcp_limits *limits);

/* Closes the socket and every connection. */
void sim_tcp_free(struct sim_tcp *tcp);
