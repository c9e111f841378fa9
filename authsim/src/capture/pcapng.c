/* SPDX-License-Identifier: BSD-2-Clause */
/* pcapng.c - a block is put together and then told its length, twice. */
#include "pcapng.h"

#include <string.h>

enum {
    SECTION_HEADER = 0x0a0d0d0a,
    INTERFACE_DESCRIPTION = 1,
    ENHANCED_PACKET = 6,
    BYTE_ORDER_MAGIC = 0x1a2b3c4d,
    LINKTYPE_RAW = 101, /* a packet begins with its IP header */
    OPTION_USER_APPLICATION = 4,
    OPTION_NAME = 2,
    OPTION_TIME_RESOLUTION = 9,
    OPTION_FLAGS = 2,
    NANOSECONDS = 9, /* 10 to the minus ninth */
    INBOUND = 1,
    OUTBOUND = 2
};

/* Octets that are appended to. */
struct block {
    uint8_t *octets; /* [borrowed] */
    size_t len;
};

static void put16(struct block *b, uint32_t value)
{
    b->octets[b->len++] = (uint8_t)value;
    b->octets[b->len++] = (uint8_t)(value >> 8);
}

static void put32(struct block *b, uint32_t value)
{
    put16(b, value & 0xffff);
    put16(b, value >> 16);
}

/* Octets, then zeros up to a multiple of four. */
static void put_padded(struct block *b, const void *data, size_t len)
{
    memcpy(b->octets + b->len, data, len);
    b->len += len;
    while (b->len % 4 != 0) {
        b->octets[b->len++] = 0;
    }
}

static void put_option(struct block *b, uint32_t code, const void *data,
                       size_t len)
{
    put16(b, code);
    put16(b, (uint32_t)len);
    put_padded(b, data, len);
}

static struct block begin(uint8_t *out, uint32_t type)
{
    struct block b = { .octets = out };

    put32(&b, type);
    put32(&b, 0); /* the length, by finish() */
    return b;
}

/* The end of the options, and the length at both ends. */
static size_t finish(struct block *b)
{
    struct block front = { .octets = b->octets, .len = 4 };
    const uint32_t total = (uint32_t)b->len + 8;

    put32(b, 0);
    put32(b, total);
    put32(&front, total);
    return b->len;
}

void sim_pcapng_header(uint8_t out[SIM_PCAPNG_HEADER])
{
    const uint8_t resolution = NANOSECONDS;
    struct block b = begin(out, SECTION_HEADER);
    size_t len = 0;

    put32(&b, BYTE_ORDER_MAGIC);
    put16(&b, 1); /* version 1.0 */
    put16(&b, 0);
    put32(&b, UINT32_MAX); /* the section's length is not told */
    put32(&b, UINT32_MAX);
    put_option(&b, OPTION_USER_APPLICATION, "authsim", 7);
    len = finish(&b);
    b = begin(out + len, INTERFACE_DESCRIPTION);
    put16(&b, LINKTYPE_RAW);
    put16(&b, 0);
    put32(&b, 0); /* packets are whole */
    put_option(&b, OPTION_NAME, "lab", 3);
    put_option(&b, OPTION_TIME_RESOLUTION, &resolution, 1);
    (void)finish(&b);
}

size_t sim_pcapng_packet(int64_t unix_ns, bool sent, const uint8_t *packet,
                         size_t len, uint8_t *out)
{
    const uint8_t flags[4] = { sent ? OUTBOUND : INBOUND };
    struct block b = begin(out, ENHANCED_PACKET);

    put32(&b, 0); /* the one interface */
    put32(&b, (uint32_t)((uint64_t)unix_ns >> 32));
    put32(&b, (uint32_t)unix_ns);
    put32(&b, (uint32_t)len);
    put32(&b, (uint32_t)len);
    put_padded(&b, packet, len);
    put_option(&b, OPTION_FLAGS, flags, sizeof(flags));
    return finish(&b);
}
