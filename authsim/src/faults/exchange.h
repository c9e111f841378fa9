/* SPDX-License-Identifier: BSD-2-Clause */
/* exchange.h - an exchange and all that it points to, in one block. */
#pragma once

#include <authsim/journal.h>

/* Octets of what x points to. */
size_t sim_exchange_block(const struct sim_exchange *x);

/* A copy whose pointers all lead into block, but for those to a model.
 *   block  sim_exchange_block() octets, aligned for pointers */
void sim_exchange_copy(const struct sim_exchange *x, uint8_t *block,
                       struct sim_exchange *copy_out);
