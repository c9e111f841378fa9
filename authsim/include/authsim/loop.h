/* SPDX-License-Identifier: BSD-2-Clause */
/* loop.h - an event loop, or a word why there is none. */
#pragma once

#include <authsim/status.h>

#include <event2/event.h>

/*
 * event_base_new(), which ends the process where it lacks file descriptors:
 * whether there are enough is seen first.
 *   base_out  [owned] by the caller, event_base_free()
 * SIM_ESYSTEM: see errno.
 */
SIM_NODISCARD enum sim_status sim_loop_new(struct event_base **base_out);
