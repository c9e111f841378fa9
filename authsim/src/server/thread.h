/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * thread.h - one more thread that answers UDP, on sockets of its own: the
 * kernel shares clients out among all sockets of a port (SO_REUSEPORT,
 * socket(7)).
 */
#pragma once

#include "shared.h"
#include "socket.h"
#include "wake.h"

struct sim_thread;

/*
 * Starts it.
 *   options     [borrowed] of the UDP socket of each family
 *   count       of options
 *   shared      [borrowed], outlives the thread
 *   main_wake   [borrowed], outlives the thread: woken when something has been
 *               answered
 *   step_out    see sim_socket_open(); written on SIM_ESYSTEM
 */
SIM_NODISCARD enum sim_status sim_thread_new(
    const struct sim_socket_options *options, size_t count,
    struct sim_shared *shared, struct sim_wake *main_wake,
    struct sim_thread **thread_out, const char **step_out);

/* Ends it; waits until it has. Must not hold the world. */
void sim_thread_free(struct sim_thread *thread);
