/* SPDX-License-Identifier: BSD-2-Clause */
/* udp.h - one wildcard UDP socket: asks the responder, sends what it says. */
#pragma once

#include "shared.h"
#include "socket.h"
#include "wake.h"

struct sim_udp;

/*
 *   shared     [borrowed], outlives the endpoint, which holds its world while
 *              it answers
 *   main_wake  [borrowed] of the main loop, where base is another's: woken when
 *              something has been answered; else NULL
 *   step_out   see sim_socket_open(); written on SIM_ESYSTEM
 */
SIM_NODISCARD enum sim_status sim_udp_new(
    struct event_base *base, const struct sim_socket_options *options,
    struct sim_shared *shared, struct sim_wake *main_wake,
    struct sim_udp **udp_out, const char **step_out);

/* Replies that wait for their time are forgotten. */
void sim_udp_free(struct sim_udp *udp);
