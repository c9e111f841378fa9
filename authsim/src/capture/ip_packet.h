/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ip_packet.h - IP packets as the wire would have carried them: RFC 791 and RFC
 * 8200 headers around UDP (RFC 768), TCP (RFC 9293) and ICMP, checksums right.
 *
 * What the kernel chose and did not tell is fixed: identification 0, do not
 * fragment, hop limit 64, the largest window.
 */
#pragma once

#include "datagram.h"

enum {
    SIM_IPV4_HEADER = 20,
    SIM_IPV6_HEADER = 40,
    SIM_PACKET_MAX = SIM_IPV6_HEADER + 65535
};

enum sim_tcp_flag {
    SIM_TCP_FIN = 0x01,
    SIM_TCP_SYN = 0x02,
    SIM_TCP_RST = 0x04,
    SIM_TCP_PSH = 0x08,
    SIM_TCP_ACK = 0x10
};

struct sim_segment {
    struct sim_address from;
    struct sim_address to; /* of the same family */
    uint32_t sequence;
    uint32_t acknowledged; /* with SIM_TCP_ACK */
    unsigned flags;        /* enum sim_tcp_flag */
    const uint8_t *octets; /* [borrowed] NULL when len is 0 */
    size_t len;
};

/* Octets written to out; 0 when no single packet can carry that much. */
size_t sim_packet_udp(const struct sim_datagram *datagram,
                      uint8_t out[SIM_PACKET_MAX]);
size_t sim_packet_tcp(const struct sim_segment *segment,
                      uint8_t out[SIM_PACKET_MAX]);

/* What a host says to whom a datagram came on a port where it has nothing: ICMP
 * destination unreachable, port unreachable (RFC 792, RFC 4443 section 3.1),
 * with as much of the datagram as it may quote. */
size_t sim_packet_unreachable(const struct sim_datagram *datagram,
                              uint8_t out[SIM_PACKET_MAX]);
