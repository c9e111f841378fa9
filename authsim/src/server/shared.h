/* SPDX-License-Identifier: BSD-2-Clause */
/* shared.h - what all sockets of a server have in common. */
#pragma once

#include "guard.h"
#include "respond.h"

#include <authsim/recorder.h>

#include <event2/event.h>

#include <pthread.h>

enum sim_family { SIM_IPV4, SIM_IPV6 };

enum { SIM_FAMILIES = SIM_IPV6 + 1 };

struct sim_shared {
    /* Whoever holds it has the world, and all that is below. */
    pthread_mutex_t world;
    struct sim_responder *responder;    /* [owned] */
    struct sim_guard *guard;            /* [owned] NULL: all are let in */
    struct sim_recorder *recorder;      /* [borrowed] NULL: none */
    evutil_socket_t icmp[SIM_FAMILIES]; /* [owned] raw; -1: nobody needs it */
};

/* sim_guard_let_in() now, holding the world; without a guard all are let in. */
bool sim_shared_let_in(const struct sim_shared *shared,
                       struct sim_incoming *in);
