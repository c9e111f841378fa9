/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * datagrams.h - datagrams by the dozen: one system call for many.
 *
 * PKTINFO says which of this host's addresses a datagram was sent to, and makes
 * one leave from there (ip(7), ipv6(7)). The port at this end is the socket's:
 * it is 0 in what comes, and of no matter in what leaves.
 */
#pragma once

#include "datagram.h"

#include <authsim/status.h>

#include <event2/event.h>

enum {
    SIM_DATAGRAMS_MAX = 32,     /* at once */
    SIM_DATAGRAM_OCTETS = 65535 /* in the largest, and together on leaving */
};

/* --- those that come --- */

struct sim_inbox;

SIM_NODISCARD enum sim_status sim_inbox_new(struct sim_inbox **inbox_out);
void sim_inbox_free(struct sim_inbox *inbox);

/* Takes what waits at a socket that does not block, up to SIM_DATAGRAMS_MAX in
 * the order of their coming. Returns how many; fewer than that many: no more
 * waited. What was taken before is gone. */
size_t sim_inbox_fill(struct sim_inbox *inbox, evutil_socket_t fd);
/* [borrowed] until it is filled again. */
struct sim_datagram sim_inbox_at(const struct sim_inbox *inbox, size_t index);

/* --- those that leave --- */

/* One at once. False when the system does not take it: it is lost, as datagrams
 * are. */
bool sim_datagram_send(evutil_socket_t fd, const struct sim_datagram *datagram);

struct sim_outbox;

SIM_NODISCARD enum sim_status sim_outbox_new(struct sim_outbox **outbox_out);
void sim_outbox_free(struct sim_outbox *outbox);

/* Copies datagram. False: there is no room; there is after the next
 * sim_outbox_send(). */
bool sim_outbox_put(struct sim_outbox *outbox,
                    const struct sim_datagram *datagram);

/* What the system took is told one by one; [borrowed] for the call. */
typedef void sim_outbox_sent_fn(void *ctx, const struct sim_datagram *datagram);

/*
 * Sends all in order and empties the box. What the system does not take is
 * lost.
 *   sent  NULL: nobody wants to know
 */
void sim_outbox_send(struct sim_outbox *outbox, evutil_socket_t fd,
                     sim_outbox_sent_fn *sent, void *ctx);
