/* SPDX-License-Identifier: BSD-2-Clause */
/* unreachable.c - raw sockets, to which the kernel adds the IP header. */
#include "unreachable.h"

#include "datagrams.h"

#include <netinet/in.h>

enum sim_status sim_unreachable_open(int family, evutil_socket_t *fd_out)
{
    const int fd =
        family == 4 ? socket(AF_INET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC,
                             IPPROTO_ICMP)
                    : socket(AF_INET6, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC,
                             IPPROTO_ICMPV6);

    if (fd < 0) {
        return SIM_ESYSTEM;
    }
    *fd_out = fd;
    return SIM_OK;
}

bool sim_unreachable_send(evutil_socket_t fd,
                          const struct sim_datagram *datagram)
{
    uint8_t packet[SIM_PACKET_MAX];
    const size_t len = sim_packet_unreachable(datagram, packet);
    const size_t header =
        datagram->from.family == 4 ? SIM_IPV4_HEADER : SIM_IPV6_HEADER;
    struct sim_datagram refusal = { .from = datagram->to,
                                    .to = datagram->from,
                                    .octets = packet + header,
                                    .len = len - header };

    refusal.to.port = 0; /* ICMP has none */
    return len > 0 && sim_datagram_send(fd, &refusal);
}
