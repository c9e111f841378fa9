/* SPDX-License-Identifier: BSD-2-Clause */
/* packet.h - write DNS messages for tests, record by record, uncompressed. */
#pragma once

#include "testing.h"

#include <caacheck/name.h>

#include <string.h>

enum { PACKET_MAX = 4096 };

struct packet {
    uint8_t octets[PACKET_MAX];
    size_t length;
};

static inline void packet_put(struct packet *packet, const void *octets,
                              size_t length)
{
    assert_true(packet->length + length <= PACKET_MAX);
    memcpy(packet->octets + packet->length, octets, length);
    packet->length += length;
}

static inline void packet_u16(struct packet *packet, unsigned value)
{
    uint8_t octets[] = { (uint8_t)(value >> 8), (uint8_t)(value & 0xFF) };

    packet_put(packet, octets, sizeof(octets));
}

static inline void packet_name(struct packet *packet, const char *text)
{
    struct caa_name name;

    assert_int_equal(caa_name_from_text(text, &name), CAA_OK);
    packet_put(packet, name.wire, name.length);
}

/* A reply, QR and RA set, with one question and no records yet. */
static inline void packet_begin(struct packet *packet, unsigned rcode,
                                const char *name, unsigned type)
{
    packet->length = 0;
    packet_u16(packet, 0x1234);
    packet_u16(packet, 0x8180 | rcode);
    packet_u16(packet, 1);
    packet_u16(packet, 0);
    packet_u16(packet, 0);
    packet_u16(packet, 0);
    packet_name(packet, name);
    packet_u16(packet, type);
    packet_u16(packet, 1);
}

/* section: 0 answer, 1 authority. Sections must be written in order. */
static inline void packet_record(struct packet *packet, unsigned section,
                                 const char *owner, unsigned type,
                                 const void *rdata, size_t length)
{
    static const uint8_t ttl[] = { 0, 0, 1, 44 };

    packet->octets[7 + 2 * section]++;
    packet_name(packet, owner);
    packet_u16(packet, type);
    packet_u16(packet, 1);
    packet_put(packet, ttl, sizeof(ttl));
    packet_u16(packet, (unsigned)length);
    packet_put(packet, rdata, length);
}

static inline void packet_alias(struct packet *packet, const char *owner,
                                const char *target)
{
    struct caa_name name;

    assert_int_equal(caa_name_from_text(target, &name), CAA_OK);
    packet_record(packet, 0, owner, 5, name.wire, name.length);
}
