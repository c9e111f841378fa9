/* SPDX-License-Identifier: BSD-2-Clause */
/* wake.h - lets other threads end an event loop's wait. */
#pragma once

#include <authsim/status.h>

#include <event2/event.h>

struct sim_wake;

/* Called in the loop's own thread after one or more sim_wake_up(). */
typedef void sim_wake_fn(void *ctx);

/*
 *   base  [borrowed], outlives it
 *   fn    NULL: the turn of the loop is all that is wanted
 * SIM_ESYSTEM: see errno.
 */
SIM_NODISCARD enum sim_status sim_wake_new(struct event_base *base,
                                           sim_wake_fn *fn, void *ctx,
                                           struct sim_wake **wake_out);

/* From any thread. What the caller did before is seen by the loop's thread in
 * the turn that follows. */
void sim_wake_up(struct sim_wake *wake);

/* By the loop's own thread, or when that has ended. */
void sim_wake_free(struct sim_wake *wake);
