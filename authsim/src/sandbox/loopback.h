/* SPDX-License-Identifier: BSD-2-Clause */
/* loopback.h - the device lo of a fresh network namespace, without ip(8). */
#pragma once

#include <authsim/network.h>
#include <authsim/status.h>

/* Brings lo up. */
SIM_NODISCARD enum sim_status sim_loopback_up(void);

/* Routes prefix/bits to this host through lo, so that every address in it can
 * be bound and sent from. SIM_ESYSTEM: see errno. */
SIM_NODISCARD enum sim_status sim_loopback_route(
    const struct sim_address *prefix, unsigned bits);

/* Assigns one address to lo; one that is there already is fine. */
SIM_NODISCARD enum sim_status sim_loopback_assign(
    const struct sim_address *address);
