/* SPDX-License-Identifier: BSD-2-Clause */
/* ask.h - a query of the lab's own to its resolver (FORMAT section 10). */
#pragma once

#include <authsim/network.h>

#include <event2/event.h>

#include <stdbool.h>
#include <stdint.h>

struct cfm_ask;

/* Called once, from the loop: an answer came, or none did in time. */
typedef void cfm_ask_done_fn(void *ctx, bool answered);

/* Asks resolver over UDP. NULL when memory or descriptors ran out. */
struct cfm_ask *cfm_ask_start(struct event_base *base,
                              const struct sim_address *resolver,
                              const uint8_t *name, uint16_t type,
                              unsigned time_limit_ms);

/* Who is told; before the loop runs again. */
void cfm_ask_then(struct cfm_ask *ask, cfm_ask_done_fn *done, void *ctx);
void cfm_ask_free(struct cfm_ask *ask);
