/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_universe.h - u.yaml, for targets that need something to ask. */
#pragma once

#include "respond.h"

#include <scenario/catalogue.h>

/* The octets of an input, one after another; past the end there are zeros. */
struct fuzz_octets {
    const uint8_t *at;
    size_t left;
};

uint8_t fuzz_u8(struct fuzz_octets *octets);
uint16_t fuzz_u16(struct fuzz_octets *octets);

/* The instance that u.yaml makes, read once. */
const struct scn_instance *fuzz_model(void);

/* A world with that model alone; aborts when there is none.
 *   instance_out  [borrowed] from the world */
struct sim_world *fuzz_world(const struct scn_instance *model,
                             struct sim_instance **instance_out);

/* One of the servers of the instance, or the root, by number. */
struct sim_address fuzz_server(const struct sim_instance *instance,
                               unsigned number);

/* Aborts unless every reply is one to that query, and no larger than may be.
 * The world's own replies can be read by others, but for those of the zone
 * "odd", whose author wrote names that are none. */
void fuzz_judge(const struct sim_incoming *in,
                const struct sim_reaction *reaction, bool honest);
