/* SPDX-License-Identifier: BSD-2-Clause */
/* packet.h - queries as octets, put together for tests. */
#pragma once

#include <stdint.h>
#include <string.h>

enum { PACKET_MAX = 1024, PACKET_HEADER = 12 };

struct packet {
    uint8_t octets[PACKET_MAX];
    size_t len;
};

static inline void packet_u8(struct packet *p, unsigned value)
{
    p->octets[p->len++] = (uint8_t)value;
}

static inline void packet_u16(struct packet *p, unsigned value)
{
    packet_u8(p, value >> 8);
    packet_u8(p, value & 0xff);
}

static inline void packet_name(struct packet *p, const uint8_t *name)
{
    size_t at = 0;

    while (name[at] != 0) {
        at += 1u + name[at];
    }
    memcpy(p->octets + p->len, name, at + 1);
    p->len += at + 1;
}

/* Header with id 0x1234 and one question of class IN. */
static inline void packet_query(struct packet *p, const uint8_t *name,
                                unsigned type, unsigned flags)
{
    p->len = 0;
    packet_u16(p, 0x1234);
    packet_u16(p, flags);
    packet_u16(p, 1);
    packet_u16(p, 0);
    packet_u16(p, 0);
    packet_u16(p, 0);
    packet_name(p, name);
    packet_u16(p, type);
    packet_u16(p, 1);
}

/* Appends OPT without options and counts it. */
static inline void packet_opt(struct packet *p, unsigned size, unsigned version,
                              unsigned flags)
{
    packet_u8(p, 0);
    packet_u16(p, 41);
    packet_u16(p, size);
    packet_u8(p, 0);
    packet_u8(p, version);
    packet_u16(p, flags);
    packet_u16(p, 0);
    p->octets[11]++;
}

/* Appends OPT with one option of len octets, which says that it has so many
 * (RFC 6891 section 6.1.2), and counts it. */
static inline void packet_option(struct packet *p, unsigned len, unsigned said)
{
    packet_opt(p, 1232, 0, 0);
    p->len -= 2;
    packet_u16(p, 4 + len);
    packet_u16(p, 65001);
    packet_u16(p, said);
    for (unsigned i = 0; i < len; i++) {
        packet_u8(p, i);
    }
}
