/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * socket.h - wildcard sockets that know which address was asked.
 *
 * The simulated servers are thousands of addresses behind one socket per family
 * and transport; a datagram's PKTINFO tells them apart (datagrams.h).
 */
#pragma once

#include <authsim/network.h>
#include <authsim/status.h>

#include <event2/event.h>

#include <sys/socket.h>
#include <sys/types.h>

enum sim_transport_kind { SIM_SOCKET_UDP, SIM_SOCKET_TCP };

struct sim_socket_options {
    int family; /* 4 or 6 */
    enum sim_transport_kind kind;
    uint16_t port; /* 0: the kernel's choice, which nobody shares */
    bool only_lo;  /* bound to the device lo */
};

/*
 * Opens, binds to the wildcard address, does not block. TCP listens.
 *   fd_out    [owned] by the caller
 *   step_out  on SIM_ESYSTEM what was refused ("bind"), [borrowed] static; see
 *             errno
 */
SIM_NODISCARD enum sim_status sim_socket_open(
    const struct sim_socket_options *options, evutil_socket_t *fd_out,
    const char **step_out);

/* The port that a socket is bound to; 0 when the kernel does not say. */
uint16_t sim_socket_port(evutil_socket_t fd);

/*
 * Holds a port for one server: the sockets above could share it with a second
 * one unnoticed. The mark is an abstract Unix socket, and so belongs to this
 * network namespace and ends with its holder. SIM_ESYSTEM: see errno,
 * EADDRINUSE when another server has it.
 *   fd_out  [owned] by the caller
 */
SIM_NODISCARD enum sim_status sim_socket_hold_port(uint16_t port,
                                                   evutil_socket_t *fd_out);

/* The address of a kernel's socket address; IPv4 or IPv6. */
struct sim_address sim_address_from_socket(const struct sockaddr_storage *from);
/* The reverse; returns the length. */
socklen_t sim_address_to_socket(const struct sim_address *address,
                                struct sockaddr_storage *to);
