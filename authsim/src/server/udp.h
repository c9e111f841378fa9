/* SPDX-License-Identifier: BSD-2-Clause */
/* udp.h - one wildcard UDP socket: asks the responder, sends what it says. */
#pragma once

#include "guard.h"
#include "respond.h"
#include "socket.h"

#include <authsim/recorder.h>

#include <event2/event.h>

struct sim_udp;

/*
 *   responder  [borrowed], outlives the endpoint
 *   step_out   see sim_socket_open(); written on SIM_ESYSTEM
 */
SIM_NODISCARD enum sim_status sim_udp_new(
    struct event_base *base, const struct sim_socket_options *options,
    struct sim_responder *responder, struct sim_udp **udp_out,
    const char **step_out);

/* Who is let in, [borrowed]; without one everybody is. */
void sim_udp_guard(struct sim_udp *udp, struct sim_guard *guard);

/* See sim_server_record(). */
void sim_udp_record(struct sim_udp *udp, struct sim_recorder *recorder);

/* The raw socket for what is answered with ICMP, [borrowed]; without one such
 * queries are dropped. */
void sim_udp_set_unreachable(struct sim_udp *udp, evutil_socket_t fd);

/* Replies that wait for their time are forgotten. */
void sim_udp_free(struct sim_udp *udp);
