/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * unreachable.h - what a host says that has nothing on a UDP port: ICMP
 * destination unreachable, port unreachable (RFC 792, RFC 4443 section 3.1).
 */
#pragma once

#include <authsim/network.h>
#include <authsim/status.h>

#include <event2/event.h>

enum { SIM_UNREACHABLE_MAX = 8 + 40 + 8 };

/*
 * The ICMP message about a datagram of query_len octets from client to server.
 * The checksum of ICMPv6 is left to the kernel, which knows the addresses.
 *   buf  SIM_UNREACHABLE_MAX octets
 * Returns the octets written.
 */
size_t sim_unreachable_make(const struct sim_address *server,
                            const struct sim_address *client, size_t query_len,
                            uint8_t *buf);

/* A raw socket of that family (4 or 6): needs CAP_NET_RAW, which a sandbox
 * has. SIM_ESYSTEM: see errno. fd_out is [owned] by the caller. */
SIM_NODISCARD enum sim_status sim_unreachable_open(int family,
                                                   evutil_socket_t *fd_out);

/* Sends it. Lost like a datagram when it cannot be sent. */
void sim_unreachable_send(evutil_socket_t fd, const struct sim_address *server,
                          const struct sim_address *client, size_t query_len);
