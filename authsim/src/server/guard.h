/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guard.h - what a server may send to those who can forge an address: for a
 * server that can be reached from beyond this system.
 *
 * A UDP client without a valid server cookie (RFC 7873) gets at most three
 * times the octets of its query, and its network at most so many replies a
 * second; of those beyond, every second is a reply no larger than the query, so
 * that who is there can come over TCP, and the others are dropped.
 */
#pragma once

#include "cookie.h"
#include "respond.h"

#include <authsim/status.h>

enum {
    SIM_GUARD_FACTOR = 3,
    SIM_GUARD_RATE = 20, /* replies a second and network, and as a burst */
    SIM_GUARD_SLIP = 2
};

struct sim_guard;

/* secret is copied; NULL: a random one. SIM_ECRYPTO: there is none. */
SIM_NODISCARD enum sim_status sim_guard_new(const uint8_t *secret,
                                            struct sim_guard **guard_out);
void sim_guard_free(struct sim_guard *guard);

/*
 * Judges a query and sets what in->terms says of its reply; false: none is to
 * be sent.
 *   guard  NULL: everything is let in
 *   now_s  sim_clock_unix_s()
 */
bool sim_guard_let_in(struct sim_guard *guard, int64_t now_s,
                      struct sim_incoming *in);
