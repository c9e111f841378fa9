/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * remotes.h - the remote network perspectives of the shared universe.
 *
 * Each has an Unbound of its own, which sends from the address by which the
 * simulated servers know that perspective, and a front before it. They share
 * nothing, and have IPv4 alone.
 */
#pragma once

#include "lab.h"
#include "place.h"

struct cfm_remotes;

/*
 * How many of them any selected check needs; 0 unless the lab runs the
 * resolvers and the implementation declares `perspectives`.
 */
unsigned cfm_remotes_needed(const struct cfm_settings *settings,
                            const struct cfm_lab_world *world,
                            const struct cfm_selected *selected, size_t count);

/*
 * Opens `count` of them, at most SCN_REMOTES_MAX. shared [borrowed] has written
 * its files. event as for a place: ready once, when all are, or trouble.
 * NULL when out of memory. [owned]
 */
struct cfm_remotes *cfm_remotes_open(const struct cfm_place_config *config,
                                     const struct cfm_place *shared,
                                     unsigned count, cfm_place_event_fn *event,
                                     void *ctx);
void cfm_remotes_close(struct cfm_remotes *remotes);

/* The addresses of the first `count` fronts, joined by commas. [owned], free();
 * NULL when out of memory. */
char *cfm_remotes_text(enum sim_network_kind network, unsigned count);
