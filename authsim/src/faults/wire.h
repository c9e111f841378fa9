/* SPDX-License-Identifier: BSD-2-Clause */
/* wire.h - damage to a message that is written already (FORMAT's `wire`). */
#pragma once

#include <stddef.h>
#include <stdint.h>

/*
 * Applies the enum scn_wire of words, in their order, to the message
 * buf[0..len), which is well-formed. What needs a record takes the first; where
 * there is none, or no room, nothing is done.
 *   cap  octets that buf has
 * Returns the octets that the message has then.
 */
size_t sim_wire_damage(unsigned words, uint8_t *buf, size_t len, size_t cap);
