/* SPDX-License-Identifier: BSD-2-Clause */
/* ip_packet.c - the payload is put in its place first, headers go around it. */
#include "ip_packet.h"

#include "octets.h"

#include <string.h>

enum {
    UDP_HEADER = 8,
    TCP_HEADER = 20,
    ICMP_HEADER = 8,    /* type, code, checksum, four octets unused */
    LENGTH_MAX = 65535, /* of the 16-bit length fields */
    HOP_LIMIT = 64,
    DO_NOT_FRAGMENT = 0x4000,
    WINDOW = 65535,
    PROTOCOL_ICMP = 1,
    PROTOCOL_TCP = 6,
    PROTOCOL_UDP = 17,
    PROTOCOL_ICMPV6 = 58,
    /* Destination unreachable, port unreachable. */
    UNREACHABLE_4 = 3,
    PORT_4 = 3,
    UNREACHABLE_6 = 1,
    PORT_6 = 4,
    /* Of the whole packet: RFC 1812 section 4.3.2.3, RFC 4443 section 2.4. */
    ERROR_MAX_4 = 576,
    ERROR_MAX_6 = 1280
};

/* A packet under way: the IP header's length, then the transport's octets. */
struct draft {
    const struct sim_address *from; /* [borrowed] */
    const struct sim_address *to;   /* [borrowed] */
    uint8_t *ip;                    /* [borrowed] the whole */
    uint8_t *transport;             /* [borrowed] behind the IP header */
    size_t len;                     /* of the transport header and payload */
    uint8_t protocol;
};

/* --- checksums (RFC 1071) --- */

static uint32_t sum(uint32_t so_far, const uint8_t *octets, size_t len)
{
    for (size_t i = 0; i + 1 < len; i += 2) {
        so_far += (uint32_t)octets[i] << 8 | octets[i + 1];
    }
    return len % 2 == 1 ? so_far + ((uint32_t)octets[len - 1] << 8) : so_far;
}

static uint16_t folded(uint32_t total)
{
    while (total >> 16 != 0) {
        total = (total & 0xffff) + (total >> 16);
    }
    return (uint16_t)~total;
}

/* Over the pseudo header too: RFC 768, RFC 9293 section 3.1, RFC 8200 section
 * 8.1. At most 65535 octets of 16-bit words: 32 bits hold the sum. */
static uint16_t transport_checksum(const struct draft *d)
{
    const size_t address = d->from->family == 4 ? 4 : 16;
    uint32_t total = sum(0, d->from->octets, address);

    total = sum(total, d->to->octets, address);
    total += d->protocol + (uint32_t)d->len;
    return folded(sum(total, d->transport, d->len));
}

/* --- IP --- */

static void put_ipv4(const struct draft *d)
{
    uint8_t *h = d->ip;

    memset(h, 0, SIM_IPV4_HEADER);
    h[0] = 0x45; /* version 4, five words */
    (void)sim_put_u16(h + 2, (uint16_t)(SIM_IPV4_HEADER + d->len));
    (void)sim_put_u16(h + 6, DO_NOT_FRAGMENT);
    h[8] = HOP_LIMIT;
    h[9] = d->protocol;
    memcpy(h + 12, d->from->octets, 4);
    memcpy(h + 16, d->to->octets, 4);
    (void)sim_put_u16(h + 10, folded(sum(0, h, SIM_IPV4_HEADER)));
}

static void put_ipv6(const struct draft *d)
{
    uint8_t *h = d->ip;

    memset(h, 0, SIM_IPV6_HEADER);
    h[0] = 0x60; /* version 6 */
    (void)sim_put_u16(h + 4, (uint16_t)d->len);
    h[6] = d->protocol;
    h[7] = HOP_LIMIT;
    memcpy(h + 8, d->from->octets, 16);
    memcpy(h + 24, d->to->octets, 16);
}

static size_t put_ip(const struct draft *d)
{
    if (d->from->family == 4) {
        put_ipv4(d);
    } else {
        put_ipv6(d);
    }
    return (size_t)(d->transport - d->ip) + d->len;
}

/* False when len octets of transport header and payload do not fit. */
static bool start(struct draft *d, uint8_t *out)
{
    const bool v4 = d->from->family == 4;
    const size_t header = v4 ? SIM_IPV4_HEADER : SIM_IPV6_HEADER;

    d->ip = out;
    d->transport = out + header;
    /* The length of IPv4 counts its header (RFC 791 section 3.1). */
    return d->len <= (size_t)LENGTH_MAX - (v4 ? header : 0);
}

/* --- transports --- */

size_t sim_packet_udp(const struct sim_datagram *datagram,
                      uint8_t out[SIM_PACKET_MAX])
{
    struct draft d = { .from = &datagram->from,
                       .to = &datagram->to,
                       .len = UDP_HEADER + datagram->len,
                       .protocol = PROTOCOL_UDP };
    uint16_t checksum = 0;

    if (!start(&d, out)) {
        return 0;
    }
    (void)sim_put_u16(d.transport, datagram->from.port);
    (void)sim_put_u16(d.transport + 2, datagram->to.port);
    (void)sim_put_u16(d.transport + 4, (uint16_t)d.len);
    (void)sim_put_u16(d.transport + 6, 0);
    if (datagram->len > 0) {
        memcpy(d.transport + UDP_HEADER, datagram->octets, datagram->len);
    }
    checksum = transport_checksum(&d);
    /* 0 would say that there is none (RFC 768). */
    (void)sim_put_u16(d.transport + 6, checksum == 0 ? 0xffff : checksum);
    return put_ip(&d);
}

size_t sim_packet_tcp(const struct sim_segment *segment,
                      uint8_t out[SIM_PACKET_MAX])
{
    struct draft d = { .from = &segment->from,
                       .to = &segment->to,
                       .len = TCP_HEADER + segment->len,
                       .protocol = PROTOCOL_TCP };
    uint8_t *h = out;

    if (!start(&d, out)) {
        return 0;
    }
    h = d.transport;
    memset(h, 0, TCP_HEADER);
    (void)sim_put_u16(h, segment->from.port);
    (void)sim_put_u16(h + 2, segment->to.port);
    (void)sim_put_u32(h + 4, segment->sequence);
    (void)sim_put_u32(h + 8, segment->acknowledged);
    h[12] = TCP_HEADER / 4 << 4; /* data offset in words */
    h[13] = (uint8_t)segment->flags;
    (void)sim_put_u16(h + 14, WINDOW);
    if (segment->len > 0) {
        memcpy(h + TCP_HEADER, segment->octets, segment->len);
    }
    (void)sim_put_u16(h + 16, transport_checksum(&d));
    return put_ip(&d);
}

/* The packet that is quoted is made first, and then moved to its place. */
size_t sim_packet_unreachable(const struct sim_datagram *datagram,
                              uint8_t out[SIM_PACKET_MAX])
{
    const bool v4 = datagram->from.family == 4;
    struct draft d = { .from = &datagram->to,
                       .to = &datagram->from,
                       .protocol = v4 ? PROTOCOL_ICMP : PROTOCOL_ICMPV6 };
    const size_t quotable = v4 ? ERROR_MAX_4 - SIM_IPV4_HEADER - ICMP_HEADER
                               : ERROR_MAX_6 - SIM_IPV6_HEADER - ICMP_HEADER;
    size_t quoted = sim_packet_udp(datagram, out);

    if (quoted == 0) {
        return 0;
    }
    quoted = quoted < quotable ? quoted : quotable;
    d.len = ICMP_HEADER + quoted;
    (void)start(&d, out); /* so little fits */
    memmove(d.transport + ICMP_HEADER, out, quoted);
    memset(d.transport, 0, ICMP_HEADER);
    d.transport[0] = v4 ? UNREACHABLE_4 : UNREACHABLE_6;
    d.transport[1] = v4 ? PORT_4 : PORT_6;
    /* Only ICMPv6 counts a pseudo header (RFC 4443 section 2.3). */
    (void)sim_put_u16(d.transport + 2, v4 ? folded(sum(0, d.transport, d.len))
                                          : transport_checksum(&d));
    return put_ip(&d);
}
