/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * unreachable.h - says that there is nothing on a UDP port, as a host does: by
 * ICMP.
 */
#pragma once

#include "ip_packet.h"

#include <authsim/status.h>

#include <event2/event.h>

/* A raw socket of that family (4 or 6): needs CAP_NET_RAW, which a sandbox
 * has. SIM_ESYSTEM: see errno. fd_out is [owned] by the caller. */
SIM_NODISCARD enum sim_status sim_unreachable_open(int family,
                                                   evutil_socket_t *fd_out);

/* Refuses a datagram that came. False when that cannot be sent: it is lost,
 * like a datagram. */
bool sim_unreachable_send(evutil_socket_t fd,
                          const struct sim_datagram *datagram);
