/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pcapng.h - blocks of a capture file (draft-ietf-opsawg-pcapng): one section,
 * one interface of bare IP packets, times in nanoseconds, least octet first.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    SIM_PCAPNG_HEADER = 84, /* octets of what a file begins with */
    SIM_PCAPNG_AROUND = 44, /* around a packet, without its padding */
    SIM_PCAPNG_PADDING = 3  /* at most */
};

/* Section header and interface description. */
void sim_pcapng_header(uint8_t out[SIM_PCAPNG_HEADER]);

/*
 * One enhanced packet block.
 *   unix_ns  since 1970-01-01T00:00:00Z, not negative
 *   sent     by a simulated server, not to it
 *   out      room for SIM_PCAPNG_AROUND + len + SIM_PCAPNG_PADDING octets
 * Returns the octets written.
 */
size_t sim_pcapng_packet(int64_t unix_ns, bool sent, const uint8_t *packet,
                         size_t len, uint8_t *out);
